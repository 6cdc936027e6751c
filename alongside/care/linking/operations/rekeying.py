"""Bringing every record to its standard form anew, as the database's owner."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import connections

from alongside.care.linking.models import BlockKey, LinkRecord
from alongside.care.linking.operations.arriving import add_standards
from alongside.care.linking.types import NewStandard

OWNER = "owner"


class Told(NamedTuple):
    """What one record says of its person, as it was said."""

    record: int
    person: int
    given_names: str
    surname: str
    date_of_birth: date | None
    gender: str
    postcode: str
    address: str
    phones: Sequence[str]
    email: str


def read_told(
    *, actor: object, now: datetime, area_id: int, after: int, most: int
) -> list[Told]:
    """The next records of an area, in the order of their keys, held until the
    transaction ends: nobody is added meanwhile. For the operator at the machine."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('alongside linking'), %s)", [area_id]
        )
        cursor.execute("SELECT * FROM linking_told(%s, %s, %s)", [area_id, after, most])
        return [Told(*row) for row in cursor.fetchall()]


def count_records(*, actor: object, now: datetime, area_id: int, after: int) -> int:
    """How many records of an area are yet to come."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM people_personrecord WHERE area_id = %s AND id > %s",
            [area_id, after],
        )
        return int(cursor.fetchone()[0])


def lacks_all(*, actor: object, now: datetime) -> bool:
    """Whether there are records, and not one of them has its standard form."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM people_personrecord)"
            " AND NOT EXISTS (SELECT FROM linking_linkrecord)"
        )
        return bool(cursor.fetchone()[0])


def replace_standards(
    *, actor: object, now: datetime, area_id: int, records: Sequence[NewStandard]
) -> None:
    """Put new standard forms and keys in the place of those that records had."""
    wanted = [new.record for new in records]
    for model in (BlockKey, LinkRecord):
        model.objects.using(OWNER).filter(record_id__in=wanted).delete()
    add_standards(actor=actor, now=now, records=records, area_id=area_id, using=OWNER)
