"""What a force wrote in a column, as one reads it. Never corrected, only spelt out."""

from datetime import date, datetime

from alongside.care.intake.types import ColumnKind, FeedColumn
from alongside.foundation.lib.local import LONDON
from alongside.web.words import say_day, say_moment

YES_NO = {"y": "Yes", "n": "No"}


def say_value(column: FeedColumn, value: str) -> str:
    """The value in words where its kind has some; else exactly as it was written."""
    text = value.strip()
    match column.kind:
        case ColumnKind.YES_NO:
            return YES_NO.get(text.lower(), text)
        case ColumnKind.CODE | ColumnKind.FLAGS:
            return text.replace("_", " ").replace(";", ", ")
        case ColumnKind.DATE | ColumnKind.BIRTH | ColumnKind.MOMENT:
            return _say_day(text)
        case ColumnKind.TIMESTAMP:
            return _say_moment(text)
    return value


def _say_day(text: str) -> str:
    try:
        return say_day(date.fromisoformat(text))
    except ValueError:
        return _say_moment(text)


def _say_moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    # Without an offset it is local time already (the feed format).
    return say_moment(moment if moment.tzinfo else moment.replace(tzinfo=LONDON))
