"""What is owed with no day set: which promises, what shows each, settled and not."""

from collections import Counter
from datetime import timedelta

import pytest

from alongside.care.casework.models import Victimisation
from alongside.care.code_rights.types import StepAsked
from alongside.care.journey.models import Clock, Wish
from alongside.care.journey.operations import (
    DayImpossible,
    EvidenceNeeded,
    tellings,
)
from alongside.care.journey.operations import standing as operations
from alongside.care.journey.queries import compliance
from alongside.care.journey.queries.standing import (
    count_standing,
    list_not_known,
    list_standing,
)
from alongside.care.journey.tables import RULES
from alongside.care.journey.types import DutyHolder, RuleKind
from alongside.care.journey.types.compliance import ComplianceAsked, CountBy, Kept
from alongside.care.journey.types.standing import (
    ShownBy,
    StandingAsked,
    StandingState,
)
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.walls.context import acting_as
from alongside.workflows import code_rights, standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]

OWED, MET, NOT_OWED = StandingState
# What every report of a crime makes owed since April 2021, read from the Code.
BY_REPORT = {"R01-INTERP", "R03-RJINFO", "R04-NEEDS", "R05-COMPTELL", "R07-VPS"}


@pytest.fixture
def lines(case):
    """{limit: the promise} of Asha's case."""

    def read():
        found = list_standing(case_ids=[case.pk])
        assert len({line.rule.code for line in found}) == len(found)
        return {line.rule.code: line for line in found}

    return read


@pytest.fixture
def fact(crime):
    """Says something of the crime that its referral could have said."""

    def put(**facts):
        Victimisation.objects.filter(pk=crime.victimisation_id).update(**facts)

    return put


@pytest.fixture
def settle(acting, crime):
    def do(rule, *, days=0, evidence="They rang us", event_id=None):
        operations.settle_met(
            **acting,
            which=(rule, crime.victimisation_id, event_id),
            met_on=local_day(acting["now"] - timedelta(days=days)),
            evidence=evidence,
        )

    return do


def test_what_a_report_makes_owed(lines, fact):
    fact(flags=[], offence_code="28A", vps_offered=None, needs_assessed_on=None)
    assert set(lines()) == BY_REPORT
    assert {one.state for one in lines().values()} == {OWED}
    fact(flags=["domestic_abuse"])
    assert set(lines()) == BY_REPORT | {"R02-GENDER", "R03-SAFE"}
    fact(record_type="incident", flags=[])
    assert set(lines()) == BY_REPORT - {"R05-COMPTELL", "R07-VPS"}


def test_the_code_of_the_day_of_the_report_decides(lines, fact, now):
    fact(flags=[], reported_at=now.replace(year=2014))
    assert set(lines()) == BY_REPORT - {"R01-INTERP"}
    assert {one.rule.code_version for one in lines().values()} == {"VC2013"}
    fact(reported_at=now.replace(year=2010))
    assert lines() == {}


def test_the_referral_shows_what_it_says(lines, fact, now):
    day = local_day(now - timedelta(days=3))
    fact(vps_offered=True, needs_assessed_on=day)
    needs, statement = lines()["R04-NEEDS"], lines()["R07-VPS"]
    assert (needs.state, needs.shown_by, needs.met_on) == (MET, ShownBy.NEEDS, day)
    assert (statement.state, statement.shown_by) == (MET, ShownBy.STATEMENT)
    assert statement.met_on is not None
    fact(vps_offered=False, needs_assessed_on=None)
    assert {lines()[code].state for code in ("R04-NEEDS", "R07-VPS")} == {OWED}


def test_what_happens_makes_more_owed_once(lines, happened):
    happened("no_further_action", days=9)
    happened("sentenced", days=3)
    property_back = lines()["R10-PROP"]
    assert property_back.state is OWED
    assert "R06-MEET" not in lines()  # only where somebody was killed


def test_only_who_gives_evidence_is_owed_what_witnesses_are(lines, fact, happened):
    happened("witness_required", days=4)
    fact(role="victim")
    assert "R04-WCUNEEDS" not in lines()
    fact(role="victim_witness")
    assert {"R04-WCUNEEDS", "R08-SUPPORT"} <= set(lines())


