"""Days as people in the area count them."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


# A delivery asks about the same few moments again and again.
@lru_cache(maxsize=16_384)
def local_day(moment: datetime) -> date:
    """The day on the calendar in London at that moment."""
    return moment.astimezone(LONDON).date()
