"""Who must give evidence: in which order, how ready, and seen by whom."""

import csv
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.care.casework.models import Victimisation
from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.types import StepAsked
from alongside.care.journey.models import JourneyEvent, Telling
from alongside.care.journey.queries.witnesses import Showing, list_witnesses
from alongside.foundation.lib.local import local_day
from alongside.walls.context import acting_as
from alongside.workflows import code_rights
from alongside.workflows.read_witnesses import read_witnesses
from tests.integration.rights.people import actor_of, acts, somebody
from tests.integration.web.casework.conftest import text_of
from tests.support.receiving import receiver, send

pytestmark = pytest.mark.django_db
NOW = datetime.now(tz=UTC)
TODAY = local_day(NOW)
MONA = {
    "crime_ref": "26019999002",
    "person_ref": "N7770002",
    "given_names": "Mona",
    "surname": "Tarrow",
    "date_of_birth": "1971-05-06",
    "mobile_phone": "07700 900457",
    "role": "witness",
}


def supervisor():
    return actor_of("supervisor@llr.example")


def day(days):
    return (TODAY + timedelta(days=days)).isoformat()


def happened(crime_ref, event, *, ago=10, suspect="S-1", **detail):
    """Something that happened in the matters of a crime."""
    with acting_as(receiver()):
        matter = Victimisation.objects.get(crime_ref=crime_ref)
        at = NOW - timedelta(days=ago)
        return JourneyEvent.objects.create(
            area_id=matter.area_id,
            victimisation_id=matter.pk,
            event=event,
            suspect_ref=suspect,
            occurred_at=at,
            received_at=at,
            detail=detail,
            source="feed",
            content_hash=uuid4(),
            recorded_at=at,
        )


def told(event):
    with acting_as(receiver()):
        Telling.objects.create(
            area_id=event.area_id,
            victimisation_id=event.victimisation_id,
            event=event,
            told_at=NOW,
            told_by="wcu",
            how="phone",
            evidence="They rang",
            recorded_at=NOW,
        )


def listed(showing=Showing.COMING, **options):
    with acts(options.pop("by", None) or supervisor()) as actor:
        return list_witnesses(
            actor=actor, today=TODAY, showing=showing, limit=50, **options
        )


def crimes(lines):
    return [line.crime_ref for line in lines]


@pytest.fixture
def victim():
    """A victim whom witness care was told is needed."""
    somebody()
    return "26019999001"


@pytest.fixture
def witness():
    """Somebody who saw a crime and is no victim of it."""
    send(MONA, extract="LEI-9")
    return MONA["crime_ref"]


def test_nobody_is_listed_before_they_are_needed(victim, witness):
    happened(victim, "charged")
    assert listed() == []


def test_who_must_come_is_listed_by_the_day_of_the_hearing(victim, witness):
    happened(victim, "witness_required")
    happened(witness, "hearing_listed", on=day(9), court="Leicester Crown Court")
    assert crimes(listed()) == [witness, victim]
    (first, last) = listed()
    assert (first.hearing_on, first.court) == (
        TODAY + timedelta(days=9),
        "Leicester Crown Court",
    )
    assert last.hearing_on is None

    happened(victim, "hearing_listed", on=day(3))
    assert crimes(listed()) == [victim, witness]


def test_a_hearing_that_moves_takes_its_new_day_and_keeps_its_court(victim):
    happened(victim, "witness_required", ago=9)
    happened(victim, "hearing_listed", ago=8, on=day(-2), court="Leicester")
    assert crimes(listed(Showing.PASSED)) == [victim]
    happened(victim, "hearing_changed", ago=7, on=day(20), reason="listing")
    (line,) = listed()
    assert (line.hearing_on, line.court) == (TODAY + timedelta(days=20), "Leicester")
    assert listed(Showing.PASSED) == []


def test_of_two_suspects_the_hearing_that_comes_first_counts(victim):
    happened(victim, "witness_required")
    happened(victim, "hearing_listed", on=day(30), suspect="S-1")
    happened(victim, "hearing_listed", on=day(5), suspect="S-2")
    happened(victim, "hearing_listed", on=day(-5), suspect="S-3")
    (line,) = listed()
    assert line.hearing_on == TODAY + timedelta(days=5)


