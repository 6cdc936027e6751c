"""Rights as they are written down: their steps, their promises, and corrections."""

from datetime import timedelta

import pytest

from alongside.care.casework import queries as casework
from alongside.care.casework.models import Victimisation
from alongside.care.code_rights import operations
from alongside.care.code_rights.models import RightRecord, RightStep
from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.permissions import (
    BadStep,
    CannotStep,
    RightChanged,
    WhyNeeded,
)
from alongside.care.code_rights.queries import (
    find_crimes,
    find_live_steps,
    find_window,
)
from alongside.care.code_rights.tables import kinds_on
from alongside.care.code_rights.types import StepAsked
from alongside.care.journey import queries as journey
from alongside.care.journey.models import Clock, JourneyEvent
from alongside.care.journey.operations import start_clocks, tellings
from alongside.care.journey.queries.matters import list_matters
from alongside.care.journey.types import DutyHolder
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries.calendar import read_calendar
from alongside.walls.context import acting_as
from alongside.workflows import code_rights
from alongside.workflows.receiving.event_clocks import event_clocks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]


@pytest.fixture
def begin(worker, asha, crime, now):
    """Begin a right with a step of so many days ago."""

    def do(kind, step, *, days=0, by="person", words="", **fields):
        return code_rights.begin_right(
            actor=worker,
            now=now,
            case_id=asha,
            kind=kind,
            about=Whereabouts(victimisation_id=crime.victimisation_id),
            asked=asked(now, step, days=days, by=by, words=words, **fields),
        )

    return do


@pytest.fixture
def follow(worker, asha, now):
    """Write down the next step of a right."""

    def do(taken, step, *, days=0, by, words="", **fields):
        return code_rights.take_step(
            actor=worker,
            now=now,
            case_id=asha,
            record_id=taken.record_id,
            version=taken.version,
            asked=asked(now, step, days=days, by=by, words=words, **fields),
        )

    return do


def asked(now, step, *, days=0, by="person", words="", **fields):
    on = local_day(now - timedelta(days=days))
    return StepAsked(step=step, on=on, by=by, fields=fields, words=words)


def clocks(rule):
    return list(Clock.objects.filter(rule=rule).order_by("pk"))


def test_a_review_is_asked_acknowledged_and_decided(happened, begin, follow, now):
    happened("no_further_action", days=9)
    taken = begin("vrr_police", "asked", days=8, how="phone")
    ack, decide = clocks("R06-VRRPOLICE-ACK"), clocks("R06-VRRPOLICE-DECIDE")
    assert [one.met_on for one in (*ack, *decide)] == [None, None]
    assert ack[0].holder == "police" and ack[0].due_on < decide[0].due_on

    taken = follow(taken, "acknowledged", days=3, by="police", reference="VRR 12")
    ack = clocks("R06-VRRPOLICE-ACK")
    assert ack[0].met_on == local_day(now - timedelta(days=3))
    assert ack[0].evidence == "Right to Review: police: police have the request"

    taken = follow(taken, "overturned", by="police", next="investigated")
    assert clocks("R06-VRRPOLICE-DECIDE")[0].met_on == local_day(now)
    record = RightRecord.objects.get(public_id=taken.record_id)
    assert (record.state, record.ended_on) == ("overturned", local_day(now))
    with pytest.raises(CannotStep):
        follow(taken, "upheld", by="police", reason="No")


def stages(crime):
    lines = list_matters(victimisation_ids=[crime.victimisation_id])
    return {line.stage for line in lines}


