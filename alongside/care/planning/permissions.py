"""The checks that operations of planning share."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.casework.types import CaseStatus
from alongside.care.planning import rules
from alongside.care.planning.queries.locking import lock_plan
from alongside.care.planning.types import PlanState
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    from alongside.care.casework.models import Case
    from alongside.care.planning.models import Plan


class PlanningChanged(DomainError):
    user_message = (
        "Somebody else has changed this since you opened the page. What it says now is"
        " shown below. Look at it, then save again if your change still makes sense"
    )


class CannotPlan(DomainError):
    """How things stand does not allow it. The text says what to do."""


class PlanWordsNeeded(DomainError):
    user_message = "Write something first"


class PlanDayNeeded(DomainError):
    user_message = "Choose a day that is not in the past"


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int


def begin(*, actor: Actor, permission: Permission, case_id: UUID) -> "Case":
    """The case, locked, where the actor may plan in it.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CannotPlan: it is closed.
    """
    permissions.check_has(actor, permission)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    # Those with whom a case is shared read its plan; they do not change it.
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    if case.status == CaseStatus.CLOSED:
        raise CannotPlan("This case is closed. Reopen it first")
    return case


def begin_plan(
    *,
    actor: Actor,
    case_id: UUID,
    version: int,
    permission: Permission = Permission.CASE_WORK,
) -> "tuple[Case, Plan]":
    """An open case and its plan, both locked, for an operation that changes the plan.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        CannotPlan: the case is closed.
        PlanningChanged: the plan is not at that version any more.
    """
    case = begin(actor=actor, permission=permission, case_id=case_id)
    plan = lock_plan(case)
    check_version(plan, version)
    return case, plan


def check_move(plan: "Plan", to: PlanState) -> None:
    """Refuse to bring a plan into a state that it cannot go to from where it is."""
    if not rules.can_move(PlanState(plan.state), to):
        raise CannotPlan("The plan has moved on. Look at how it stands now")


def check_version(row: Versioned, version: int) -> None:
    """Refuse to save over what somebody else saved meanwhile."""
    if row.version != version:
        raise PlanningChanged


def check_words(words: str) -> str:
    """The words without spaces around them; refuse none."""
    if not words.strip():
        raise PlanWordsNeeded
    return words.strip()


def check_day(day: date, *, now: datetime) -> None:
    """Refuse a day that is past."""
    if day < local_day(now):
        raise PlanDayNeeded