def test_settled_by_hand_and_taken_back(lines, settle, acting, crime):
    fresh = Clock.objects.count()
    settle("R03-RJINFO", evidence=" They told me ")
    line = lines()["R03-RJINFO"]
    assert (line.state, line.shown_by, line.evidence) == (
        MET,
        ShownBy.SETTLED,
        "They told me",
    )
    with pytest.raises(NotFound):
        settle("R03-RJINFO")
    which = ("R03-RJINFO", crime.victimisation_id, None)
    operations.take_back(**acting, which=which)
    assert lines()["R03-RJINFO"].state is OWED
    with pytest.raises(NotFound):
        operations.take_back(**acting, which=which)
    operations.settle_not_owed(**acting, which=which, reason="told_by_another")
    again = lines()["R03-RJINFO"]
    assert (again.state, again.reason) == (NOT_OWED, "told_by_another")
    # What was said first is kept beside what is said now.
    assert Clock.objects.count() == fresh + 2
    old = Clock.objects.get(evidence="They told me")
    assert old.replaced_by_id == again.clock_id and old.met_on is not None


def test_what_cannot_be_is_refused(settle, acting, crime, lines):
    with pytest.raises(EvidenceNeeded):
        settle("R03-RJINFO", evidence="  ")
    for days in (-1, 4000):
        with pytest.raises(DayImpossible):
            settle("R03-RJINFO", days=days)
    with pytest.raises(EvidenceNeeded):
        operations.settle_not_owed(
            **acting, which=("R07-VPS", crime.victimisation_id, None), reason="luck"
        )
    with pytest.raises(NotFound):
        settle("R06-MEET")
    assert MET not in {one.state for one in lines().values() if one.clock_id}


def test_only_those_who_work_the_case_settle(actor_as, acting, crime):
    police = actor_as("police")
    which = ("R07-VPS", crime.victimisation_id, None)
    with acting_as(police), pytest.raises((NotAllowed, NotFound)):
        operations.settle_met(
            **{**acting, "actor": police},
            which=which,
            met_on=local_day(acting["now"]),
            evidence="x",
        )


def test_a_step_of_a_right_settles_it_and_takes_it_back(lines, right, acting, fact):
    fact(vps_offered=None)
    taken = right("vps", "offered", by="police", how="phone", explained=True)
    line = lines()["R07-VPS"]
    assert (line.state, line.shown_by) == (MET, ShownBy.SETTLED)
    view = standing.read_standing(**acting)
    part = next(one for one in view.parts if one.line.rule.code == "R07-VPS")
    assert part.record_id == taken.record_id and not part.may_take_back
    with pytest.raises(standing.ShownElsewhere):
        standing.take_back(**acting, name=part.name)
    code_rights.take_back_step(
        **acting,
        record_id=taken.record_id,
        version=taken.version,
        step_id=taken.step_id,
        why="Another person",
    )
    assert lines()["R07-VPS"].state is OWED


def test_news_of_the_sentence_is_owed_to_those_in_the_scheme(
    acting, happened, right, case
):
    now = acting["now"]

    def news():
        found = list_standing(case_ids=[case.pk])
        return [one for one in found if one.rule.code == "R11-STAGES"]

    happened("custody_release_planned", days=30)
    assert news() == []
    taken = right("contact_scheme", "joined", days=20, how="phone")
    # What happened before they joined is not owed to them.
    assert news() == []
    planned = happened("custody_release_planned", days=10)
    released = happened("released_on_licence", days=5)
    assert [one.state for one in news()] == [OWED, OWED]
    tellings.record_telling(
        **acting,
        event_ids=[planned.pk],
        told_at=now - timedelta(days=9),
        told_by=DutyHolder.PROBATION,
        how="phone",
        evidence="She told us",
    )
    first, second = news()
    assert (first.state, first.shown_by, first.evidence) == (
        MET,
        ShownBy.TOLD,
        "She told us",
    )
    assert second.event_id == released.pk and second.state is OWED
    write = {**acting, "record_id": taken.record_id}

    def step(code, by, days, **fields):
        on = local_day(now - timedelta(days=days))
        return code_rights.take_step(
            **write,
            version=version[0],
            asked=StepAsked(step=code, on=on, by=by, fields=fields),
        )

    version = [taken.version]
    version[0] = step("told", "probation", 4, what="released").version
    assert [one.state for one in news()] == [MET, MET]
    happened("recalled", days=2)
    assert [one.state for one in news()] == [MET, MET, OWED]
    version[0] = step("left", "person", 1).version
    assert news() == []


