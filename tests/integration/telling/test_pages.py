"""Telling somebody, through the pages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.integration.web.casework.conftest import text_of, typed_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]


@pytest.fixture
def with_senders(settings, senders):
    settings.MESSAGE_SENDERS = senders


def page(client, name, *more, **query):
    answer = client.get(reverse(f"telling:{name}", args=more), query)
    assert answer.status_code == 200
    return text_of(answer)


def post(client, name, *more, **typed):
    return client.post(reverse(f"telling:{name}", args=more), typed)


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


def test_the_list_says_what_is_to_be_told_and_to_whom(tom, sarah, nina):
    text = plain(page(tom, "list"))
    assert "Nina Louise Vale" in text and "Suspect arrested" in text
    assert "First hearing listed" in text and "Asha Reed" in text
    assert "Nobody waits for news" in plain(page(sarah, "list"))
    assert "Asha Reed" in plain(page(sarah, "list", whose="all"))


def test_as_a_file_it_names_nobody(tom, nina):
    answer = tom.get(reverse("telling:list"), {"format": "csv"})
    lines = answer.content.decode().splitlines()
    assert len(lines) == 5 and "Nina" not in answer.content.decode()
    assert f"{nina.hex[:4].upper()}-{nina.hex[4:8].upper()}" in answer.content.decode()


def test_pages_of_the_list_hold_each_event_once(tom, monkeypatch):
    from alongside.web.telling import views

    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    seen, address = [], reverse("telling:list")
    while address:
        text = text_of(tom.get(address))
        seen += re.findall(r"/tell/([0-9a-f-]{36})", text)
        found = re.search(r'href="([^"]*after=[^"]*)"', text)
        address = found[1] if found else ""
    assert len(seen) == len(set(seen)) == 4


def test_the_preview_holds_what_is_known_and_the_other_words_are_a_click_away(
    tom, nina, owed, with_senders
):
    event = owed(nina, "first_hearing_listed")
    text = plain(page(tom, "update", nina, event.event_id))
    assert "Hello Nina." in text and "Thursday 4 March 2027" in text
    assert "Leicester Magistrates" in text and "To 07700 900471." in text
    assert (
        "They read Polish, and these words are in English" in text
        and "after six" in text
    )
    easy = plain(page(tom, "update", nina, event.event_id, kind="easy_read"))
    assert "There is a first day in court." in easy


def test_somebody_is_told_by_text_and_it_is_taken_back(tom, nina, owed, with_senders):
    event = owed(nina)
    answer = post(
        tom,
        "update",
        nina,
        event.event_id,
        version=0,
        words="News for you",
        way="sms",
        hour="within",
    )
    assert answer.status_code == 302
    text = text_of(tom.get(answer["Location"]))
    assert "It leaves in 5 minutes" in text and "Leaves soon" in text
    taken = re.search(r"/updates/([0-9a-f-]{36})/take-back", text)
    assert taken
    answer = post(tom, "take_back", nina, taken[1])
    assert "It is a draft again" in text_of(tom.get(answer["Location"]))


def test_what_others_may_read_names_nothing_unless_they_want_it_so(
    tom, nina, owed, with_senders
):
    event = owed(nina)
    said = {
        "version": 0,
        "words": "News of the assault",
        "way": "sms",
        "hour": "within",
    }
    text = plain(text_of(post(tom, "update", nina, event.event_id, **said)))
    assert "It says “assault”, and somebody else may read it" in text
    assert "They want it said this plainly" in text
    answer = post(tom, "update", nina, event.event_id, **said, plainly="on")
    assert answer.status_code == 302
    text = plain(page(tom, "update", nina, owed(nina, "first_hearing_listed").event_id))
    assert "They want it said this plainly" not in text


def test_told_on_the_phone_needs_the_time_and_stands_in_the_timeline(
    tom, nina, owed, now
):
    event = owed(nina)
    common = {"version": 0, "words": "I told her", "way": "phone"}
    text = text_of(post(tom, "update", nina, event.event_id, **common))
    assert "Enter the time at which you told them" in text
    local = now - timedelta(hours=1)
    when = {**typed_day("on", local), "time": f"{local:%H:%M}"}
    answer = post(tom, "update", nina, event.event_id, **common, **when)
    assert answer.status_code == 302, plain(text_of(answer))[:3000]
    assert "Told on the phone by Tom Hollis" in plain(
        text_of(tom.get(answer["Location"]))
    )
    case = plain(text_of(tom.get(reverse("casework:case", args=[nina]))))
    assert "Told: Suspect arrested" in case


def test_without_a_safe_way_the_page_says_so_and_it_stays_owed(
    tom, asha, owed, with_senders
):
    event = owed(asha)
    text = plain(page(tom, "update", asha, event.event_id))
    assert "There is no safe way to tell them in writing" in text
    assert "Not marked safe." in text
    answer = post(tom, "update", asha, event.event_id, words="News", way="sms")
    assert answer.status_code == 200
    text = text_of(post(tom, "drop", asha, event.event_id, words="x"))
    assert "Choose why they are not told" in text
    answer = post(tom, "drop", asha, event.event_id, why="no_safe_way", words="")
    assert "They have been told of everything" not in text_of(
        tom.get(answer["Location"])
    )


def test_without_a_sender_nothing_is_offered_that_would_not_leave(tom, nina, owed):
    text = plain(page(tom, "update", nina, owed(nina).event_id))
    assert "No sender is set up for this here" in text
    answer = post(tom, "update", nina, owed(nina).event_id, words="News", way="sms")
    assert answer.status_code == 200


def test_a_letter_is_kept_and_printed(tom, nina, owed, now):
    event = owed(nina)
    address = reverse("telling:letter", args=[nina, event.event_id])
    assert tom.get(address).status_code == 404
    post(tom, "update", nina, event.event_id, version=0, words="A letter", keep="yes")
    text = text_of(tom.get(address))
    assert "101 Melton Road<br>" in text and "A letter" in text


def test_who_saved_first_is_not_overwritten(tom, nina, owed):
    event = owed(nina)
    post(tom, "update", nina, event.event_id, version=0, words="First", keep="yes")
    answer = post(tom, "update", nina, event.event_id, version=0, words="2", keep="yes")
    assert "Somebody else has worked on this" in text_of(answer)
    assert "First" in text_of(answer)


def test_the_case_says_how_much_is_to_be_told(tom, nina):
    case = plain(text_of(tom.get(reverse("casework:case", args=[nina]))))
    assert "2 things to tell" in case


def test_nobody_from_elsewhere_gets_in(client_as, nina, owed):
    event = owed(nina)
    for name in ("police", "administrator"):
        client = client_as(name)
        for address in (
            reverse("telling:list"),
            reverse("telling:case", args=[nina]),
            reverse("telling:update", args=[nina, event.event_id]),
        ):
            assert client.get(address).status_code in {403, 404}, (name, address)
