"""Which steps may follow, and whether what is written down of one can be kept."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from alongside.care.code_rights.types import (
    Days,
    FieldKind,
    Problem,
    RightKind,
    Scheme,
    Step,
    StepAsked,
    StepField,
)

MONEY_PARTS = 100


def next_steps(kind: RightKind, state: str) -> tuple[Step, ...]:
    """The steps that may come after a state; with none ("") those that begin it."""
    codes = kind.step(state).moves if state else kind.first
    return tuple(kind.step(code) for code in codes)


def may_follow(kind: RightKind, state: str, step: str) -> bool:
    """Whether a step may come after a state; "" is before the first."""
    return step in {one.code for one in next_steps(kind, state)}


def is_over(kind: RightKind, state: str) -> bool:
    """Whether nothing can follow."""
    return kind.step(state).ends


def in_scheme_since(taken: Iterable[tuple[Step | None, date]]) -> date | None:
    """From which day somebody is in the Victim Contact Scheme, by the steps that count
    in their order; none where they have not joined, or have left."""
    since = None
    for step, on in taken:
        if step is None or step.scheme is Scheme.SAME:
            continue
        since = (since or on) if step.scheme is Scheme.JOINS else None
    return since


def kept_fields(step: Step, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What of the fields is kept: those the step asks for, given what else was said."""
    kept: dict[str, Any] = {}
    for field in step.fields:
        value = typed.get(field.code)
        if value not in (None, "", []) and is_asked(field, kept):
            kept[field.code] = value
    return kept


def is_asked(field: StepField, said: Mapping[str, Any]) -> bool:
    """Whether the field is asked for, given the fields before it."""
    if field.only_if is None:
        return True
    other, codes = field.only_if
    value = said.get(other)
    given = value if isinstance(value, list) else [_code(value)]
    return any(one in codes for one in given)


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def find_problems(
    step: Step, asked: StepAsked, *, on: date, not_before: date | None
) -> Iterator[Problem]:
    """What keeps a step from being written down on the day `on`.

    `not_before` is the day of the step before it, or of the crime.
    """
    yield from _day_problems(asked.on, on=on, not_before=not_before)
    if asked.by not in step.by:
        yield Problem(field="by", words="Choose who did this")
    unknown = asked.fields.keys() - {field.code for field in step.fields}
    if unknown:
        yield Problem(field="", words="Something was sent that this step does not ask")
    kept = kept_fields(step, asked.fields)
    for field in step.fields:
        if not is_asked(field, kept):
            continue
        words = _field_problem(field, kept.get(field.code), asked.on, on)
        if words:
            yield Problem(field=field.code, words=words)


def _day_problems(day: date, *, on: date, not_before: date | None) -> Iterator[Problem]:
    if day > on:
        yield Problem(field="on", words="The day must be today or in the past")
    elif not_before is not None and day < not_before:
        yield Problem(
            field="on",
            words=f"The day cannot be before {_say(not_before)}, the day of what"
            " came before it",
        )


def _field_problem(field: StepField, value: Any, step_on: date, on: date) -> str:
    """What is wrong with one field, in words; empty where nothing is."""
    if value is None:
        return f"{_needs(field)} “{field.label}”" if field.required else ""
    if not _has_shape(field, value):
        return f"{_needs(field)} “{field.label}”"
    if field.kind is FieldKind.DATE:
        return _date_problem(field, date.fromisoformat(value), step_on, on)
    if field.kind in {FieldKind.NUMBER, FieldKind.MONEY}:
        return _amount_problem(field, value)
    return ""


def _needs(field: StepField) -> str:
    chosen = {FieldKind.CHOICE, FieldKind.MANY, FieldKind.YES_NO}
    return "Choose" if field.kind in chosen else "Fill in"


def _has_shape(field: StepField, value: Any) -> bool:
    codes = {option.code for option in field.options}
    match field.kind:
        case FieldKind.DATE:
            return isinstance(value, str) and _is_day(value)
        case FieldKind.CHOICE:
            return value in codes
        case FieldKind.MANY:
            return isinstance(value, list) and set(value) <= codes
        case FieldKind.YES_NO:
            return isinstance(value, bool)
        case FieldKind.TEXT:
            return isinstance(value, str)
        case FieldKind.NUMBER | FieldKind.MONEY:
            return isinstance(value, int) and not isinstance(value, bool)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _date_problem(field: StepField, day: date, step_on: date, on: date) -> str:
    if field.days is Days.PAST and day > on:
        return f"“{field.label}” must be today or in the past"
    if field.days is Days.FUTURE and day < step_on:
        return f"“{field.label}” must be {_say(step_on)} or later"
    return ""


def _amount_problem(field: StepField, value: int) -> str:
    least, most = field.least or 0, field.most
    if value < least:
        return f"“{field.label}” must be {_amount(field, least)} or more"
    if most is not None and value > most:
        return f"“{field.label}” must be {_amount(field, most)} or less"
    return ""


def _amount(field: StepField, value: int) -> str:
    if field.kind is FieldKind.MONEY:
        return f"£{value / MONEY_PARTS:,.2f}"
    return f"{value:,}"


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
