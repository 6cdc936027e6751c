"""What a delivery needs to know of cases already there. One statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from alongside.care.casework.types import Tier
from alongside.walls.prepared import Prepared

MATTERS = """
    SELECT v.referral_id, v.id, v.record_id, r.person_id, v.case_id, v.same_as_id,
           v.record_type
      FROM casework_victimisation v
      JOIN people_personrecord r ON r.id = v.record_id
     WHERE v.referral_id = ANY (%s::bigint[])
"""
OPEN_CASES = Prepared("""
    SELECT c.person_id, c.id, c.tier, c.high_risk, c.next_action, c.next_action_on,
           c.compartments, c.public_id
      FROM casework_case c
     WHERE c.person_id = ANY (%s::bigint[]) AND c.status <> 'closed'
       AND c.area_id = (SELECT ctx.claim(4))
""")
ENHANCED = """
    SELECT c.id FROM casework_case c
     WHERE c.id = ANY (%s::bigint[]) AND c.tier = 'enhanced'
"""
SAME_PART = """
    SELECT DISTINCT ON (r.person_id, v.crime_key) r.person_id, v.crime_key, v.id
      FROM casework_victimisation v
      JOIN people_personrecord r ON r.id = v.record_id
     WHERE v.crime_key = ANY (%s::uuid[]) AND v.same_as_id IS NULL
     ORDER BY r.person_id, v.crime_key, v.id
"""
LIVE_CRIMES = """
    SELECT r.person_id, v.offence_code, v.reported_at, v.crime_key
      FROM casework_victimisation v
      JOIN people_personrecord r ON r.id = v.record_id
      JOIN intake_referral f ON f.id = v.referral_id
     WHERE r.person_id = ANY (%s::bigint[]) AND v.live AND v.record_type = 'crime'
       AND f.state = 'live' AND v.reported_at BETWEEN %s AND %s
"""


@dataclass(frozen=True, slots=True)
class KnownMatter:
    """A victimisation that a referral already has, as it was written before."""

    victimisation_id: int
    record_id: int
    person_id: int
    case_id: int | None
    same_as_id: int | None
    record_type: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case that something may join."""

    case_id: int
    tier: Tier
    high_risk: bool
    next_action: str
    next_action_on: date | None
    compartments: int
    public_id: UUID


@dataclass(frozen=True, slots=True)
class LiveCrime:
    """A crime that is being worked, as the test for duplicates needs it."""

    person_id: int
    offence_code: str
    reported_at: datetime
    crime_key: UUID


def find_matters(*, referral_ids: Sequence[int]) -> dict[int, KnownMatter]:
    """The victimisation of each referral that has one."""
    if not referral_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(MATTERS, [list(referral_ids)])
        return {row[0]: KnownMatter(*row[1:]) for row in cursor.fetchall()}


def find_open_cases(*, person_ids: Sequence[int]) -> dict[int, OpenCase]:
    """The open case of each person that has one."""
    if not person_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OPEN_CASES, [list(person_ids)])
        return {
            row[0]: OpenCase(row[1], Tier(row[2]), *row[3:])
            for row in cursor.fetchall()
        }


def find_enhanced(*, case_ids: Sequence[int]) -> frozenset[int]:
    """Which of these cases, open or closed, are owed enhanced support."""
    if not case_ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(ENHANCED, [list(case_ids)])
        return frozenset(row[0] for row in cursor.fetchall())


def find_same_part(*, crime_keys: Sequence[UUID]) -> dict[tuple[int, UUID], int]:
    """(person, crime) -> the victimisation that stands for their part in it."""
    if not crime_keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SAME_PART, [list(crime_keys)])
        return {(row[0], row[1]): row[2] for row in cursor.fetchall()}


def find_live_crimes(
    *, person_ids: Sequence[int], earliest: datetime, latest: datetime
) -> list[LiveCrime]:
    """Crimes being worked of these people, reported between two times."""
    if not person_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LIVE_CRIMES, [list(person_ids), earliest, latest])
        return [LiveCrime(*row) for row in cursor.fetchall()]
