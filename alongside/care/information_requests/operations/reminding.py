"""Telling of days of answer that come near or are past. Run by the daily round."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from alongside.care.information_requests import rules
from alongside.care.information_requests.models import InformationRequest
from alongside.care.information_requests.operations.steps import record
from alongside.care.information_requests.permissions import own_days
from alongside.care.information_requests.types import RequestState
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.local import local_day

_COUNTS = (RequestState.OPEN, RequestState.PREPARED, RequestState.DECIDED)


@transaction.atomic
def remind(*, actor: Actor, now: datetime) -> int:
    """Tell of each day of answer once as it comes near and once past it; how many.

    Told are information governance and whoever prepares: who prepared the answer, or
    who wrote the request down. A day that was counted anew is told of anew. The actor
    is the service's receiver.
    """
    today = local_day(now)
    soon = Q(due_on__gte=today) & _untold("soon_told_of")
    late = Q(due_on__lt=today) & _untold("late_told_of")
    rows = InformationRequest.objects.select_for_update().filter(
        soon | late,
        agency_id=actor.agency_id,
        state__in=_COUNTS,
        due_on__lte=rules.remind_until(today, closed=own_days()),
    )
    due = list(rows.order_by("pk"))
    for row in due:
        _tell(row, actor=actor, now=now, is_late=row.due_on < today)
    return len(due)


def _untold(field: str) -> Q:
    return Q(**{field: None}) | ~Q(**{field: F("due_on")})


def _tell(
    row: InformationRequest, *, actor: Actor, now: datetime, is_late: bool
) -> None:
    field = "late_told_of" if is_late else "soon_told_of"
    setattr(row, field, row.due_on)
    row.save(update_fields=[field])
    day, is_due = f"{row.due_on:%-d %B %Y}", "was" if is_late else "is"
    prepares = row.prepared_by_id or row.opened_by_id
    for user_id, role in ((None, Role.INFORMATION_GOVERNANCE), (prepares, None)):
        send_notice(
            actor=actor,
            now=now,
            kind=NoticeKind.RIGHTS,
            words=f"An answer to a request for records {is_due} due on {day}",
            subject=Subject(kind="information_request", public_id=row.public_id),
            to_user_id=user_id,
            to_role=role,
        )
    record(
        row=row,
        actor=actor,
        now=now,
        action=AuditAction.INFORMATION_REQUEST_WORKED,
    )
