"""Who has looked at a person, when and why. Reading it is on the trail too."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from alongside.care.people.tables import LOOKING
from alongside.care.people.types import Look, TrailFilter, TrailPage, UnusualLook
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.request_id import current_request_id

SEEN = """
    SELECT * FROM people_who_has_seen(%s, %s, %s, %s::uuid, %s::text[], %s, %s,
                                      %s::uuid, %s)
"""
OPEN = "SELECT people_open_trails(%s::uuid[])"
UNUSUAL = "SELECT * FROM people_unusual_looking(%s, %s, %s, %s, %s::uuid, %s)"


def list_looks(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID,
    chosen: TrailFilter,
    limit: int,
    purpose: str,
) -> TrailPage:
    """Looks at a person, newest first; those of one moment are never parted.

    One statement. The database asks who the reader is: information governance of an
    agency with a case of the person, or the supervisor of the team that holds it.

    Raises:
        NotAllowed: the actor's role reads no trail.
        NotFound: the actor may not read that of this person (the try is on the trail).
    """
    permissions.check_has(actor, Permission.TRAIL_VIEW)
    values = [
        *(person_id, chosen.before, limit, chosen.looker, list(chosen.actions) or None),
        *(chosen.since, purpose, current_request_id(), now),
    ]
    with connection.cursor() as cursor:
        cursor.execute(SEEN, values)
        (row,) = cursor.fetchall()
    if not row[0]:
        raise NotFound("We could not find that person")
    looks = json.loads(row[1]) if row[1] else []
    lookers = json.loads(row[2]) if row[2] else []
    return TrailPage(
        looks=tuple(
            Look(
                entry_id=one["id"],
                at=datetime.fromisoformat(one["at"]),
                looker=UUID(one["looker"]) if one["looker"] else None,
                name=one["name"] or "",
                roles=tuple((one["roles"] or "").split(",")) if one["roles"] else (),
                agency=one["agency"] or "",
                action=one["action"],
                what=one["subject_kind"],
                purpose=one["purpose"],
                request_id=UUID(one["request_id"]) if one["request_id"] else None,
            )
            for one in looks
        ),
        lookers=tuple((UUID(one["looker"]), one["name"]) for one in lookers),
    )


def list_open_trails(*, actor: Actor, person_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of these people whose looks the actor may read. One statement, or none.

    `list_looks` opens for them and for nobody else; nothing is written.
    """
    if not person_ids or not actor.has(Permission.TRAIL_VIEW):
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [list(person_ids)])
        return frozenset(person_id for (person_id,) in cursor.fetchall())


def list_unusual_looking(
    *, actor: Actor, now: datetime, purpose: str
) -> list[UnusualLook]:
    """Looking of the last days that somebody should ask about. One statement.

    Raises:
        NotAllowed: the actor does not watch the trail.
    """
    permissions.check_has(actor, Permission.TRAIL_WATCH)
    since = now - timedelta(days=LOOKING["days"].number)
    values = [
        *(since, LOOKING["many_lookers"].number, LOOKING["many_people"].number),
        *(purpose, current_request_id(), now),
    ]
    with connection.cursor() as cursor:
        cursor.execute(UNUSUAL, values)
        return [
            UnusualLook(kind=kind, person=person, looker=looker, times=times, last=last)
            for kind, person, looker, times, last in cursor.fetchall()
        ]
