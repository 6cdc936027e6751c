"""The case page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.care.casework.operations import working
from alongside.care.casework.types import NoteKind
from alongside.walls.context import acting_as
from alongside.workflows.case_timeline import EntryKind, say_detail
from alongside.workflows.pass_on import take_cases
from alongside.workflows.read_case import read_case
from tests.factories.feeds import receive
from tests.integration.web.casework.conftest import ASHA, text_of


def statements_of_case(worker, now, case_id):
    with CaptureQueriesContext(connection) as captured:
        view = read_case(actor=worker, now=now, case_id=case_id, limit=25)
    return view, [query["sql"] for query in captured]


def test_the_page_says_who_it_is_what_is_safe_and_what_is_next(tom, asha):
    page = text_of(tom.get(f"/cases/{asha}"))

    assert "Asha Reed" in page
    assert (
        "Victim of the most serious crime: The police flagged this as domestic abuse"
        in page
    )
    assert "High risk" in page
    assert "Use only ✓" in page
    assert 'Call<span class="govuk-visually-hidden"> is safe' in page
    assert 'E-mail<span class="govuk-visually-hidden"> is not safe' in page
    assert "weekday mornings" in page
    assert "Make first contact" in page
    assert "We make a first attempt to reach them" in page
    assert "Take this case" in page


def test_taking_it_there(tom, asha):
    page = text_of(tom.post(f"/cases/{asha}/take", follow=True))

    assert "This case is now yours" in page
    assert "Held by Tom Hollis" in page
    assert "Take this case" not in page


def test_taking_a_case_that_somebody_holds_is_refused_in_words(tom, sarah, asha):
    tom.post(f"/cases/{asha}/take")

    page = text_of(sarah.post(f"/cases/{asha}/take", follow=True))

    assert "Somebody else has taken this case already" in page


def test_everything_is_on_the_timeline_newest_first(worker, asha, now):
    take_cases(actor=worker, now=now - timedelta(minutes=2), case_ids=[asha])
    working.add_note(
        actor=worker,
        now=now - timedelta(minutes=1),
        case_id=asha,
        kind=NoteKind.SHARED,
        text="Prefers mornings",
    )

    view = read_case(actor=worker, now=now, case_id=asha, limit=25)

    assert [(entry.kind, entry.title) for entry in view.entries] == [
        (EntryKind.NOTE, "Note"),
        (EntryKind.DECISION, "Taken by Tom Hollis"),
        (EntryKind.DECISION, "Case opened"),
        (EntryKind.CRIME, "Referral received"),
        (EntryKind.CRIME, "Reported to the police: Assault with injury"),
    ]
    assert all(entry.who for entry in view.entries)


def test_the_timeline_is_narrowed_and_lengthened(tom, worker, asha, now):
    for number in range(30):
        working.add_note(
            actor=worker,
            now=now - timedelta(minutes=number),
            case_id=asha,
            kind=NoteKind.SHARED,
            text=f"Note number {number}.",
        )

    page = text_of(tom.get(f"/cases/{asha}?kind=note"))
    assert "Case opened" not in page
    assert "Note number 24." in page
    assert "Note number 25." not in page
    longer = text_of(tom.get(f"/cases/{asha}?kind=note&show=50"))
    assert "Note number 29." in longer
    assert "Show older entries" not in longer


def test_a_case_costs_the_same_whatever_is_in_it(worker, asha, now):
    _, few = statements_of_case(worker, now, asha)
    again = ASHA | {"flags": "", "person_ref": "N9"}
    codes = ("104", "126", "49", "105A", "58C", "44")
    receive(
        [again | {"crime_ref": f"260{code}", "offence_code": code} for code in codes],
        now=now,
        extract_id="LEI-2",
    )
    with acting_as(worker):
        view, many = statements_of_case(worker, now, asha)

    assert len(view.crimes) == 7
    assert len(many) == len(few) == 30


def test_what_an_event_says_is_said_in_words():
    said = say_detail(
        {"offence_code": "8N", "on": "2026-05-05", "orders": ["a_b", "c"], "months": 0}
    )

    assert said == "Offence: Assault with injury\nDate: 5 May 2026\nOrders: a b, c"


def test_every_promise_has_a_page_of_its_own(tom, asha):
    page = text_of(tom.get(f"/cases/{asha}/promises"))

    assert "Those still open first" in page
    assert "Police to refer them for support" in page


@pytest.mark.parametrize("page", ["", "/promises", "/contact", "/note", "/close"])
def test_a_case_that_is_not_there(tom, page):
    assert tom.get(f"/cases/{uuid4()}{page}").status_code == 404


@pytest.mark.parametrize("name", ["police", "commissioner", "provider", "information"])
def test_a_case_is_for_those_who_work_cases(client_as, asha, name):
    assert client_as(name).get(f"/cases/{asha}").status_code == 403


def test_a_number_nobody_marked_safe_is_not_to_be_called_in_a_high_risk_case(
    worker, tom, case_of, now
):
    unmarked = ASHA | {
        "crime_ref": "26000000009",
        "person_ref": "N900",
        "given_names": "Hedda",
        "surname": "Hale",
        "date_of_birth": "1971-06-08",
        "safe_phone": "",
        "safe_letter": "y",
    }
    receive([unmarked], now=now, extract_id="LEI-2")
    with acting_as(worker):
        page = text_of(tom.get(f"/cases/{case_of(unmarked)}"))

    assert "Not safe to call" in page
    assert "tel:" not in page
