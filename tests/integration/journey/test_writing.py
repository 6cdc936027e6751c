"""What a worker writes down: events, corrections, tellings; and the journey's page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import working
from alongside.care.journey import queries
from alongside.care.journey.models import Clock, JourneyEvent, Matter, Telling
from alongside.care.journey.types import DutyHolder
from alongside.foundation.lib.errors import NotFound
from alongside.workflows import record_event as writing
from tests.integration.web.casework.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]


@pytest.fixture
def crime(worker, asha):
    case = casework.get_case(actor=worker, public_id=asha)
    return casework.list_crimes(case_ids=[case.pk])[0]


@pytest.fixture
def acting(worker, now, asha):
    return {"actor": worker, "now": now, "case_id": asha}


@pytest.fixture
def entry(crime, now):
    def make(event="suspect_arrested", *, days=2, suspect="S1", detail=None):
        at = now - timedelta(days=days)
        return writing.Entry(
            victimisation_id=crime.victimisation_id,
            event=event,
            suspect_ref=suspect,
            offence_code="",
            occurred_at=at,
            received_at=at,
            detail=detail or {},
        )

    return make


def stages(crime):
    lines = queries.list_matters(victimisation_ids=[crime.victimisation_id])
    return {(one.suspect_ref, one.offence_code): one.stage for one in lines}


def clocks(event_id):
    return {one.rule: one for one in Clock.objects.filter(event__public_id=event_id)}


def test_what_is_written_down_moves_the_matter_and_starts_its_promises(
    acting, entry, crime
):
    event = writing.record_event(**acting, entry=entry())

    assert stages(crime) == {("S1", ""): "S21"}
    assert "R06-ARREST" in clocks(event)
    assert JourneyEvent.objects.get(public_id=event).recorded_by is not None


def test_the_same_again_is_refused(acting, entry):
    writing.record_event(**acting, entry=entry())

    with pytest.raises(writing.WrittenAlready):
        writing.record_event(**acting, entry=entry())


@pytest.mark.parametrize(
    ("days", "refusal"), [(-1, writing.TimeImpossible), (9999, writing.TimeImpossible)]
)
def test_a_time_that_cannot_be_is_refused(acting, entry, days, refusal):
    with pytest.raises(refusal):
        writing.record_event(**acting, entry=entry(days=days))


def test_what_is_needed_must_be_said(acting, entry):
    with pytest.raises(writing.DetailNeeded):
        writing.record_event(**acting, entry=entry("plea_entered"))


def test_a_correction_keeps_what_was_and_takes_its_promises_over(acting, entry, crime):
    old = writing.record_event(**acting, entry=entry(days=5))
    new = writing.correct_event(
        **acting, event_id=old, entry=entry(days=3), why="It was the day after"
    )

    was = JourneyEvent.objects.get(public_id=old)
    assert was.superseded_by is not None and was.superseded_by.public_id == new
    before, after = clocks(old)["R06-ARREST"], clocks(new)["R06-ARREST"]
    assert before.replaced_by_id == after.pk
    assert after.due_on > before.due_on
    with pytest.raises(NotFound):
        writing.take_back(**acting, event_id=old, why="Again")


def test_what_did_not_happen_is_owed_no_more(acting, entry, crime):
    event = writing.record_event(**acting, entry=entry())
    writing.take_back(**acting, event_id=event, why="Somebody else was arrested")

    assert clocks(event)["R06-ARREST"].not_owed_reason == "corrected"
    assert stages(crime) == {("", ""): "S10"}
    assert Matter.objects.filter(suspect_ref="S1", live=False).count() == 1
    with pytest.raises(writing.WhyNeeded):
        other = writing.record_event(**acting, entry=entry(days=1))
        writing.take_back(**acting, event_id=other, why=" ")


def test_telling_meets_the_promise_and_a_correction_keeps_it_met(acting, entry, now):
    old = writing.record_event(**acting, entry=entry(days=5))
    writing.tell(
        **acting,
        event_id=old,
        told_at=now - timedelta(days=1),
        told_by=DutyHolder.POLICE,
        how="phone",
        evidence="The officer said so",
    )
    assert clocks(old)["R06-ARREST"].met_on is not None
    assert Telling.objects.count() == 1
    new = writing.correct_event(
        **acting, event_id=old, entry=entry(days=4), why="Another day"
    )
    assert clocks(new)["R06-ARREST"].evidence == "The officer said so"


def test_the_page_shows_the_way_what_happened_and_who_was_told(
    tom, acting, entry, asha
):
    event = writing.record_event(**acting, entry=entry())
    text = text_of(tom.get(reverse("journey:journey", args=[asha])))

    assert "Suspect identified" in text and 'aria-current="step"' in text
    assert "Nobody has written down that they were told." in text
    assert reverse("telling:update", args=[asha, event]) in text
    writing.correct_event(**acting, event_id=event, entry=entry(days=1), why="A day on")
    text = text_of(tom.get(reverse("journey:journey", args=[asha])))
    assert "Corrected because: A day on" in text


def test_it_is_written_down_corrected_told_and_taken_back_by_the_pages(
    tom, asha, crime, now
):
    page = reverse("journey:record", args=[asha])
    assert tom.post(page, {}).status_code == 200
    asked = tom.post(page, {"event": "suspect_bailed"})
    assert asked.status_code == 302
    form = tom.get(asked["Location"])
    (value, _) = form.context["page"].form.fields["about"].choices[0]
    day = now - timedelta(days=2)
    sent = {
        "about": value,
        "suspect_ref": "S7",
        **{f"on_{n}": part for n, part in enumerate((day.day, day.month, day.year))},
        **{
            f"received_on_{n}": part
            for n, part in enumerate((day.day, day.month, day.year))
        },
        "time": "12:00",
        "detail_conditions": "Not to contact her",
    }
    assert tom.post(asked["Location"], sent).status_code == 302
    assert stages(crime) == {("S7", ""): "S22"}
    event = JourneyEvent.objects.get(event="suspect_bailed")
    assert event.detail == {"conditions": "Not to contact her"}

    told = reverse("journey:told", args=[asha, event.public_id])
    assert tom.get(told).status_code == 200
    assert "Choose who told them" in text_of(tom.post(told, {}))

    correct = reverse("journey:correct", args=[asha, event.public_id])
    assert tom.post(correct, {**sent, "why": ""}).status_code == 200
    # Somebody is known now: what it is about has another name than before.
    (value, _) = tom.get(correct).context["page"].form.fields["about"].choices[0]
    again = {**sent, "about": value, "time": "13:30", "why": "The time was wrong"}
    assert tom.post(correct, again).status_code == 302
    newest = JourneyEvent.objects.get(event="suspect_bailed", superseded_by=None)

    gone = reverse("journey:take_back", args=[asha, newest.public_id])
    assert tom.post(gone, {"why": "It was somebody else"}).status_code == 302
    assert stages(crime) == {("", ""): "S10"}


def test_a_closed_case_still_shows_its_journey(tom, acting, entry, asha):
    writing.record_event(**acting, entry=entry())
    version = casework.get_case(actor=acting["actor"], public_id=asha).version
    working.close_case(
        **acting, version=version, disposition="supported_basic", reason=""
    )

    text = text_of(tom.get(reverse("journey:journey", args=[asha])))
    assert "Suspect identified" in text
    writing.record_event(**acting, entry=entry("charged", days=1))


def test_messages_that_wait_have_their_list_and_their_file(sarah):
    text = text_of(sarah.get(reverse("journey:waiting")))
    assert "No message waits" in text
    assert sarah.get(reverse("journey:waiting") + "?format=csv").status_code == 200