def test_who_asked_not_to_hear_is_not_owed_news(lines, case, now, worker):
    Wish.objects.create(
        area_id=case.area_id,
        case=case,
        asks="nothing",
        channel="",
        words="",
        since=now,
        recorded_by_id=worker.user_id,
    )
    left = lines()["R03-RJINFO"]
    assert (left.state, left.shown_by) == (NOT_OWED, ShownBy.WISH)
    assert left.reason == "asked_not_to_be_told"
    # Needs are asked about all the same.
    assert lines()["R04-NEEDS"].state in {OWED, MET}


def test_across_cases_they_are_counted_and_listed(settle, worker):
    asked = StandingAsked(rule="R03-RJINFO")
    (before,) = count_standing(asked)
    listed = list_not_known(asked, limit=500)
    assert before.owed == len(listed) > 1 and before.met == 0
    assert [one.since for one in listed] == sorted(one.since for one in listed)
    settle("R03-RJINFO")
    (after,) = count_standing(asked)
    assert (after.owed, after.met) == (before.owed - 1, 1)
    assert len(list_not_known(asked, limit=500)) == len(listed) - 1
    mine = StandingAsked(rule="R03-RJINFO", worker_key=worker.user_id)
    assert {one.worker for one in list_not_known(mine, limit=500)} <= {worker.label}
    assert count_standing(StandingAsked(holder="cps")) == []


def test_another_agency_sees_nothing(actor_as, case):
    with acting_as(actor_as("police")):
        assert list_standing(case_ids=[case.pk]) == []
        assert count_standing(StandingAsked()) == []


def counted(by, now, **more):
    on = local_day(now)
    return compliance.count_standing_kept(
        ComplianceAsked(
            since=on - timedelta(days=3650),
            until=on + timedelta(days=1),
            on=on,
            by=by,
            **more,
        ),
        ages=[0, 18, 65],
    )


def test_they_are_counted_as_kept_or_nobody_can_say_and_never_missed(
    settle, acting, crime, actor_as
):
    now = acting["now"]
    settle("R03-RJINFO")
    operations.settle_not_owed(
        **acting,
        which=("R05-COMPTELL", crime.victimisation_id, None),
        reason="told_by_another",
    )
    assert counted(CountBy.RULE, now) == {}  # a worker counts nothing
    with acting_as(actor_as("supervisor")):
        by_rule = counted(CountBy.RULE, now)
        matters = Victimisation.objects.filter(live=True, same_as=None).count()
        news = by_rule["R03-RJINFO"].states
        assert (news[Kept.MET], news[Kept.CANNOT_SAY]) == (1, matters - 1)
        told = by_rule["R05-COMPTELL"]
        assert told.states[Kept.NOT_OWED] == 1
        assert told.reasons == {"told_by_another": 1}
        every: Counter[Kept] = sum((one.states for one in by_rule.values()), Counter())
        assert not {Kept.MISSED, Kept.LATE, Kept.DUE} & every.keys()
        for by in CountBy:
            groups = counted(by, now)
            assert sum((one.states for one in groups.values()), Counter()) == every
        police = counted(CountBy.HOLDER, now, holder=DutyHolder.POLICE)
        assert set(police) == {"police"}
        assert set(counted(CountBy.RIGHT, now, right=3)) == {"3"}


def test_no_limit_is_narrowed_by_what_the_query_does_not_read():
    for rule in RULES:
        if rule.kind is RuleKind.STANDING:
            assert rule.custody_months is None
            assert not rule.only_outcomes and not rule.not_outcomes
