"""What may become of a plan, a warning and an appointment. Plain Python."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from alongside.care.planning.types import (
    ApprovalRule,
    Attendance,
    PlanState,
    Weight,
)

# From a state to those it may move to. A plan that changes is a draft again: what was
# agreed is not what it says any more.
PLAN_MOVES: Mapping[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.WAITING, PlanState.AGREED, PlanState.CLOSED}),
    PlanState.WAITING: frozenset({PlanState.DRAFT, PlanState.AGREED, PlanState.CLOSED}),
    PlanState.AGREED: frozenset({PlanState.DRAFT, PlanState.CLOSED}),
    PlanState.CLOSED: frozenset({PlanState.DRAFT}),
}


def can_move(now: PlanState, then: PlanState) -> bool:
    """Whether a plan may go from one state to another."""
    return then in PLAN_MOVES[now]


def needs_approval(
    *,
    area: str,
    tier: str,
    high_risk: bool,
    rows: Sequence[ApprovalRule],
    on: date,
) -> bool:
    """Whether a supervisor approves such a plan: by the area's own row, else by all's.

    Where no row holds on the day, one is asked for: never less than was meant.
    """
    fitting = [
        row
        for row in rows
        if (row.tier, row.high_risk) == (tier, high_risk) and row.holds_on(on)
    ]
    own = [row for row in fitting if row.area == area and area]
    general = [row for row in fitting if not row.area]
    chosen = (own or general)[:1]
    return chosen[0].needed if chosen else True


def may_approve(
    *, approver: int, asked_by: int, opened_by: int, worker: int | None
) -> bool:
    """Whether somebody may approve a plan: never their own, asked for or worked."""
    return approver not in {asked_by, opened_by, worker}


def after_agreement(*, approval_needed: bool) -> PlanState:
    """How a plan stands once the person has agreed to it."""
    return PlanState.WAITING if approval_needed else PlanState.AGREED


def points(
    cases: Mapping[tuple[str, bool], int], weights: Mapping[tuple[str, bool], Weight]
) -> int:
    """Points of work of so many open cases by tier and high risk."""
    return sum(weights[kind].points * number for kind, number in cases.items())


def last_day(*, since: date, most_days: int) -> date:
    """The latest day on which a warning note may end."""
    return since + timedelta(days=most_days)


def ending_allowed(state: Attendance, *, begins: datetime, now: datetime) -> bool:
    """Whether an appointment may have ended so: nobody attended or missed what has not
    begun."""
    return state is Attendance.CANCELLED or begins <= now
