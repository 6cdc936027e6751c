"""How pages say what was written down about a right."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from alongside.care.code_rights.tables import BODIES
from alongside.care.code_rights.types import (
    FieldKind,
    RightKind,
    Step,
    StepField,
    WindowNow,
)
from alongside.web.casework import say
from alongside.web.components.base import Tag, Tone
from alongside.web.words import say_count, say_day

PENCE = 100
SOON_DAYS, COUNTED_DAYS = 14, 100  # from where a page marks it, and counts


def answer(field: StepField, value: Any) -> str:
    """One answer in words."""
    match field.kind:
        case FieldKind.DATE:
            said = say_day(date.fromisoformat(value))
        case FieldKind.CHOICE:
            said = field.option(value)
        case FieldKind.MANY:
            said = "; ".join(field.option(one) for one in value)
        case FieldKind.YES_NO:
            said = "Yes" if value else "No"
        case FieldKind.MONEY:
            said = f"£{value / PENCE:,.2f}"
        case FieldKind.NUMBER:
            said = f"{value:,}"
        case FieldKind.TEXT:
            said = str(value)
    return said


def answers(step: Step, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What was asked in a step and what was answered, in the order of asking."""
    for field in step.fields:
        if field.code in fields:
            yield field.label, answer(field, fields[field.code])


def too_much(step: Step, fields: Mapping[str, Any]) -> Iterator[str]:
    """What a number is more than it should be, in words."""
    for field in step.fields:
        value = fields.get(field.code)
        if field.aim is not None and isinstance(value, int) and value > field.aim:
            yield field.aim_words


def who(by: str) -> str:
    """Who took a step."""
    return BODIES[by].label if by in BODIES else by


def right(kind: RightKind) -> str:
    """Its number in the Code."""
    return f"Right {kind.right}"


def window(stands: WindowNow, on: date) -> str:
    """Until when something may be asked for, in a sentence."""
    if stands.until is None:
        return "We do not know from which day the time to ask runs"
    day = say_day(stands.until)
    if not stands.is_open(on):
        return f"The time to ask ended on {day}"
    days = (stands.until - on).days
    if days > COUNTED_DAYS:
        return f"May be asked for until {day}"
    left = {0: "the last day is today", 1: "the last day is tomorrow"}.get(
        days, f"{say_count(days, 'day')} left"
    )
    return f"May be asked for until {day}: {left}"


def window_tag(stands: WindowNow, on: date) -> Tag | None:
    """A mark for a window that is about to close, or has."""
    if stands.until is None:
        return None
    if not stands.is_open(on):
        return Tag(text="Time is over", tone=Tone.LATE)
    if (stands.until - on).days <= SOON_DAYS:
        return Tag(text="Ends soon", tone=Tone.SOON)
    return None


def day(when: date) -> str:
    """A day in a sentence."""
    return say.long_day(when)
