"""Words through their pages: read over by two, written anew, translated."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from django.urls import reverse

from alongside.care.telling.types import Part
from tests.integration.telling.reading import READERS
from tests.integration.web.casework.conftest import text_of

pytestmark = pytest.mark.django_db
ONE = ("en", "first_hearing_listed", "standard")
OURS = (
    "On {date} a day in court was set: {on}.\nIt is at {place}.\nAsk us what it means."
)


@pytest.fixture
def desks(client_as, received):
    return {
        name: client_as(name)
        for name in (*READERS, "information.second", "administrator", "worker")
    }


def plain(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text_of(answer)))


def at(page, key=ONE):
    return reverse(f"wording:{page}", args=key)


def hidden(desk, key):
    """What the page sends along: which words it showed."""
    text = text_of(desk.get(at("text", key)))
    found = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
        for name in ("version", "digest")
    }
    return {name: match[1] for name, match in found.items() if match}


def read_over(desk, key=ONE, **more):
    return desk.post(at("read", key), {**hidden(desk, key), "sure": "on", **more})


def test_two_people_read_words_over_and_each_is_led_to_the_next(desks):
    first, second = (desks[name] for name in READERS)
    assert "Nobody has read them" in plain(first.get(at("text")))
    answer = read_over(first)
    assert answer.status_code == 302
    assert "Here are the next that wait" in plain(first.get(answer["Location"]))
    text = plain(second.get(at("text")))
    assert "One more must read them" in text and "Read over by" in text
    read_over(second)
    assert "May be sent" in plain(second.get(at("text")))
    listed = plain(second.get(reverse("wording:list"), {"state": "read"}))
    assert "English: 1 text" in listed


def test_one_person_does_not_count_twice_and_must_say_that_they_read(desks):
    desk = desks["supervisor"]
    said = hidden(desk, ONE)
    answer = desk.post(at("read"), said)
    assert "Tick the box when you have read the words" in plain(answer)
    read_over(desk)
    answer = desk.post(at("read"), {**said, "sure": "on"})
    assert "One more must read them" in plain(desk.get(at("text")))
    assert 'name="sure"' not in text_of(desk.get(at("text")))


def test_words_that_changed_under_the_reader_are_not_taken_for_read(desks):
    said = {"version": "1", "digest": "0" * 64, "sure": "on"}
    answer = desks["supervisor"].post(at("read"), said)
    assert "The words have changed since" in plain(answer)
    assert "Nobody has read them" in plain(desks["supervisor"].get(at("text")))


def test_words_are_taken_back_with_a_reason_that_stays(desks):
    for name in READERS:
        read_over(desks[name])
    answer = desks["supervisor"].post(at("take_back"), {})
    assert "Say what is wrong with these words" in plain(answer)
    desks["supervisor"].post(at("take_back"), {"why": "It frightened somebody"})
    text = plain(desks["administrator"].get(at("text")))
    assert "Taken back" in text and "It frightened somebody" in text


def write(desk, words, key=ONE, **more):
    return desk.post(at("own", key), {"words": words, "saves": "0", **more})


def test_our_own_words_are_checked_put_in_use_and_read_over_by_others(desks):
    desk = desks["administrator"]
    write(desk, "The victim must come to {court}.")
    text = plain(desk.get(at("own")))
    assert "{on} is missing" in text and "{court} cannot be filled in" in text
    assert "“victim”" in text
    assert desk.get(at("publish"))["Location"] == at("own")
    write(desk, OURS, saves="1")
    assert "how it would arrive" in plain(desk.get(at("own")))
    desk.post(at("publish"), {})
    text = plain(desk.get(at("text")))
    assert "Version 1001, our own." in text and "Nobody has read them" in text
    assert "They may be sent" not in text
    read_over(desks["supervisor"])
    write(desk, OURS + "\nRing us.")
    desk.post(at("publish"), {})
    text = plain(desk.get(at("text")))
    assert "Version 1002" in text and "Changed since they were read" in text
    desk.post(at("retire"), {})
    assert "Version 1, shipped" in plain(desk.get(at("text")))


def test_who_saved_first_is_not_overwritten(desks):
    desk = desks["administrator"]
    write(desk, OURS)
    answer = write(desk, "Something else on {date} and {on} at {place}.")
    assert "Somebody else has saved this draft" in plain(answer)
    assert "Something else" in text_of(answer)


def test_a_draft_is_thrown_away(desks):
    desk = desks["administrator"]
    write(desk, OURS)
    desk.post(f"{at('retire')}?draft=yes", {})
    text = plain(desk.get(at("text")))
    assert "Out of use" in text and "Write our own" in text


def translated(desk, said, language="pl"):
    """The translator's file with some of its rows filled in."""
    answer = desk.get(reverse("wording:file", args=[language]))
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    for row in rows:
        row["translation"] = said.get(row["key"], "")
    out = StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def send(desk, text, language="pl"):
    file = BytesIO(text if isinstance(text, bytes) else text.encode())
    file.name = "words.csv"
    return desk.post(reverse("wording:translate", args=[language]), {"file": file})


