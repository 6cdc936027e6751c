"""From a written kind of right to one that can be used."""

import tomllib
from typing import Any

from alongside.care.code_rights.types import (
    ChildRule,
    Days,
    FieldKind,
    Late,
    Option,
    RightKind,
    Scheme,
    Step,
    StepField,
    Window,
)
from alongside.foundation.lib.datafile import BadDataFile, Row


def read_kind(text: str, *, name: str) -> RightKind:
    """Read one kind of right.

    Raises:
        BadDataFile: it cannot be read; names the file, the step and the field.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadDataFile(f"{name}: {error}") from error
    steps = [
        _step(Row(f"{name}, step {number}", values))
        for number, values in enumerate(document.pop("step", ()), start=1)
    ]
    if len({step.code for step in steps}) != len(steps):
        raise BadDataFile(f"{name}: has two steps of one code")
    row = Row(name, document)
    kind = RightKind(
        code=row.text("code"),
        version=row.whole("version"),
        title=row.text("title"),
        right=row.whole("right"),
        owner=row.text("owner"),
        meaning=row.text("meaning"),
        offer=row.text("offer"),
        stages=row.names("stages"),
        roles=row.names("roles"),
        crime_only=row.yes("crime_only"),
        again=row.yes("again"),
        first=_ordered(row, "first"),
        steps={step.code: step for step in steps},
        window=_window(row),
        owed_by=row.text("owed_by", ""),
        **row.provenance(),
    )
    row.finish()
    return kind


def _ordered(row: Row, key: str) -> tuple[str, ...]:
    row.names(key)
    return tuple(row.values.get(key, ()))


def _window(row: Row) -> Window | None:
    values = row.table("window")
    if not values:
        return None
    inner = Row(f"{row.where}, window", values)
    child = inner.text("child", "")
    window = Window(
        rule=inner.text("rule"),
        late=inner.one_of("late", Late),
        told=inner.text("told", ""),
        child=inner.one_of("child", ChildRule) if child else ChildRule.NONE,
    )
    inner.finish()
    return window


def _step(row: Row) -> Step:
    fields = tuple(
        _field(Row(f"{row.where}, field {number}", values))
        for number, values in enumerate(_parts(row, "field"), start=1)
    )
    if len({field.code for field in fields}) != len(fields):
        raise row.wrong("field", "is there twice")
    step = Step(
        code=row.text("code"),
        label=row.text("label"),
        act=row.text("act"),
        help=row.text("help", ""),
        by=_ordered(row, "by"),
        moves=_ordered(row, "moves"),
        fields=fields,
        starts=row.text("starts", ""),
        meets=_ordered(row, "meets"),
        asks=_yes(row, "asks"),
        reopens=_yes(row, "reopens"),
        lapses=row.text("lapses", ""),
        scheme=_scheme(row),
    )
    row.finish()
    return step


def _scheme(row: Row) -> Scheme:
    return row.one_of("scheme", Scheme) if "scheme" in row.values else Scheme.SAME


def _parts(row: Row, key: str) -> list[dict[str, Any]]:
    row.taken.add(key)
    values = row.values.get(key, [])
    if not isinstance(values, list):
        raise row.wrong(key, "must be written [[step.field]]")
    return values


def _yes(row: Row, key: str) -> bool:
    return row.yes(key) if key in row.values else False


def _field(row: Row) -> StepField:
    days = row.text("days", "")
    field = StepField(
        code=row.text("code"),
        kind=row.one_of("kind", FieldKind),
        label=row.text("label"),
        help=row.text("help", ""),
        required=_yes(row, "required"),
        options=tuple(
            Option(code=code, label=str(label))
            for code, label in row.table("options").items()
        ),
        days=row.one_of("days", Days) if days else Days.ANY,
        least=row.whole_or_none("least"),
        most=row.whole_or_none("most"),
        aim=row.whole_or_none("aim"),
        aim_words=row.text("aim_words", ""),
        only_if=_only_if(row),
    )
    row.finish()
    return field


def _only_if(row: Row) -> tuple[str, tuple[str, ...]] | None:
    values = row.table("only_if")
    if not values:
        return None
    if len(values) != 1:
        raise row.wrong("only_if", "names one field")
    (field, codes), *_ = values.items()
    if not isinstance(codes, list) or not codes:
        raise row.wrong("only_if", "lists the codes with which it is asked")
    return field, tuple(map(str, codes))
