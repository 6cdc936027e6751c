"""What a force wrote in a column, as one reads it. Never corrected, only spelt out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from django.utils.text import capfirst

from alongside.care.intake.types import ColumnKind, FeedColumn
from alongside.foundation.lib.local import LONDON
from alongside.foundation.reference.tables import ETHNICITIES, OUTCOMES
from alongside.web.words import say_day, say_moment

ETHNICITY_LABELS = {str(code): row.label for code, row in ETHNICITIES.items()}
OUTCOME_LABELS = {code: row.label for code, row in OUTCOMES.items()}
YES_NO = {"y": "Yes", "n": "No"}


def say_value(column: FeedColumn, value: str) -> str:
    """The value in words where there are some; else exactly as it was written."""
    say = SAYS_COLUMN.get(column.name) or SAYS_KIND.get(column.kind)
    return say(value.strip()) if say else value


def _say_yes_no(text: str) -> str:
    return YES_NO.get(text.lower(), text)


def _say_code(text: str) -> str:
    return capfirst(text.replace("_", " ").replace(";", ", "))


def _say_known(text: str, *, labels: Mapping[str, str]) -> str:
    label = labels.get(text)
    return f"{label} ({text})" if label else text


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


SAYS_KIND: Mapping[ColumnKind, Callable[[str], str]] = {
    ColumnKind.YES_NO: _say_yes_no,
    ColumnKind.CODE: _say_code,
    ColumnKind.FLAGS: _say_code,
    ColumnKind.DATE: _say_day,
    ColumnKind.BIRTH: _say_day,
    ColumnKind.MOMENT: _say_day,
    ColumnKind.TIMESTAMP: _say_moment,
    ColumnKind.OUTCOME: partial(_say_known, labels=OUTCOME_LABELS),
}
SAYS_COLUMN: Mapping[str, Callable[[str], str]] = {
    "ethnicity_self": partial(_say_known, labels=ETHNICITY_LABELS),
}
