"""Plans in every state, so that the demonstration's pages hold some.

Done by the demonstration's own workers through the operations their pages call. Done
once; a second `make demo` finds it done.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.people.operations import RelationAsked
from alongside.care.planning.operations import (
    actions,
    appointments,
    closing,
    goals,
    papers,
    plans,
    supervising,
    volunteers,
    warnings,
)
from alongside.care.planning.operations.actions import Asked
from alongside.care.planning.operations.appointments import AppointmentAsked
from alongside.care.planning.queries.plans import find_plan
from alongside.care.planning.types import (
    AgreedHow,
    GoalState,
    Meeting,
    PaperKind,
    PlanState,
    Whose,
)
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows import approve_plan, plan_support

WEEK = timedelta(days=7)
GOALS = (
    ("N2", "To feel safe at home again", "We sleep at my aunt's"),
    ("N1", "To sleep through the night", ""),
)


def play_planning(*, now: datetime) -> int:
    """Plan with some people; how many. None where that was done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    supervisor = next(a for a in staff if a.has(Permission.CASE_SUPERVISE))
    worker = next(a for a in staff if a.role is Role.SPECIALIST_WORKER)
    with acting_as(worker), transaction.atomic():
        mine = casework.list_my_cases(actor=worker, limit=6)
        if not mine or find_plan(case_id=mine[0].case_id):
            return 0
        for case, to in zip(mine[:4], PlanState, strict=False):
            _plan(worker, case.public_id, to, now=now)
        _beside(worker, mine[0].public_id, now=now)
    with acting_as(supervisor), transaction.atomic():
        _approve(supervisor, mine[2].public_id, now=now)
        _supervise(supervisor, worker, mine[0].public_id, now=now)
    return len(mine[:4])


def _plan(worker: Actor, case_id: UUID, to: PlanState, *, now: datetime) -> None:
    """A plan that has come as far as a state; one that is agreed is approved later."""
    on = local_day(now)
    began = now - 3 * WEEK
    plans.start_plan(actor=worker, now=began, case_id=case_id, review_on=on + WEEK)
    for need, words, why in GOALS:
        goal = goals.add_goal(
            actor=worker,
            now=began,
            case_id=case_id,
            need=need,
            words=words,
            why=why,
            review_on=on + 2 * WEEK,
        )
        if need == GOALS[0][0]:
            _act(worker, case_id, goal.public_id, now=began)
    if to in {PlanState.WAITING, PlanState.AGREED}:
        approve_plan.agree_plan(
            actor=worker,
            now=now,
            case_id=case_id,
            version=1,
            on=on,
            how=AgreedHow.TOGETHER,
            spoke_for="",
        )
    if to is PlanState.CLOSED:
        goals.end_goal(
            actor=worker,
            now=now,
            case_id=case_id,
            goal_id=goal.public_id,
            version=1,
            state=GoalState.REACHED,
            words="Most nights",
        )
        closing.close_plan(
            actor=worker, now=now, case_id=case_id, version=1, words="They are settled"
        )


def _act(worker: Actor, case_id: UUID, goal_id: UUID, *, now: datetime) -> None:
    """One action that is late by now, one of a partner's, and one of their own."""
    first = Asked(
        whose=Whose.OURS,
        worker_id=worker.user_id,
        owner_words="",
        words="Ask the landlord for new locks",
        due_on=local_day(now + 2 * WEEK),
    )
    partner = replace(
        first,
        whose=Whose.PARTNER,
        worker_id=None,
        owner_words="The council's housing team",
        words="Look at the front door",
        due_on=local_day(now + 4 * WEEK),
    )
    own = replace(
        partner,
        whose=Whose.PERSON,
        owner_words="",
        words="Keep a bag at my aunt's",
        due_on=local_day(now + 5 * WEEK),
    )
    for asked in (first, partner, own):
        actions.add_action(
            actor=worker, now=now, case_id=case_id, goal_id=goal_id, asked=asked
        )


def _beside(worker: Actor, case_id: UUID, *, now: datetime) -> None:
    """What stands beside the first plan: papers, appointments, warnings, family."""
    common: dict[str, Any] = {
        "with_person": True,
        "number": 0,
        "case_id": case_id,
        "actor": worker,
    }
    papers.write_paper(
        **common,
        now=now,
        paper=PaperKind.SAFETY,
        sections={"home": "Bolt the back door", "call": "999, then 55"},
        review_on=local_day(now + WEEK),
    )
    papers.write_paper(
        **common,
        now=now,
        paper=PaperKind.EXIT,
        sections={"turn_to": "My aunt, and the GP", "back": "If he writes again"},
        review_on=None,
    )
    _appointments(worker, case_id, now=now)
    _warnings(worker, case_id, now=now)
    _family(worker, case_id, now=now)


def _appointments(worker: Actor, case_id: UUID, *, now: datetime) -> None:
    for begins in (now - WEEK, now + timedelta(days=1)):
        appointments.add_appointment(
            actor=worker,
            now=begins - timedelta(days=3),
            case_id=case_id,
            asked=AppointmentAsked(
                worker_id=worker.user_id,
                with_words="",
                begins=begins,
                ends=begins + timedelta(hours=1),
                how=Meeting.OFFICE,
                place="",
                purpose="Talk through the plan",
                reminder="",
            ),
        )


def _warnings(worker: Actor, case_id: UUID, *, now: datetime) -> None:
    for since, kind, words in (
        (now, "visit", "A large dog: ring before you go in"),
        (now - 4 * WEEK, "approach", "Ask before you say the word “refuge”"),
    ):
        warnings.add_warning(
            actor=worker,
            now=since,
            case_id=case_id,
            kind=kind,
            words=words,
            until=local_day(since + 3 * WEEK),
        )


def _family(worker: Actor, case_id: UUID, *, now: datetime) -> None:
    plan_support.add_around(
        actor=worker,
        now=now,
        case_id=case_id,
        reference="",
        asked=RelationAsked(
            other_id=None,
            name="Grace Example",
            phone="0116 496 0000",
            kind="family",
            since=None,
            may_speak=True,
            may_be_told=True,
            never_told=False,
            reason="They told us so on the phone",
        ),
    )


def _approve(supervisor: Actor, case_id: UUID, *, now: datetime) -> None:
    case = casework.get_case(actor=supervisor, public_id=case_id)
    plan = find_plan(case_id=case.pk)
    if plan is not None and plan.state is PlanState.WAITING:
        approve_plan.decide_plan(
            actor=supervisor,
            now=now,
            case_id=case_id,
            version=plan.version,
            approve=True,
            words="",
        )


def _supervise(
    supervisor: Actor, worker: Actor, case_id: UUID, *, now: datetime
) -> None:
    supervising.add_supervision(
        actor=supervisor,
        now=now,
        case_id=case_id,
        words="A careful plan. The locks have waited too long.",
        found={},
        asks="Ring the landlord again",
        act_by=local_day(now + WEEK),
    )
    volunteers.mark_volunteer(
        actor=supervisor, now=now - 2 * WEEK, user_id=worker.user_id
    )
    volunteers.log_hours(
        actor=supervisor,
        now=now,
        user_id=worker.user_id,
        day=local_day(now),
        minutes=150,
        work="court",
        words="",
        case_id=case_id,
    )
