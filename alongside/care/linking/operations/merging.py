"""Joining two people who turned out to be one, and parting them again.

The database does each as a whole (`walls/sql/functions/076_merging.sql`, `078`): it
asks who acts, moves everything, writes down what it moved, and writes the trail. A
refusal is an answer and not an error, so that its entry on the trail stays.
"""

import json
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.care.linking.types import (
    MergeOutcome,
    MergeRefusal,
    MergeWarning,
    PartOutcome,
)
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.tables import CLEARANCES
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.request_id import current_request_id
from alongside.walls.bits import COMPARTMENTS

MERGE = """
    SELECT * FROM linking_merge(%s, %s, %s, %s, %s::jsonb, %s::jsonb, %s::uuid, %s)
"""
UNMERGE = "SELECT * FROM linking_unmerge(%s, %s, %s, %s, %s, %s::uuid, %s)"


@transaction.atomic
def merge_people(
    *,
    actor: Actor,
    now: datetime,
    kept: UUID,
    gone: UUID,
    reason: str,
    only_try: bool = False,
) -> MergeOutcome:
    """Join `gone` into `kept`, or say why not. With `only_try` nothing is done.

    Raises:
        NotAllowed: the actor's role may not.
    """
    permissions.check_has(actor, Permission.PERSON_MERGE)
    passes = {role.value: row.mask for role, row in CLEARANCES.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            MERGE,
            [
                *(kept, gone, reason, only_try, json.dumps(passes)),
                *(json.dumps(COMPARTMENTS), current_request_id(), now),
            ],
        )
        refusal, merge_id, moves, warnings, closed = cursor.fetchone()
    return MergeOutcome(
        refusal=MergeRefusal(refusal) if refusal else None,
        merge_id=merge_id,
        moves=json.loads(moves) if moves else {},
        warnings=tuple(MergeWarning(code) for code in warnings or ()),
        closed=closed,
    )


@transaction.atomic
def unmerge_people(
    *,
    actor: Actor,
    now: datetime,
    merge_id: UUID,
    reason: str,
    leave_changed: bool,
    never_again: bool,
    only_try: bool = False,
) -> PartOutcome:
    """Part two people who were joined, or say why not. With `only_try` nothing is done.

    Where something was changed since, nothing is done either unless `leave_changed`.

    Raises:
        NotAllowed: the actor's role may not.
    """
    permissions.check_has(actor, Permission.PERSON_MERGE)
    with connection.cursor() as cursor:
        cursor.execute(
            UNMERGE,
            [
                *(merge_id, reason, leave_changed, never_again, only_try),
                *(current_request_id(), now),
            ],
        )
        refusal, kept, gone, moves, asks = cursor.fetchone()
    return PartOutcome(
        refusal=MergeRefusal(refusal) if refusal else None,
        kept=kept,
        gone=gone,
        moves=json.loads(moves) if moves else {},
        asks=tuple(dict.fromkeys(asks or ())),
    )
