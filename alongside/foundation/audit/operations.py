"""Writing down what happened. The trail can be added to and nothing else.

The entries live in a schema of their own that this service's database role can
neither read nor change; who acts is taken from the signed context, never from
the caller, so that no code path can write in somebody else's name.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import run_in_order


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
        cursor.execute(
            "SELECT audit.record(%s, %s, %s::uuid, %s::uuid[], %s, %s::uuid, %s)",
            [
                action.value,
                subject.kind,
                subject.public_id,
                list(subject.person_ids),
                purpose,
                request_id,
                now,
            ],
        )


def record_events(
    *,
    actor: object,
    now: datetime,
    action: AuditAction,
    kind: str,
    subject_ids: Sequence[UUID],
) -> None:
    """Write one entry for each subject, in one statement."""
    run_in_order(
        "SELECT audit.record_many(%s, %s, %s::uuid[], %s)",
        [action.value, kind, list(subject_ids), now],
    )