def test_what_was_corrected_does_not_count(victim):
    wrong = happened(victim, "witness_required", ago=9)
    right = happened(victim, "charged", ago=8)
    with acting_as(receiver()):
        JourneyEvent.objects.filter(pk=wrong.pk).update(
            superseded_by=right, superseded_why="Another crime was meant"
        )
    assert listed() == []


def test_a_day_that_is_no_day_is_shown_as_none(victim):
    happened(victim, "witness_required")
    happened(victim, "hearing_listed", on="2999-02-31")
    (line,) = listed()
    assert line.hearing_on is None


@pytest.mark.parametrize("end", ["trial_verdict", "case_stopped", "sentenced"])
def test_an_end_takes_them_off_the_list_and_asks_whether_they_were_told(victim, end):
    asked = happened(victim, "witness_required", ago=9)
    told(asked)
    assert [line.told for line in listed()] == [True]
    ended = happened(victim, end, ago=2)
    assert listed() == []
    (line,) = listed(Showing.ENDED)
    assert (line.ended_by, line.told_result) == (end, False)
    told(ended)
    assert [line.told_result for line in listed(Showing.ENDED)] == [True]


def test_the_list_is_narrowed_to_who_and_whose(victim, witness):
    happened(victim, "witness_required")
    happened(witness, "hearing_listed", on=day(9))
    assert crimes(listed(role="witness")) == [witness]
    assert crimes(listed(role="victim")) == [victim]
    assert listed(mine=True) == []


@pytest.mark.parametrize("who", ["police", "provider", "commissioner", "analyst"])
def test_other_agencies_see_nobody(victim, who):
    happened(victim, "witness_required")
    assert listed(by=actor_of(f"{who}@llr.example")) == []


def step(name, by="wcu", **fields):
    return StepAsked(step=name, on=TODAY, by=by, fields=fields, words="")


def begin(crime_ref, kind, asked):
    with acts(actor_of("supervisor@llr.example")) as actor:
        matter = Victimisation.objects.select_related("case").get(crime_ref=crime_ref)
        assert matter.case
        code_rights.begin_right(
            actor=actor,
            now=NOW,
            case_id=matter.case.public_id,
            kind=kind,
            about=Whereabouts(victimisation_id=matter.pk),
            asked=asked,
        )


def test_how_ready_they_are_is_taken_from_their_rights(victim):
    happened(victim, "charged")
    happened(victim, "witness_required")
    happened(victim, "hearing_listed", on=day(4))
    begin(victim, "court_day", step("attended", waited=95, apart=True, evidence=True))
    with acts(supervisor()) as actor:
        view = read_witnesses(actor=actor, now=NOW, showing=Showing.COMING, limit=10)
    (ready,) = view.ready
    assert ready.rights["court_day"].label == "They came"
    assert ready.rights["court_day"].fields["waited"] == 95
    assert ready.needs_on is None


def statements_of(client, where):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(where)
    assert answer.status_code == 200
    return len(asked)


def test_the_page_says_it_all_in_a_fixed_number_of_statements(
    client_as, victim, witness
):
    client = client_as("supervisor")
    where = reverse("witnesses:list")
    assert "Nobody is waiting to give evidence" in text_of(client.get(where))
    happened(victim, "witness_required")
    one = statements_of(client, where)
    happened(witness, "hearing_listed", on=day(9), court="Leicester Crown Court")
    assert statements_of(client, where) == one
    text = text_of(client.get(where))
    assert "Mona Tarrow" in text and "Leicester Crown Court" in text
    assert "in 9 days" in text
    text = text_of(client.get(where, {"role": "witness", "show": "ended"}))
    assert "No case with a witness has ended yet" in text


def test_the_file_names_nobody(client_as, witness):
    happened(witness, "hearing_listed", on=day(9), court="=Leicester")
    answer = client_as("witness.care").get(reverse("witnesses:export"))
    text = answer.content.decode()
    (row,) = csv.DictReader(text.splitlines())
    assert (row["hearing_on"], row["role"]) == (day(9), "witness")
    assert row["court"] == "'=Leicester"
    assert "Mona" not in text


@pytest.mark.parametrize("who", ["worker", "police", "information", "administrator"])
def test_the_page_is_for_witness_care(client_as, who):
    assert client_as(who).get(reverse("witnesses:list")).status_code == 403
