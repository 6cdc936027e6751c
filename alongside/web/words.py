"""Dates, times, counts and beginnings of lines as a reader in the area says them."""

from datetime import date, datetime

from alongside.foundation.lib.local import LONDON, local_day


def say_day(day: date) -> str:
    """A day in full: "19 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def say_moment(moment: datetime) -> str:
    """A time in full, by the clocks of London: "19 November 2026 at 08:31"."""
    local = moment.astimezone(LONDON)
    return f"{say_day(local.date())} at {local:%H:%M}"


def capital(words: str) -> str:
    """The words as they begin a line: "the police" becomes "The police"."""
    return words[:1].upper() + words[1:]


def say_count(number: int, one: str, many: str = "") -> str:
    """A number with what it counts: "1 row", "5,000 rows"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say_days_since(moment: datetime, now: datetime) -> str:
    """How long ago something was, in whole days: "today", "3 days"."""
    days = (local_day(now) - local_day(moment)).days
    return say_count(days, "day") if days else "today"


def say_share(share: float | None) -> str:
    """A share of 0 to 1 as a percentage; of nothing there is none."""
    return "None" if share is None else f"{100 * share:.1f}%"
