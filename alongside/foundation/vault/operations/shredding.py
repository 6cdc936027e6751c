"""Destroying a person's key, so that it stays destroyed whatever is restored.

The line in the journal is on the disk before the transaction commits: a machine that
stops in between has a key too many, never one that comes back unnoticed.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, connections, transaction

from alongside.foundation.accounts.types import Actor
from alongside.foundation.gateways.shred_journal import ShredJournal, ShredLine
from alongside.foundation.vault.types import Shredded


@transaction.atomic
def shred_person(
    *,
    actor: Actor,
    now: datetime,
    journal: ShredJournal,
    person_id: UUID,
    purpose: str,
    request_id: UUID | None = None,
) -> Shredded:
    """Destroy the person's key: nobody can open their protected details again.

    Not even from a backup, once the journal has been replayed after its restore. The
    database lets only information governance, and retention as the feed receiver of
    the service, do this; the caller checks its own permission.

    Raises:
        DatabaseError: the actor's membership may not.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, details FROM vault_shred(%s, %s, %s::uuid, %s)",
            [person_id, purpose, request_id, now],
        )
        gone = cursor.fetchall()
    journal.append(ShredLine(at=now, person=person_id, key=key) for key, _ in gone)
    return Shredded(keys=len(gone), details=sum(details for _, details in gone))


@transaction.atomic(using="owner")
def shred_again(*, actor: str, now: datetime, lines: Iterable[ShredLine]) -> int:
    """Destroy again what a restored backup brought back; how many keys that were.

    Set-up work, done at the command line as the database's owner. Only the very keys
    of the journal go: a person who came back later keeps their newer one.
    """
    keys = [line.key for line in lines]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "DELETE FROM vault_blindtoken t USING vault_sealedvalue v"
            " WHERE t.value_id = v.id AND v.key = ANY (%s)",
            [keys],
        )
        cursor.execute(
            "UPDATE vault_sealedvalue SET ended_at = %s"
            " WHERE key = ANY (%s) AND ended_at IS NULL",
            [now, keys],
        )
        cursor.execute("DELETE FROM vault_personkey WHERE public_id = ANY (%s)", [keys])
        return int(cursor.rowcount)
