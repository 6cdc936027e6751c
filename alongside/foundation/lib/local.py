"""Days as people in the area count them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def local_day(moment: datetime) -> date:
    """The day on the calendar in London at that moment."""
    return moment.astimezone(LONDON).date()
