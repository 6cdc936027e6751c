"""Finding people by what somebody says of them. Answers with masked labels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.people.types import FoundPeople, MaskedPerson, SearchTerms
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.request_id import current_request_id

SEARCH = """
    SELECT * FROM people_search(%s, %s, %s::text[], %s::uuid[], %s, %s::text[], %s,
                                %s, %s, %s, %s, %s, %s::uuid, %s)
"""
# More than these are never shown: whoever sees so many adds to what they asked.
MOST_FOUND = 50
PURPOSE = "search"


def search_people(
    *,
    actor: Actor,
    now: datetime,
    terms: SearchTerms,
    sealed: Sequence[UUID] = (),
    wider: bool = False,
    start: int = 0,
    size: int = MOST_FOUND,
    request_id: UUID | None = None,
) -> FoundPeople:
    """People the actor may see who fit every term. One statement, one entry.

    The entry says what kinds of term were given and who was shown, never the terms.
    Somebody the actor may not see is not found, as if there were no such person.
    `wider` asks for names a slip or two away beside those that fit, which are thought
    of anyhow where nobody fits. `sealed` are people whose protected phone or e-mail
    address is among the terms.

    Raises:
        NotAllowed: the actor does not look for people.
    """
    permissions.check_has(actor, Permission.PERSON_FIND)
    if terms.is_empty:
        return FoundPeople(people=(), count=0, most=MOST_FOUND)
    values = [
        *(terms.names or None, terms.born, list(terms.points) or None, list(sealed)),
        *(terms.postcode or None, list(terms.crime_refs) or None),
        *(terms.reference or None, wider, MOST_FOUND, start, size, PURPOSE),
        *(request_id or current_request_id(), now),
    ]
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, values)
        rows = cursor.fetchall()
    return FoundPeople(
        people=tuple(_masked(row) for row in rows),
        count=rows[0][8] if rows else 0,
        most=MOST_FOUND,
    )


def _masked(row: Sequence[Any]) -> MaskedPerson:
    return MaskedPerson(
        public_id=row[0],
        given_initial=row[1],
        surname_initial=row[2],
        birth_year=row[3],
        outward=row[4] or "",
        standing=row[5] or "",
        tier=row[6] or "",
        alike=row[7],
    )
