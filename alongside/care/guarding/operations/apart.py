"""Keeping apart two people we support on the two sides of one crime."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.care.guarding.operations.conflicts import ReasonNeeded
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.request_id import current_request_id


@transaction.atomic
def note_suspect(
    *, actor: Actor, now: datetime, case_id: UUID, reference: str, reason: str
) -> None:
    """Note that the suspect in somebody's case is supported by us too.

    From then on nobody works with both, and they are never taken for one person. The
    reference is the short form of the other case's, or a crime's. Nobody is told
    whether anything was found.

    Raises:
        NotAllowed: the actor may not, or may not see what happened in the case.
        ReasonNeeded: no reason was given.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    if not reason.strip():
        raise ReasonNeeded
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_note_suspect(%s, %s, %s, %s::uuid, %s)",
            [case_id, reference, reason, current_request_id(), now],
        )


@transaction.atomic
def lift_apart(*, actor: Actor, now: datetime, pair_id: UUID, reason: str) -> None:
    """Let anybody work with both again, saying why. That they are two stays.

    Raises:
        NotAllowed, NotFound: the actor may not, or may know of no such pair.
        ReasonNeeded: no reason was given.
    """
    permissions.check_has(actor, Permission.CONFLICT_GOVERN)
    if not reason.strip():
        raise ReasonNeeded
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_lift_apart(%s, %s, %s::uuid, %s)",
            [pair_id, reason, current_request_id(), now],
        )
        if not cursor.fetchone()[0]:
            raise NotFound("We could not find that pair, or it was lifted already")


def match_suspects(*, actor: Actor, now: datetime) -> int:
    """Keep apart whom a force names as suspect and sends as victim; how many are new.

    For a round, which acts as whoever receives for the service. Safe to repeat.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT casework_match_suspects(%s)", [now])
        return int(cursor.fetchone()[0])
