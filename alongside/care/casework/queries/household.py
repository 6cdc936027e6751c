"""People who may live with somebody: hints, never a reason to contact anybody."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alongside.care.linking.types import HouseholdSaid
from alongside.care.people.types import LikelyPerson
from alongside.foundation.lib.request_id import current_request_id

# As names in any list of a worker's: why is nothing that the other should read.
PURPOSE = "list of work"
HOUSEHOLD = "SELECT * FROM people_household(%s, %s, %s::uuid, %s)"


@dataclass(frozen=True, kw_only=True)
class HouseholdLine:
    """Somebody who may live with the person, and what was last said of it."""

    other: LikelyPerson
    why: str
    since: datetime
    said: HouseholdSaid | None
    said_by: str
    said_at: datetime | None


def list_household(*, person_id: int, now: datetime) -> list[HouseholdLine]:
    """Those whom the reader may see too; the dismissed last. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(HOUSEHOLD, [person_id, PURPOSE, current_request_id(), now])
        return [
            HouseholdLine(
                other=LikelyPerson(
                    public_id=row[0],
                    given_initial=row[1],
                    surname_initial=row[2],
                    birth_year=row[3],
                    outward=row[4] or "",
                ),
                why=row[5],
                since=row[6],
                said=HouseholdSaid(row[7]) if row[7] else None,
                said_by=row[8] or "",
                said_at=row[9],
            )
            for row in cursor.fetchall()
        ]