def test_a_decision_that_is_overturned_moves_the_matter_back(
    happened, begin, follow, acting
):
    crime = happened("suspect_interviewed", days=20)
    happened("no_further_action", days=9)
    assert stages(crime) == {"S31"}
    taken = begin("vrr_police", "asked", days=8, how="phone")
    taken = follow(taken, "overturned", by="police", next="investigated")
    assert stages(crime) == {"S20"}
    write = {**acting, "record_id": taken.record_id}
    right = asked(acting["now"], "overturned", days=1, by="police", next="charged")
    taken = code_rights.correct_step(
        **write,
        version=taken.version,
        step_id=taken.step_id,
        asked=right,
        why="It was yesterday",
    )
    assert stages(crime) == {"S20"}
    kept = JourneyEvent.objects.filter(event="review_succeeded", superseded_by=None)
    assert local_day(kept.get().occurred_at) == right.on
    code_rights.take_back_step(
        **write, version=taken.version, step_id=taken.step_id, why="Another case"
    )
    assert stages(crime) == {"S31"}
    assert not kept.exists() and JourneyEvent.objects.count() == 5


def test_a_review_is_refused_after_its_window(happened, begin, now):
    happened("no_further_action", days=120)
    with pytest.raises(BadStep) as refused:
        begin("vrr_police", "asked", how="phone")
    assert [one.field for one in refused.value.problems] == ["on"]
    assert not RightRecord.objects.exists() and not clocks("R06-VRRPOLICE-ACK")
    # The window runs from the day they were told, where somebody knows it.
    told = local_day(now - timedelta(days=5)).isoformat()
    begin("vrr_police", "asked", how="phone", told_on=told)


def test_the_window_runs_from_the_first_telling(happened, acting, crime, now):
    event = happened("no_further_action", days=100)
    clock = start_window(event, crime, acting)
    assert clock.due_on < local_day(now)

    def tell(days):
        tellings.record_telling(
            **acting,
            event_ids=[event.pk],
            told_at=now - timedelta(days=days),
            told_by=DutyHolder.POLICE,
            how="phone",
            evidence="They rang her",
        )
        return Clock.objects.get(rule="R06-VRRPOLICE-ASK", replaced_by=None)

    running = tell(40)
    assert running.starts_at == now - timedelta(days=40)
    assert running.due_on > local_day(now)
    kind = kinds_on(local_day(now))["vrr_police"]
    case = casework.get_case(actor=acting["actor"], public_id=acting["case_id"])

    def until():
        found = find_crimes(case_id=case.pk)
        line = found.crime(crime.victimisation_id)
        assert line is not None
        window = find_window(kind, line, found)
        assert window is not None
        return window.until

    assert until() == running.due_on
    # Told again later changes nothing; that they were told before does.
    assert tell(10).pk == running.pk and until() == running.due_on
    earlier = tell(60)
    assert earlier.due_on < running.due_on and until() == earlier.due_on


def start_window(event, crime, acting):
    """The window that the decision itself opens, as receiving makes it."""
    victim = journey.find_victims(victimisation_ids=[crime.victimisation_id])
    new = [
        clock
        for clock in event_clocks(
            kept_of(event), victim[crime.victimisation_id], read_calendar()
        )
        if clock.rule.code == "R06-VRRPOLICE-ASK"
    ]
    start_clocks(actor=acting["actor"], now=acting["now"], clocks=new)
    return Clock.objects.get(rule="R06-VRRPOLICE-ASK")


def kept_of(event):
    (kept,) = journey.list_kept(victimisation_id=event.victimisation_id)
    return kept


def test_a_late_claim_says_why(begin, crime, now):
    old = now - timedelta(days=3 * 365)
    Victimisation.objects.filter(pk=crime.victimisation_id).update(occurred_from=old)
    with pytest.raises(BadStep) as refused:
        begin("criminal_injuries", "claimed")
    assert [one.field for one in refused.value.problems] == ["words"]
    begin("criminal_injuries", "claimed", words="They were in hospital")


