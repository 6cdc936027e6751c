"""The pages of protected details: who is shown what, and what a look asks for."""

from datetime import timedelta
from uuid import UUID

import pytest

from alongside.care.casework.models import Case
from alongside.care.people.models import Person
from alongside.foundation.vault.types import DetailKind
from alongside.workflows.protected_details import protect
from tests.integration.web.casework.conftest import text_of

ADDRESS = "Flat 2, The Limes\nInvented Road"


@pytest.fixture
def person(worker, asha) -> UUID:
    case = Case.objects.get(public_id=asha)
    found: UUID = Person.objects.get(pk=case.person_id).public_id
    return found


@pytest.fixture
def keep(worker, person, now):
    def kept(kind=DetailKind.SAFE_ADDRESS, text=ADDRESS):
        return protect(actor=worker, now=now, person_id=person, kind=kind, text=text)

    return kept


def page(person, *rest):
    return "/".join(["/people", str(person), "protected", *map(str, rest)])


def test_the_case_page_says_that_something_is_held_and_not_what(tom, asha, keep):
    keep()
    text = text_of(tom.get(f"/cases/{asha}"))
    assert text.count("A safe address is held") == 2  # the strip, and the card
    assert "The Limes" not in text


def test_a_refuge_is_not_spoken_of_in_the_strip(tom, asha, keep):
    keep(DetailKind.REFUGE_ADDRESS)
    text = text_of(tom.get(f"/cases/{asha}"))
    assert text.count("A refuge address is held") == 1
    assert "The Limes" not in text


def test_a_person_without_any_has_none(tom, person):
    tom.post(f"/people/{person}/why", {"reason": "covering"})  # another team's case
    assert "None are held" in text_of(tom.get(f"/people/{person}"))
    assert "Nothing is held under protection" in text_of(tom.get(page(person)))


def test_the_list_says_who_and_opens_nothing(tom, person, keep):
    keep()
    text = text_of(tom.get(page(person)))
    assert "Safe address" in text
    assert "Tom Hollis" in text
    assert "The Limes" not in text


def test_adding_and_showing(tom, person):
    answer = tom.post(page(person, "add"), {"kind": "safe_address", "text": ADDRESS})
    assert answer["Location"] == page(person)
    text = text_of(tom.get(page(person)))
    detail = text.split("/open")[0].rsplit("/", 1)[1]

    form = tom.get(page(person, detail, "open"))
    assert "Why are you opening this?" in text_of(form)
    assert "The Limes" not in text_of(form)

    shown = tom.post(page(person, detail, "open"), {"reason": "reach_them"})
    assert "The Limes" in text_of(shown)
    assert "written down" in text_of(shown)
    assert "To reach the person safely" in text_of(shown)
    assert "no-store" in shown["Cache-Control"]


def test_nothing_is_shown_without_a_reason(tom, person, keep):
    detail = keep()
    answer = tom.post(page(person, detail, "open"), {})
    assert "Choose why you are opening this" in text_of(answer)
    assert "The Limes" not in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (("safe_phone", "not a number"), "Enter a phone number, like 07700 900123"),
        (("safe_email", "nobody"), "Enter an e-mail address"),
        (("safe_address", ""), "Enter what is to be protected"),
        (("", "x"), "Choose what you want to protect"),
        (("safe_address", "x" * 501), "Use 500 characters or fewer"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field(tom, person, sent, words):
    kind, text = sent
    answer = tom.post(page(person, "add"), {"kind": kind, "text": text})
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert "Error: " in text_of(answer)


def test_replacing_keeps_the_old_one_as_out_of_date(tom, person, keep):
    detail = keep()
    form = tom.get(page(person, detail, "replace"))
    assert "What is held now is kept as out of date" in text_of(form)
    tom.post(page(person, detail, "replace"), {"text": "A newer place"})
    text = text_of(tom.get(page(person)))
    assert "Out of date" in text
    assert text.count("/open") == 2


def test_ending_asks_once(tom, person, keep):
    detail = keep()
    assert "out of date?" in text_of(tom.get(page(person, detail, "end")))
    tom.post(page(person, detail, "end"))
    assert "Nothing is held under protection" in text_of(tom.get(page(person)))
    again = tom.post(page(person, detail, "end"), follow=True)
    assert "already said" in text_of(again)


def test_a_factor_given_long_ago_asks_again_before_anything_is_shown(tom, person, keep):
    detail = keep()
    session = tom.session
    session["strong"] = session["strong"] - timedelta(minutes=30).total_seconds()
    session.save()
    asked = tom.get(page(person, detail, "open"))
    assert asked.status_code == 302
    assert "confirm" in asked["Location"]
    sent = tom.post(page(person, detail, "open"), {"reason": "reach_them"})
    assert "The Limes" not in text_of(sent)
    assert sent.status_code == 403


@pytest.mark.parametrize(
    "name", ["provider", "police", "administrator", "commissioner"]
)
def test_others_are_shown_nothing(client_as, person, keep, name):
    detail = keep()
    visitor = client_as(name)
    for way in ([], ["add"], [detail, "open"], [detail, "replace"], [detail, "end"]):
        answer = visitor.get(page(person, *way))
        assert answer.status_code in {403, 404, 302}
        assert "The Limes" not in text_of(answer)


def test_a_detail_that_is_not_there_is_not_found(tom, person):
    unknown = "00000000-0000-4000-8000-000000000000"
    for way in ("open", "replace", "end"):
        assert tom.get(page(person, unknown, way)).status_code == 404
    assert tom.get(page(unknown)).status_code == 404


def test_what_is_shown_is_text_and_never_markup(tom, person, keep):
    detail = keep(DetailKind.STATEMENT, "<script>alert(1)</script>")
    answer = tom.post(page(person, detail, "open"), {"reason": "check"})
    assert b"<script>alert" not in answer.content
