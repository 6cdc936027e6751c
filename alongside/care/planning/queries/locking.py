"""One row of a case's plan, held until the end of the transaction."""

from typing import TYPE_CHECKING
from uuid import UUID

from alongside.care.planning.models import Action, Appointment, Goal, Plan, WarningNote
from alongside.care.planning.types import PlanState
from alongside.foundation.lib.errors import NotFound

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


def lock_plans(case: "Case") -> list[Plan]:
    """The plans of a case, the newest first."""
    rows = Plan.objects.filter(case=case).order_by("-pk")
    return list(rows.select_for_update(of=("self",)))


def lock_plan(case: "Case") -> Plan:
    """The plan of a case that is not closed, else its newest.

    Raises:
        NotFound: it has none.
    """
    found = lock_plans(case)
    if not found:
        raise NotFound("This case has no plan yet")
    return next((one for one in found if one.state != PlanState.CLOSED), found[0])


def lock_goal(case: "Case", goal_id: UUID) -> Goal:
    """A goal of the case.

    Raises:
        NotFound: there is none.
    """
    rows = Goal.objects.filter(case=case, public_id=goal_id)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound("We could not find that goal")
    return found


def lock_action(case: "Case", action_id: UUID) -> Action:
    """An action of the case.

    Raises:
        NotFound: there is none.
    """
    rows = Action.objects.filter(case=case, public_id=action_id)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound("We could not find that action")
    return found


def lock_appointment(case: "Case", appointment_id: UUID) -> Appointment:
    """An appointment of the case.

    Raises:
        NotFound: there is none.
    """
    rows = Appointment.objects.filter(case=case, public_id=appointment_id)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound("We could not find that appointment")
    return found


def lock_warning(case: "Case", warning_id: UUID) -> WarningNote:
    """A warning note about the person of the case.

    Raises:
        NotFound: there is none.
    """
    rows = WarningNote.objects.filter(person_id=case.person_id, public_id=warning_id)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound("We could not find that warning note")
    return found
