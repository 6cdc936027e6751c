"""What became of each row of a delivery, and what was returned to the force."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from alongside.care.intake.models import Delivery, FeedRow, Hold
from alongside.care.intake.types import DeliveryState, Fate, HoldDecision
from alongside.foundation.accounts.types import Actor


@dataclass(frozen=True, kw_only=True)
class ReturnedReferral:
    """A referral sent back to the force, as the force reads it: no name."""

    source_system: str
    crime_ref: str
    person_ref: str
    row: int
    return_code: str
    message: str
    returned_at: datetime


def list_returns(*, actor: Actor, delivery_id: int) -> list[ReturnedReferral]:
    """What of a delivery was returned to the force, in row order. One statement."""
    holds = (
        Hold.objects.filter(row__delivery_id=delivery_id)
        .filter(decision=HoldDecision.RETURNED)
        .select_related("referral", "row")
        .order_by("row__number")
    )
    return [
        ReturnedReferral(
            source_system=hold.referral.source_system,
            crime_ref=hold.referral.crime_ref,
            person_ref=hold.referral.person_ref,
            row=hold.row.number,
            return_code=hold.return_code,
            message=hold.reason,
            returned_at=_moment(hold.ended_at),
        )
        for hold in holds
    ]


def _moment(value: datetime | None) -> datetime:
    if value is None:
        raise ValueError("A hold that has ended has a time")
    return value


FATES = """
    SELECT f.number, f.fate, f.code, f.fault_column, f.message, f.codes, f.referral_id
      FROM intake_feedrow f
     WHERE f.delivery_id = %(delivery_id)s AND f.number > %(after)s
       AND (%(before)s::integer IS NULL OR f.number < %(before)s::integer)
       AND (%(fate)s = '' OR f.fate = %(fate)s)
       AND (%(code)s = '' OR f.code = %(code)s)
     ORDER BY f.number
"""
FIRST_FATES = FATES + " LIMIT %(limit)s"
LAST_FATES = FATES + " DESC LIMIT %(limit)s"


@dataclass(frozen=True, slots=True)
class RowFate:
    """The fate of one row, without the person."""

    row: int
    fate: str
    code: str
    column: str
    message: str
    codes: tuple[str, ...]
    referral_id: int | None


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was rejected, sealed as it came, and what is wrong with it."""

    row_id: int
    sealed: bytes
    fault_column: str
    message: str


def list_rejected(*, delivery_id: int) -> list[RejectedRow]:
    """The rejected rows of a delivery, in their order. One statement."""
    rows = FeedRow.objects.filter(delivery_id=delivery_id, fate=Fate.REJECTED)
    return [
        RejectedRow(row.pk, bytes(row.sealed), row.fault_column, row.message)
        for row in rows.order_by("number")
    ]


def list_fates(
    *,
    delivery_id: int,
    after: int = 0,
    before: int | None = None,
    limit: int = 1000,
    fate: str = "",
    code: str = "",
) -> list[RowFate]:
    """Fates of a delivery's rows, in row order, from the row after `after`.

    With `before`, the last ones before that row. `fate` and `code` narrow the list
    where they are given.
    """
    wanted = {
        "delivery_id": delivery_id,
        "after": after,
        "before": before,
        "limit": limit,
        "fate": fate,
        "code": code,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIRST_FATES if before is None else LAST_FATES, wanted)
        rows = [
            RowFate(row[0], row[1], row[2], row[3], row[4], tuple(row[5]), row[6])
            for row in cursor.fetchall()
        ]
    return rows if before is None else rows[::-1]


def find_by_extract(*, extract_id: str) -> list[Delivery]:
    """Visible deliveries of an extract, newest first."""
    rows = Delivery.objects.filter(extract_id=extract_id, state=DeliveryState.VISIBLE)
    return list(rows.order_by("-received_at", "-pk"))


def count_fates(*, delivery_id: int) -> dict[str, dict[str, int]]:
    """Rows of each fate and of each code, counted from the rows themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fate, code, count(*) FROM intake_feedrow WHERE delivery_id = %s"
            " GROUP BY fate, code",
            [delivery_id],
        )
        counts: dict[str, dict[str, Any]] = {"fates": {}, "codes": {}}
        for fate, code, number in cursor.fetchall():
            counts["fates"][fate] = counts["fates"].get(fate, 0) + number
            counts["codes"][code] = number
        return counts
