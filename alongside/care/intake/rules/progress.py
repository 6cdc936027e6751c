"""Judging one progress message."""

from datetime import datetime, timedelta
from typing import Any

from alongside.care.intake.rules.columns import Unreadable, compile_columns
from alongside.care.intake.tables import COLUMNS, LIMITS
from alongside.care.intake.types import (
    About,
    DeliveryKind,
    ExtractHead,
    ProgressRow,
    RawRow,
    RowFault,
)
from alongside.foundation.lib.hashes import hash_text

CLOCK_SLACK = timedelta(hours=LIMITS["clock_slack"].number)
PLAN = compile_columns(DeliveryKind.PROGRESS)
FIELDS = tuple(
    column.name
    for column in COLUMNS[DeliveryKind.PROGRESS]
    if column.about is not About.EXTRACT
)
TIMES = ("occurred_at", "received_at")


def judge_progress(raw: RawRow, *, head: ExtractHead) -> ProgressRow | RowFault:
    """The message read and checked; or the first thing wrong with it, by column.

    Neither of its times may lie after the extract it came in, but for what two
    clocks may differ. News received before it happened is taken as it is: hearings
    are booked ahead.
    """
    if raw.values is None:
        return raw.fault or RowFault("row", "cannot be read")
    texts = {c.name: raw.values[c.index].strip() for c in PLAN}
    found: dict[str, Any] = {}
    for column in PLAN:
        text, name = texts[column.name], column.name
        if not text and column.required:
            return RowFault(name, "is missing")
        try:
            found[name] = column.read(text) if text else column.blank
        except Unreadable:
            return RowFault(name, column.reason)
        reason = _contradiction(name, found[name], head)
        if reason:
            return RowFault(name, reason)
    found["detail"] = found["detail"] or {}
    return ProgressRow(
        **{name: found[name] for name in FIELDS},
        content_hash=hash_text([texts[name] for name in FIELDS]),
    )


def is_before(moment: datetime, crime_from: datetime) -> bool:
    """Whether something is said to have happened before the crime can have, by more
    than what two clocks may differ."""
    return moment < crime_from - CLOCK_SLACK


def _contradiction(name: str, value: Any, head: ExtractHead) -> str:
    if name == "force_code" and value != head.force_code:
        return "is not the force of this delivery"
    if name == "extract_id" and value != head.extract_id:
        return "is not the extract of this delivery"
    if name in TIMES and _is_after(value, head.extracted_at):
        return "is later than extracted_at"
    return ""


def _is_after(moment: datetime, extracted_at: datetime) -> bool:
    return moment > extracted_at + CLOCK_SLACK
