"""Loading places from the files that ship with the product."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction

from alongside.foundation.reference import tables
from alongside.foundation.reference.models import District, Postcode

STAGE = """
    CREATE TEMP TABLE incoming_postcode (postcode text, district_code text)
    ON COMMIT DROP
"""
MERGE = """
    INSERT INTO reference_postcode AS held (postcode, district_code)
    SELECT postcode, district_code FROM incoming_postcode
    ON CONFLICT (postcode) DO UPDATE SET district_code = excluded.district_code
    WHERE held.district_code <> excluded.district_code
"""
PRUNE = """
    DELETE FROM reference_postcode AS held
    WHERE NOT EXISTS (
        SELECT FROM incoming_postcode AS new WHERE new.postcode = held.postcode
    )
"""


@dataclass(frozen=True, kw_only=True)
class LoadedReference:
    """How many places are held once the loading is done."""

    districts: int
    postcodes: int


@transaction.atomic(using="owner")
def load_reference(*, actor: str, now: datetime) -> LoadedReference:
    """Make the stored places those of the files: add, correct and take away.

    `actor` names who sets the installation up. Safe to repeat. Concerns no person,
    so nothing is written to the audit trail.
    """
    codes = _load_districts()
    count = _load_postcodes()
    District.objects.using("owner").exclude(code__in=codes).delete()
    return LoadedReference(districts=len(codes), postcodes=count)


def _load_districts() -> list[str]:
    rows = [
        District(code=row.code, name=row.name, area=row.area)
        for row in tables.DISTRICTS.values()
    ]
    District.objects.using("owner").bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "area"],
    )
    return [row.code for row in rows]


def _load_postcodes() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY incoming_postcode FROM STDIN") as copy:
            for row in tables.read_postcodes():
                copy.write_row((row.postcode, row.district_code))
        cursor.execute(MERGE)
        cursor.execute(PRUNE)
    return Postcode.objects.using("owner").count()
