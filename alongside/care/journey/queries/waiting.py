"""Questions about messages that wait for the referral of their crime."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from alongside.care.journey.models import WaitingMessage
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound

# Who was written down here by hand with one of these numbers: what they told us.
GIVEN = """
    SELECT v.crime_ref, v.id, c.id, c.public_id, c.person_id, v.occurred_from
      FROM casework_victimisation v JOIN casework_case c ON c.id = v.case_id
     WHERE v.crime_ref = ANY (%s) AND v.force_code = '' AND v.live
       AND v.same_as_id IS NULL AND c.agency_id = %s
     ORDER BY v.id
"""


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """A message that waits for its referral, as the list shows it."""

    public_id: UUID
    crime_key: UUID
    crime_ref: str
    event: str
    occurred_at: datetime
    waits_since: datetime
    sender_name: str
    refused_why: str
    looked_at: datetime | None
    looked_by: str
    looked_words: str


@dataclass(frozen=True, kw_only=True)
class GivenBy:
    """A part in a crime that was written down by hand, with a number they gave.

    `occurred_from` is None where nobody said when it happened.
    """

    victimisation_id: int
    case_key: int
    case_id: UUID
    person_key: int
    occurred_from: datetime | None


def list_waiting(
    *,
    actor: Actor,
    start: int,
    limit: int,
    since_before: datetime | None = None,
    refused: bool = False,
) -> list[WaitingLine]:
    """Messages that wait, the oldest first, from the one after `start`. One statement.

    With `since_before` those that wait since before it and nobody has looked at; with
    `refused` those that could not be applied when their referral came.
    """
    rows = _rows(actor)
    if since_before is not None:
        rows = rows.filter(waits_since__lte=since_before, looked_at=None)
    if refused:
        rows = rows.exclude(refused_why="")
    return [_line(row) for row in rows[start : start + limit]]


def get_waiting(*, actor: Actor, message_id: UUID) -> WaitingLine:
    """One message that waits. One statement.

    Raises:
        NotFound: it does not wait here, or not any more.
    """
    row = _rows(actor).filter(public_id=message_id).first()
    if row is None:
        raise NotFound("That message does not wait here any more")
    return _line(row)


def find_given(*, actor: Actor, crime_refs: Sequence[str]) -> dict[str, list[GivenBy]]:
    """Who was written down by hand with one of these crime numbers, by the number as
    the message has it. One statement; only of cases the actor may see."""
    asked = {name: ref for ref in crime_refs for name in _written(ref)}
    found: dict[str, list[GivenBy]] = {ref: [] for ref in crime_refs}
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, [list(asked), actor.agency_id])
        for ref, *row in cursor.fetchall():
            found[asked[ref]].append(_given(row))
    return found


def _written(ref: str) -> set[str]:
    """A number as people write it."""
    bare = ref.replace(" ", "")
    return {ref, bare, ref.upper(), ref.lower(), bare.upper(), bare.lower()}


def _given(row: Sequence[Any]) -> GivenBy:
    return GivenBy(
        victimisation_id=row[0],
        case_key=row[1],
        case_id=row[2],
        person_key=row[3],
        occurred_from=row[4],
    )


def _rows(actor: Actor) -> QuerySet[WaitingMessage]:
    rows = WaitingMessage.objects.filter(agency_id=actor.agency_id)
    return rows.select_related("sender", "looked_by").order_by("waits_since", "pk")


def _line(row: WaitingMessage) -> WaitingLine:
    return WaitingLine(
        public_id=row.public_id,
        crime_key=row.crime_key,
        crime_ref=row.crime_ref,
        event=row.event,
        occurred_at=row.occurred_at,
        waits_since=row.waits_since,
        sender_name=row.sender.name,
        refused_why=row.refused_why,
        looked_at=row.looked_at,
        looked_by=row.looked_by.name if row.looked_by else "",
        looked_words=row.looked_words,
    )
