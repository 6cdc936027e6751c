"""Dates and times as text. All times come out in UTC.

ISO 8601 only. A time without an offset is local time in London; an hour that the
clocks skip in spring counts as if they had not gone forward yet, and of an hour
that comes twice in autumn the first is meant.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from alongside.foundation.lib.local import LONDON

DATE_LENGTH = len("2026-04-01")
HOUR_LENGTH = len("2026-04-01T05")


def read_timestamp(text: str) -> datetime:
    """The moment the text names.

    Raises ValueError when it is not a date and a time, or names none that exists.
    """
    if text[DATE_LENGTH : DATE_LENGTH + 1] not in {"T", "t", " "}:
        raise ValueError("Not a date and a time")
    moment = datetime.fromisoformat(text)
    try:
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC) - _ahead_of_utc(text[:HOUR_LENGTH])
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("Beyond the calendar") from None


def read_moment(text: str) -> datetime:
    """As `read_timestamp`; a date alone is read as the start of that day in London.

    Raises ValueError when it is neither.
    """
    if len(text) == DATE_LENGTH:
        return read_timestamp(text + "T00:00")
    return read_timestamp(text)


def read_date(text: str) -> date:
    """The day the text names, as 2026-04-01.

    Raises ValueError when it is not written so, or names no day that exists.
    """
    if len(text) != DATE_LENGTH:
        raise ValueError("Not a date")
    return date.fromisoformat(text)


def age_on(day: date, *, born: date) -> int:
    """Whole years on the day. Born on 29 February, one is older on 1 March."""
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (not had_birthday)


# A feed speaks of few hours and many people; the calendar of London is slow to ask.
@lru_cache(maxsize=8192)
def _ahead_of_utc(hour: str) -> timedelta:
    """How far London's clocks are ahead in an hour. They change on the hour."""
    return LONDON.utcoffset(datetime.fromisoformat(hour)) or timedelta()
