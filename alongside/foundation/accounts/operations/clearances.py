"""Letting somebody past a wall inside their agency, by name, and ending it."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.walls.bits import COMPARTMENTS


class ClearanceReasonNeeded(DomainError):
    user_message = "Say why they need to be cleared"


class EndNeeded(DomainError):
    user_message = "Choose a last day that is still to come"


@transaction.atomic
def give_clearance(
    *,
    actor: Actor,
    now: datetime,
    user_id: UUID,
    compartment: str,
    reason: str,
    until: datetime,
) -> None:
    """Clear a colleague for a wall until a moment. The database refuses oneself.

    Raises:
        NotAllowed: the actor may not, or it is themselves.
        ClearanceReasonNeeded, EndNeeded: something needed is missing.
    """
    permissions.check_has(actor, Permission.CLEARANCE_MANAGE)
    if compartment not in COMPARTMENTS:
        raise NotFound("We could not find that wall")
    if not reason.strip():
        raise ClearanceReasonNeeded
    if until <= now:
        raise EndNeeded
    if _is_self(actor, user_id):
        raise NotAllowed("Nobody clears themselves: ask another governance officer")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT accounts_give_clearance(%s, %s, %s, %s, %s)",
            [user_id, compartment, reason, until, now],
        )


@transaction.atomic
def end_clearance(*, actor: Actor, now: datetime, clearance_id: UUID) -> None:
    """End a clearance now. The caller gives back the cases it had let them hold.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none that still stands.
    """
    permissions.check_has(actor, Permission.CLEARANCE_MANAGE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_end_clearance(%s, %s)", [clearance_id, now])
        if not cursor.fetchone()[0]:
            raise NotFound("We could not find that clearance, or it has ended")


def _is_self(actor: Actor, user_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public_id FROM accounts_user WHERE id = %s", [actor.user_id]
        )
        return bool(cursor.fetchone()[0] == user_id)
