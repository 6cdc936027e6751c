"""Opening a case in an emergency, closing it again, and reviewing that it was opened.

The database does each as a whole: it checks, opens, writes the trail and tells who must
know. A refusal is an answer and not an error, so that its entry on the trail stays.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.care.guarding.types import Finding, Outcome, Refusal
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.request_id import current_request_id


@transaction.atomic
def open_in_emergency(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    born: date | None,
    category: str,
    reason: str,
) -> Outcome:
    """Open a case by its reference, or a crime's, typed in full; or say why not.

    Unknown, ambiguous and barred are one refusal.

    Raises:
        NotAllowed: the actor's role may not.
    """
    permissions.check_has(actor, Permission.EMERGENCY_OPEN)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM casework_break_glass(%s, %s, %s, %s, %s::uuid, %s)",
            [reference, born, category, reason, current_request_id(), now],
        )
        refusal, access_id, case_id = cursor.fetchone()
    return Outcome(
        refusal=Refusal(refusal) if refusal else None,
        access_id=access_id,
        case_id=case_id,
    )


@transaction.atomic
def close_emergency(*, actor: Actor, now: datetime, access_id: UUID) -> bool:
    """Close one's own emergency access now; false where it is closed already.

    Raises:
        NotAllowed: the actor's role may not.
    """
    permissions.check_has(actor, Permission.EMERGENCY_OPEN)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_close_emergency(%s, %s::uuid, %s)",
            [access_id, current_request_id(), now],
        )
        return bool(cursor.fetchone()[0])


@transaction.atomic
def review_emergency(
    *, actor: Actor, now: datetime, access_id: UUID, finding: Finding, words: str
) -> Refusal | None:
    """Say what one makes of an emergency access; why not, where it is refused.

    Nobody reviews their own, nor that of somebody who has reviewed theirs.

    Raises:
        NotAllowed: the actor's role may not.
    """
    permissions.check_has(actor, Permission.EMERGENCY_REVIEW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_review_emergency(%s, %s, %s, %s::uuid, %s)",
            [access_id, finding.value, words, current_request_id(), now],
        )
        refusal = cursor.fetchone()[0]
    return Refusal(refusal) if refusal else None


@transaction.atomic
def chase_reviews(*, actor: Actor, now: datetime, before: datetime) -> int:
    """Remind information governance of what was opened before a moment and nobody
    has reviewed; how many there are that were not chased in the last day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guarding_chase(%s, %s)", [before, now])
        return int(cursor.fetchone()[0])
