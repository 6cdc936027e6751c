"""Writing down what happened. The trail can be added to and nothing else.

The entries live in a schema of their own that this service's database role can
neither read nor change; who acts is taken from the signed context, never from
the caller, so that no code path can write in somebody else's name.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.beside import BESIDE, run_beside
from alongside.foundation.lib.bulk import run_in_order
from alongside.foundation.lib.request_id import current_request_id
from alongside.walls.context import Acting, acting_as
from alongside.walls.prepared import Prepared

RECORD = Prepared("SELECT audit.record(%s, %s, %s::uuid, %s::uuid[], %s, %s::uuid, %s)")
RECORD_MANY = Prepared("SELECT audit.record_many(%s, %s, %s::uuid[], %s, %s::uuid, %s)")
log = logging.getLogger(__name__)


def record_event(
    *,
    actor: object,
    now: datetime,
    action: AuditAction,
    subject: Subject,
    purpose: str = "",
    request_id: UUID | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """Write one entry in the caller's transaction, on the caller's connection.

    `actor` is named so that every caller says who acts; the entry's user and
    agency come from the signed context of the transaction. Set-up work has none.
    """
    with connections[using].cursor() as cursor:
        number = request_id or current_request_id()
        values = [action.value, *_about(subject), purpose, number, now]
        cursor.execute(RECORD, values)


def record_events(
    *,
    actor: object,
    now: datetime,
    action: AuditAction,
    kind: str,
    subject_ids: Sequence[UUID],
    purpose: str = "",
) -> None:
    """Write one entry for each subject, in one statement."""
    run_in_order(
        RECORD_MANY,
        [action.value, kind, list(subject_ids), purpose, current_request_id(), now],
    )


def record_refusal(
    *,
    actor: Acting | None,
    now: datetime,
    action: AuditAction,
    subject: Subject,
    purpose: str = "",
    request_id: UUID | None = None,
) -> None:
    """Write down that something was refused, so that it stays whatever is undone.

    A refused request is rolled back with all its own entries; this one is committed
    at once, on a connection beside it. `actor` is None where nobody is known to act.
    Who asked is refused either way: a database that cannot write goes to the log.
    """
    number = request_id or current_request_id()
    values = [action.value, *_about(subject), purpose, number, now]
    # A context that the database no longer believes must not hide that it was used.
    for who in (actor, None) if actor else (None,):
        try:
            _write_beside(who, values)
        except DatabaseError as error:
            log.error("A refusal is not on the trail: %s", type(error).__name__)
        else:
            return


def _about(subject: Subject) -> tuple[Any, ...]:
    return subject.kind, subject.public_id, list(subject.person_ids)


def _write_beside(actor: Acting | None, values: Sequence[Any]) -> None:
    with acting_as(actor, using=BESIDE):
        run_beside(RECORD, values)
