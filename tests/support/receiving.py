"""Sending deliveries and asking what came of them, as the service's feed receiver."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from alongside.care.intake.tables import COLUMNS
from alongside.care.intake.types import DeliveryKind, DeliveryReport
from alongside.foundation.accounts.queries import get_receiver
from alongside.foundation.accounts.types import Actor
from alongside.foundation.organisations.queries import get_feed
from alongside.walls.context import acting_as
from alongside.walls.tables import WALLED
from alongside.workflows.receive_delivery import receive_source
from tests.support.feed import LIMIT, REFERRAL, as_csv

FORCE = "leicestershire"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FIRST, LATER, LATEST = (
    "2026-09-28T02:15:00",
    "2026-09-29T02:15:00",
    "2026-09-30T02:15:00",
)
NAMES = tuple(column.name for column in COLUMNS[DeliveryKind.REFERRALS])


def receiver() -> Actor:
    """The service that receives the demonstration force's feed."""
    return get_receiver(agency_id=get_feed(force_code=FORCE).receiver_id, now=NOW)


def receive_bytes(data: bytes, *, now: datetime = NOW) -> DeliveryReport:
    """Receive a file's bytes."""
    return receive_source(source=io.BytesIO(data), now=now, max_bytes=LIMIT)


def a_file(*rows: Mapping[str, str], extract: str, at: str) -> bytes:
    """A force's file: each row is the usual referral with some changes."""
    head = {"extract_id": extract, "extracted_at": at}
    return as_csv([REFERRAL | head | dict(row) for row in rows], NAMES)


def send(
    *rows: Mapping[str, str], extract: str = "LEI-1", at: str = FIRST
) -> DeliveryReport:
    """Receive some rows as one delivery."""
    return receive_bytes(a_file(*rows, extract=extract, at=at))


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the service's own database role is answered."""
    with acting_as(receiver()), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def fates(extract: str = "LEI-1") -> list[tuple[str, str]]:
    """(fate, code) of each row of a delivery, in row order."""
    found = ask(
        "SELECT f.fate, f.code FROM intake_feedrow f"
        " JOIN intake_delivery d ON d.id = f.delivery_id"
        " WHERE d.extract_id = %s ORDER BY f.number",
        extract,
    )
    return [(fate, code) for fate, code in found]


def codes(extract: str = "LEI-1") -> list[str]:
    """The code of each row of a delivery, in row order."""
    return [code for _, code in fates(extract)]


def count(table: str, where: str = "true") -> int:
    """How many rows of a table the service sees."""
    return int(ask(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])


def count_everything() -> dict[str, int]:
    """Rows of every walled table that the service sees."""
    return {table: count(table) for table in WALLED}