def test_what_is_taken_back_leaves_promises_as_they_were(
    happened, begin, follow, acting
):
    happened("no_further_action", days=9)
    taken = begin("vrr_police", "asked", days=8, how="phone")
    taken = follow(taken, "acknowledged", days=3, by="police")
    step = RightStep.objects.get(step="acknowledged")
    back = {**acting, "record_id": taken.record_id, "version": taken.version}
    with pytest.raises(WhyNeeded):
        operations.take_back_step(**back, step_id=step.public_id, why=" ")
    first = RightStep.objects.get(step="asked")
    with pytest.raises(CannotStep):
        operations.take_back_step(**back, step_id=first.public_id, why="Wrong case")
    operations.take_back_step(**back, step_id=step.public_id, why="It was a letter")

    old, new = clocks("R06-VRRPOLICE-ACK")
    assert old.replaced_by_id == new.pk and old.met_on is not None
    assert new.met_on is None and new.due_on == old.due_on
    record = RightRecord.objects.get()
    assert record.state == "asked" and record.ended_on is None

    back["version"] = record.version
    operations.take_back_step(**back, step_id=first.public_id, why="Wrong person")
    assert RightRecord.objects.get().state == ""
    reasons = {one.not_owed_reason for one in clocks("R06-VRRPOLICE-DECIDE")}
    assert reasons == {"written_by_mistake"}
    assert RightStep.objects.count() == 4  # nothing is ever taken away


def test_a_corrected_day_plans_promises_anew(happened, begin, acting):
    happened("no_further_action", days=9)
    taken = begin("vrr_police", "asked", days=8, how="phone")
    step = RightStep.objects.get()
    change = {
        **acting,
        "record_id": taken.record_id,
        "step_id": step.public_id,
        "asked": asked(acting["now"], "asked", days=6, how="letter"),
    }
    with pytest.raises(RightChanged):
        code_rights.correct_step(**change, version=9, why="The letter says so")
    code_rights.correct_step(**change, version=taken.version, why="The letter says so")
    old, new = clocks("R06-VRRPOLICE-DECIDE")
    assert old.replaced_by_id == new.pk and new.due_on > old.due_on
    (line,) = find_live_steps(record_key=RightRecord.objects.get().pk)
    assert line.fields == {"how": "letter"} and line.on == change["asked"].on
    assert RightStep.objects.count() == 2


def test_a_claim_sent_back_is_not_owed_until_it_is_complete(begin, follow, crime):
    taken = begin("expenses", "claimed", days=9, amount=4_250, what=["travel"])
    assert len(clocks("R10-EXP")) == 1
    taken = follow(taken, "sent_back", days=5, by="cps", missing="The tickets")
    assert clocks("R10-EXP")[0].not_owed_reason == "not_complete"
    again = {"amount": 4_250, "what": ["travel"]}
    taken = follow(taken, "claimed", days=2, by="person", **again)
    follow(taken, "paid", by="cps", amount=4_250, full=True)
    first, second = clocks("R10-EXP")
    assert first.not_owed_reason and second.met_on is not None


def test_one_statement_for_one_crime(begin):
    begin("vps", "declined")
    with pytest.raises(CannotStep):
        begin("vps", "made", by="police", how="written", read="self")


def test_the_order_and_the_day_are_kept(happened, begin, follow, now):
    happened("no_further_action", days=9)
    taken = begin("vrr_police", "asked", days=2, how="phone")
    with pytest.raises(BadStep):
        follow(taken, "acknowledged", days=3, by="police")
    with pytest.raises(BadStep):
        follow(taken, "acknowledged", days=-1, by="police")
    with pytest.raises(BadStep):
        follow(taken, "upheld", by="police")  # gives no reason
    with pytest.raises(BadStep):
        follow(taken, "acknowledged", by="court")


def test_only_those_who_work_the_case_write(actor_as, begin, acting):
    taken = begin("vps", "declined")
    change = {
        **acting,
        "record_id": taken.record_id,
        "version": taken.version,
        "asked": asked(
            acting["now"], "offered", by="police", how="phone", explained=True
        ),
    }
    police = actor_as("police")
    with acting_as(police), pytest.raises((NotAllowed, NotFound)):
        code_rights.take_step(**{**change, "actor": police})
    assert RightStep.objects.count() == 1
