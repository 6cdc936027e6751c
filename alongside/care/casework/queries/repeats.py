"""How often somebody, their address and those around them were hit, of late."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from alongside.care.casework.tables import REPEATS
from alongside.care.casework.types import KnownCrime, Repeat, RepeatScope
from alongside.foundation.lib.local import local_day
from alongside.walls.prepared import Prepared

COUNTED = (
    *(RepeatScope.PERSON, RepeatScope.ADDRESS, RepeatScope.HOUSEHOLD),
    RepeatScope.SUSPECT,
)
COUNT = "SELECT * FROM casework_repeats(%s::bigint[], %s, %s, %s, %s)"
CRIMES = Prepared("""
    SELECT r.person_id, v.crime_key, v.reported_at, v.force_code, v.suspect_ref
      FROM casework_victimisation v
      JOIN people_personrecord r ON r.id = v.record_id
     WHERE r.person_id = ANY (%s::bigint[]) AND v.live AND v.same_as_id IS NULL
""")

NEWEST = """
    SELECT DISTINCT ON (v.case_id) v.case_id, v.id,
           coalesce(r.received_at, v.reported_at), v.offence_title, v.record_type
      FROM casework_victimisation v LEFT JOIN intake_referral r ON r.id = v.referral_id
     WHERE v.case_id = ANY (%s::bigint[]) AND v.live AND v.same_as_id IS NULL
     ORDER BY v.case_id, coalesce(r.received_at, v.reported_at) DESC, v.id DESC
"""


def find_newest_crimes(
    *, case_ids: Sequence[int]
) -> dict[int, tuple[int, datetime, str]]:
    """The crime of each case that we heard of last: its key, when, and what it was.
    One statement."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [list(case_ids)])
        return {
            row[0]: (row[1], row[2], row[3] or row[4].capitalize())
            for row in cursor.fetchall()
        }


def count_repeats(
    *, person_ids: Sequence[int], now: datetime
) -> dict[int, tuple[Repeat, ...]]:
    """What is to be said of each person: most often nothing, which is no entry.

    Counts only crimes whose case the actor may see, so that nobody learns from a count
    of what is kept from them. One statement.
    """
    if not person_ids:
        return {}
    since = [now - timedelta(days=REPEATS[scope].days) for scope in COUNTED]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [list(person_ids), *since])
        rows = cursor.fetchall()
    found = {row[0]: _said(dict(zip(COUNTED, row[1:], strict=True))) for row in rows}
    return {person: said for person, said in found.items() if said}


def find_crimes_of(*, person_ids: Sequence[int]) -> dict[int, dict[UUID, date]]:
    """Each person's live crimes that the actor may see, with the day of the report."""
    return {
        person: {crime: one.on for crime, one in crimes.items()}
        for person, crimes in find_known_crimes(person_ids=person_ids).items()
    }


def find_known_crimes(
    *, person_ids: Sequence[int]
) -> dict[int, dict[UUID, KnownCrime]]:
    """The same with whom the force suspects. One statement, or none."""
    if not person_ids:
        return {}
    found: dict[int, dict[UUID, KnownCrime]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(CRIMES, [list(person_ids)])
        for person, crime, reported_at, force, ref in cursor.fetchall():
            found[person][crime] = KnownCrime(
                local_day(reported_at), suspect_key(force, ref)
            )
    return found


def suspect_key(force_code: str, suspect_ref: str) -> str:
    """One suspect of one force; empty where the force names nobody."""
    return f"{force_code} {suspect_ref}" if suspect_ref else ""


def _said(crimes: dict[RepeatScope, int]) -> tuple[Repeat, ...]:
    """Those that are enough to be said. A wider one only where it adds something; that
    it was one suspect always does."""
    said: list[Repeat] = []
    for scope, number in crimes.items():
        row = REPEATS[scope]
        adds = all(number > one.crimes for one in said)
        if number >= row.least and (adds or scope is RepeatScope.SUSPECT):
            said.append(
                Repeat(scope=scope, crimes=number, days=row.days, label=row.label)
            )
    return tuple(said)
