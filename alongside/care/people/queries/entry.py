"""What may be said, to somebody who adds a person, of people who are like them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from alongside.care.people.types import EntryHint, LikelyPerson
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.request_id import current_request_id
from alongside.walls.prepared import Prepared

HINT = Prepared("SELECT * FROM people_entry_hint(%s::bigint[], %s, %s, %s::uuid, %s)")
PURPOSE = "entry"


def read_entry_hint(
    *,
    actor: Actor,
    now: datetime,
    alike: Sequence[int],
    asked: str,
    request_id: UUID | None = None,
) -> EntryHint:
    """Which of the people who are alike the actor may be told of. One statement.

    The database decides, and puts one entry on the trail that names them all. `asked`
    says in words what kinds of detail were compared, never the details.

    Raises:
        NotAllowed: the actor adds nobody.
    """
    permissions.check_has(actor, Permission.PERSON_FIND)
    with connection.cursor() as cursor:
        cursor.execute(
            HINT,
            [list(alike), asked, PURPOSE, request_id or current_request_id(), now],
        )
        rows = cursor.fetchall()
    return EntryHint(
        people=tuple(
            LikelyPerson(
                public_id=row[0],
                given_initial=row[1],
                surname_initial=row[2],
                birth_year=row[3],
                outward=row[4] or "",
            )
            for row in rows
            if not row[5]
        ),
        ask=any(row[5] for row in rows),
    )
