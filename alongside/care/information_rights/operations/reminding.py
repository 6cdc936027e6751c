"""Reminding information governance of what is due. Run by the daily round."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from alongside.care.information_rights.models import LegalHold, RightsRequest
from alongside.care.information_rights.tables import limit
from alongside.care.information_rights.types import LimitCode
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import Subject
from alongside.foundation.lib.local import local_day

_AGAIN = timedelta(days=7)


@transaction.atomic
def remind_of_requests(*, actor: Actor, now: datetime) -> int:
    """Remind owners of requests that are nearly due or late; how many.

    Once before the day, then once a week while it is late.
    """
    today = local_day(now)
    soon = today + timedelta(days=limit(LimitCode.NOTICE_DAYS))
    again = Q(reminded_on=None) | Q(reminded_on__lte=today - _AGAIN)
    rows = RightsRequest.objects.filter(again, ended_at=None, due_on__lte=soon)
    due = list(rows.select_for_update())
    for row in due:
        late = row.due_on < today
        words = f"An answer {'was' if late else 'is'} due on {row.due_on:%-d %B %Y}"
        send_notice(
            actor=actor,
            now=now,
            kind=NoticeKind.RIGHTS,
            words=words,
            subject=Subject(kind="rights_request", public_id=row.public_id),
            agency_id=row.agency_id,
            to_user_id=row.owner_id,
        )
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
    return len(due)


@transaction.atomic
def remind_of_holds(*, actor: Actor, now: datetime) -> int:
    """Remind information governance of legal holds to be looked at again; how many."""
    today = local_day(now)
    soon = today + timedelta(days=limit(LimitCode.HOLD_NOTICE_DAYS))
    again = Q(reminded_on=None) | Q(reminded_on__lte=today - _AGAIN)
    rows = LegalHold.objects.filter(again, lifted_at=None, review_on__lte=soon)
    due = list(rows.select_for_update())
    for row in due:
        send_notice(
            actor=actor,
            now=now,
            kind=NoticeKind.RETENTION,
            words=f"A legal hold is to be looked at by {row.review_on:%-d %B %Y}",
            subject=Subject(kind="legal_hold", public_id=row.public_id),
            agency_id=row.agency_id,
            to_role=Role.INFORMATION_GOVERNANCE,
        )
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
    return len(due)
