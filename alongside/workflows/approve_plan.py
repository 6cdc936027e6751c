"""A plan on its way from the person's yes to a supervisor's, and who is told."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.planning.operations import approving, plans
from alongside.care.planning.queries.plans import find_plan
from alongside.care.planning.types import AgreedHow
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import Subject
from alongside.foundation.organisations import queries as organisations

WAITS = "A support plan waits for a supervisor's approval"
APPROVED = "The support plan was approved"
CAME_BACK = "The support plan came back to be changed. The plan says what to change"


@transaction.atomic
def agree_plan(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    on: date,
    how: AgreedHow,
    spoke_for: str,
) -> bool:
    """Note that the person agreed; whether the plan now waits for a supervisor.

    Where it does, the supervisors of the agency are told.

    Raises:
        As `planning.operations.plans.agree_plan`.
    """
    plan = plans.agree_plan(
        actor=actor,
        now=now,
        case_id=case_id,
        version=version,
        area=organisations.get_area_code(area_id=actor.area_id),
        on=on,
        how=how,
        spoke_for=spoke_for,
    )
    if plan.asked_at is None:
        return False
    _tell(actor, now, case_id, WAITS, to_role=Role.SUPERVISOR)
    return True


@transaction.atomic
def decide_plan(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    approve: bool,
    words: str,
) -> None:
    """Approve a plan that waits, or send it back with what to change.

    Whoever asked for the approval is told, and whoever holds the case.

    Raises:
        As `planning.operations.approving`.
    """
    case = casework.get_case(actor=actor, public_id=case_id)
    plan = find_plan(case_id=case.pk)
    told = {case.worker_id, plan.asked_by_id if plan else None}
    if approve:
        approving.approve_plan(actor=actor, now=now, case_id=case_id, version=version)
    else:
        approving.return_plan(
            actor=actor, now=now, case_id=case_id, version=version, words=words
        )
    for user_id in told - {None, actor.user_id}:
        said = APPROVED if approve else CAME_BACK
        _tell(actor, now, case_id, said, to_user_id=user_id)


def _tell(
    actor: Actor,
    now: datetime,
    case_id: UUID,
    words: str,
    *,
    to_user_id: int | None = None,
    to_role: Role | None = None,
) -> None:
    send_notice(
        actor=actor,
        now=now,
        kind=NoticeKind.PLAN,
        words=words,
        subject=Subject(kind="case", public_id=case_id),
        to_user_id=to_user_id,
        to_role=to_role,
    )