POLISH = {
    "frame.subject": "Wiadomość dla Ciebie",
    "frame.greeting": "Dzień dobry, {name}.",
    "frame.sign_off": "Pytania? Zapytaj: {who}. Numer: {reference}.",
    "suspect_arrested.standard": "W dniu {date} policja zatrzymała osobę.",
}


def test_a_translation_comes_back_is_used_and_names_who_vouched(desks):
    desk = desks["administrator"]
    answer = send(desk, translated(desk, POLISH))
    assert answer.status_code == 302
    text = plain(desk.get(answer["Location"]))
    assert "4 texts are new and in use. 73 rows have no translation yet" in text
    again = send(desk, translated(desk, POLISH))
    assert "0 texts are new" in plain(desk.get(again["Location"]))
    key = ("pl", "suspect_arrested", "standard")
    shown = text_of(desks["supervisor"].get(at("text", key)))
    assert 'lang="pl" dir="ltr"' in shown and "03/05/2026" in shown
    assert "Say who made sure" in plain(read_over(desks["supervisor"], key))
    read_over(desks["supervisor"], key, checked_with="Ewa of the language line")
    assert "Ewa of the language line" in plain(
        desks["information"].get(at("text", key))
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"suspect_arrested.standard": "Policja."}, "{date} is missing"),
        ({"suspect_arrested.standard": "{date} victim"}, "“victim”"),
        ({"suspect_arrested.standard": "{date} {who}."}, "do not have it"),
        ({"suspect_arrested.standard": "{date"}, "bracket does not close"),
        ({"frame.subject": ""}, "without it nothing can be sent"),
    ],
)
def test_every_fault_of_a_translation_is_named_and_nothing_is_kept(
    desks, changed, said
):
    desk = desks["administrator"]
    answer = send(desk, translated(desk, POLISH | changed))
    text = plain(answer)
    assert answer.status_code == 200 and said in text and "Nothing was kept" in text
    assert "Polish 0 of 77" in plain(desk.get(reverse("wording:list")))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "The first row must name the columns"),
        ("key,English,translation\nnothing,a,b\n", "no words of this name"),
        (
            "key,English,translation\nframe.subject,Old,Nowe\n",
            "The English has changed",
        ),
        (b"key,English,translation\n\xff\xfe", "Save it as CSV UTF-8"),
        ("key,English,translation\n", "no translation in the file"),
    ],
)
def test_a_file_that_is_none_is_said_to_be(desks, text, said):
    assert said in plain(send(desks["administrator"], text))


def test_who_may_do_what(desks, client_as):
    for name, allowed in {
        "worker": set(),
        "supervisor": {"text", "read", "take_back"},
        "administrator": {"text", "own"},
        "police": set(),
    }.items():
        desk = client_as(name)
        for page in ("text", "read", "take_back", "own"):
            passed = desk.get(at(page)).status_code != 403
            assert passed is (page in allowed), (name, page)


def test_no_such_words_are_not_found(desks):
    desk = desks["administrator"]
    for key in (("xx", *ONE[1:]), ("en", "nothing", "standard"), (*ONE[:2], "loud")):
        assert desk.get(at("text", key)).status_code == 404
    assert desk.get(reverse("wording:translate", args=["en"])).status_code == 404


def test_the_list_is_a_file(desks):
    answer = desks["administrator"].get(reverse("wording:list"), {"format": "csv"})
    lines = answer.content.decode().splitlines()
    assert len(lines) == 78 and "Nobody has read them" in lines[1]
    assert Part.SUBJECT in lines[1]
