"""Who is around a person."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from alongside.care.people.types import RelationLine
from alongside.foundation.lib.request_id import current_request_id

COLUMNS = (
    *("relation_id", "back", "kind", "other_id", "name", "phone", "since"),
    *("may_speak", "may_be_told", "never_told", "reason", "made_at", "made_by"),
    *("ended_at", "ended_why"),
)


def open_relations(
    *,
    person_id: int,
    purpose: str,
    now: datetime,
    request_id: UUID | None = None,
) -> list[RelationLine]:
    """Everybody around a person, those who still are first; the look is on the trail.

    Nobody's name whom the actor may not see. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM people_open_relations(%s, %s, %s::uuid, %s)",
            [person_id, purpose, request_id or current_request_id(), now],
        )
        return [
            RelationLine(**dict(zip(COLUMNS, row, strict=True)))
            for row in cursor.fetchall()
        ]
