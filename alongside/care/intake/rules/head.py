"""Whose delivery a file is, told from its rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from alongside.care.intake.rules.examining import FileRefused
from alongside.care.intake.tables import COLUMNS, LIMITS
from alongside.care.intake.types import DeliveryKind, ExtractHead, RawRow
from alongside.foundation.lib.times import read_timestamp

CLOCK_SLACK = timedelta(hours=LIMITS["clock_slack"].number)
# Both kinds of message begin with the same columns.
PLACES = {c.name: place for place, c in enumerate(COLUMNS[DeliveryKind.REFERRALS])}
LENGTHS = {c.name: c.highest for c in COLUMNS[DeliveryKind.REFERRALS]}

T = TypeVar("T")


def find_head(rows: Iterable[RawRow], *, now: datetime) -> ExtractHead:
    """What most rows say of the delivery: force, extract and time of extraction.

    Asks the first readable rows; how many is a limit of the feed. One damaged row
    cannot speak for the others, nor stop them.

    Raises FileRefused when no row says so, or the time lies in the future: all that
    the force sends later would then seem older, and be turned away.
    """
    readable = (row.values for row in rows if row.values is not None)
    sample = list(islice(readable, LIMITS["head_sample"].number))
    if not sample:
        raise FileRefused("The file has no row that can be read")
    head = ExtractHead(
        force_code=_most_said(sample, "force_code", _short("force_code")),
        extract_id=_most_said(sample, "extract_id", _short("extract_id")),
        extracted_at=_most_said(sample, "extracted_at", read_timestamp),
    )
    if head.extracted_at > now + CLOCK_SLACK:
        raise FileRefused("The file says it was extracted in the future: extracted_at")
    return head


def _most_said(
    sample: Sequence[tuple[str, ...]], name: str, read: Callable[[str], T]
) -> T:
    said = Counter(values[PLACES[name]].strip() for values in sample)
    for text, _times in said.most_common():
        try:
            return read(text)
        except ValueError:
            continue
    raise FileRefused(f"No row says whose delivery this is: {name} cannot be read")


def _short(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not 0 < len(text) <= LENGTHS[name]:
            raise ValueError("Empty or too long")
        return text

    return read
