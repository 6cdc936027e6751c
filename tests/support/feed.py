"""Rows of a force's feed for tests. Every person is invented."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from alongside.care.intake.rules import Extract, open_extract
from alongside.care.intake.tables import COLUMNS
from alongside.care.intake.types import (
    DeliveryKind,
    ExtractHead,
    RawRow,
    ReadingContext,
)
from alongside.foundation.reference.tables import OFFENCE_CODES, read_postcodes

REFERRALS, PROGRESS = DeliveryKind.REFERRALS, DeliveryKind.PROGRESS
NAMES = tuple(column.name for column in COLUMNS[REFERRALS])
PROGRESS_NAMES = tuple(column.name for column in COLUMNS[PROGRESS])
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HEAD = ExtractHead("leicestershire", "LEI-1", datetime(2026, 9, 28, 1, 15, tzinfo=UTC))
LIMIT = 10_000_000

REFERRAL = {
    "feed_version": "1",
    "force_code": "leicestershire",
    "source_system": "niche",
    "extract_id": "LEI-1",
    "extracted_at": "2026-09-28T02:15:00",
    "action": "new",
    "record_type": "crime",
    "crime_ref": "26011004742",
    "person_ref": "N5769614",
    "role": "victim",
    "reported_at": "2026-04-01T05:24:00",
    "occurred_from": "2026-03-30T15:24:00",
    "offence_code": "8N",
    "given_names": "Paul Christian",
    "surname": "Nanda",
    "date_of_birth": "1973-07-06",
    "gender": "male",
    "address_line_1": "101 Melton Road",
    "town": "Leicester",
    "postcode": "LE2 7DT",
    "mobile_phone": "07700 900123",
    "consent_referral": "not_asked",
}
MESSAGE = {
    "feed_version": "1",
    "force_code": "leicestershire",
    "source_system": "niche",
    "extract_id": "LEI-1",
    "extracted_at": "2026-09-28T02:15:00",
    "crime_ref": "26011004742",
    "suspect_ref": "S310957",
    "event": "suspect_bailed",
    "occurred_at": "2026-04-04T03:05:56",
    "received_at": "2026-04-04T04:05:56",
    "detail": '{"until": "2026-05-05"}',
}


def make_raw(**changes: str) -> RawRow:
    """One referral row, well except for the changes."""
    values = REFERRAL | changes
    return RawRow(1, "", tuple(values.get(name, "") for name in NAMES), None)


def make_message(**changes: str) -> RawRow:
    """One progress row, well except for the changes."""
    values = MESSAGE | changes
    return RawRow(1, "", tuple(values.get(n, "") for n in PROGRESS_NAMES), None)


def make_context(**changes: Any) -> ReadingContext:
    """What rows are judged against: a small area around LE2 7DT."""
    plain: dict[str, Any] = {
        "head": HEAD,
        "now": NOW,
        "offence_codes": OFFENCE_CODES,
        "excluded_offences": frozenset(),
        "in_area": frozenset({"LE27DT"}),
        "elsewhere": frozenset({"LE29ZZ"}),
        "outwards": frozenset({"LE2"}),
    }
    return ReadingContext(**plain | changes)


@cache
def area_of_sample() -> Mapping[str, frozenset[str]]:
    """The postcodes of the demonstration area, as a reading context takes them."""
    in_area = frozenset(row.postcode for row in read_postcodes())
    return {
        "in_area": in_area,
        "elsewhere": frozenset(),
        "outwards": frozenset(postcode[:-3] for postcode in in_area),
    }


def as_csv(rows: Iterable[Mapping[str, str]], names: tuple[str, ...] = NAMES) -> bytes:
    """Rows as a force would write them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def open_bytes(
    data: bytes, *, kind: DeliveryKind = REFERRALS, max_bytes: int = LIMIT
) -> Extract:
    """The extract a force's bytes make."""
    return open_extract(io.BytesIO(data), kind=kind, max_bytes=max_bytes)


def rows_of(data: bytes, *, kind: DeliveryKind = REFERRALS) -> Iterator[RawRow]:
    """The rows of a force's bytes."""
    return open_bytes(data, kind=kind).rows()
