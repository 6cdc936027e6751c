"""The feed format, the reasons to hold and the limits, as rows of data."""

from collections.abc import Mapping, Set
from pathlib import Path
from typing import TypeVar

from alongside.care.intake.types import (
    HOLD_ORDER,
    About,
    Code,
    ColumnKind,
    DeliveryKind,
    FeedColumn,
    FeedValue,
    HoldReason,
    Limit,
    ReturnCode,
    ReturnReason,
    Section,
)
from alongside.foundation.lib.datafile import (
    BadDataFile,
    Row,
    read_csv,
    read_rows,
    read_toml,
)
from alongside.foundation.lib.provenance import Sourced

DATA = Path(__file__).with_name("data")
LIMIT_CODES = {
    *("oldest_age", "child_until", "clock_slack", "head_sample"),
    "duplicate_window",
}

S = TypeVar("S", bound=Sourced)


def load_columns(text: str) -> Mapping[DeliveryKind, tuple[FeedColumn, ...]]:
    """The columns of each kind of message, in the order of the format.

    Raises BadDataFile when a row cannot be trusted.
    """
    rows = _current(
        read_rows(
            read_csv(text, name="feed_columns.csv"),
            _column,
            key=lambda row: (row.message, row.name),
        )
    )
    return {
        kind: tuple(row for row in rows if row.message == kind) for kind in DeliveryKind
    }


def load_values(text: str) -> Mapping[str, Mapping[str, str]]:
    """For each coded column, what may stand there and what it is read as.

    Raises BadDataFile when a row cannot be trusted.
    """
    rows = read_rows(
        read_csv(text, name="feed_values.csv"),
        _value,
        key=lambda row: (row.column, row.value),
    )
    found: dict[str, dict[str, str]] = {}
    for row in _current(rows):
        found.setdefault(row.column, {})[row.value] = row.means
    return found


def load_holds(text: str) -> Mapping[Code, HoldReason]:
    """The reasons to hold, in the order in which the first one counts.

    Raises BadDataFile when a reason is missing, or a row cannot be trusted.
    """
    rows = read_rows(
        read_toml(text, "hold", name="holds.toml"), _hold, key=lambda row: row.code
    )
    found = {row.code: row for row in _current(rows)}
    _see_whole(found.keys(), set(HOLD_ORDER), name="holds.toml")
    return {code: found[code] for code in HOLD_ORDER}


def load_returns(text: str) -> Mapping[ReturnCode, ReturnReason]:
    """What a force can be asked for, in the order in which a form offers it.

    Raises BadDataFile when a code is missing, or a row cannot be trusted.
    """
    name = "return_codes.toml"
    rows = read_rows(
        read_toml(text, "return", name=name), _return, key=lambda row: row.code
    )
    found = {row.code: row for row in _current(rows)}
    _see_whole(found.keys(), set(ReturnCode), name=name)
    return found


def load_limits(text: str) -> Mapping[str, Limit]:
    """The limits by their code.

    Raises BadDataFile when one is missing, or a row cannot be trusted.
    """
    rows = read_rows(
        read_toml(text, "limit", name="limits.toml"), _limit, key=lambda row: row.code
    )
    found = {row.code: row for row in _current(rows)}
    _see_whole(found.keys(), LIMIT_CODES, name="limits.toml")
    return found


def _column(row: Row) -> FeedColumn:
    return FeedColumn(
        message=row.one_of("message", DeliveryKind),
        name=row.text("name"),
        kind=row.one_of("kind", ColumnKind),
        required=row.yes("required"),
        about=row.one_of("about", About),
        lowest=row.whole("lowest"),
        highest=row.whole("highest"),
        label=row.text("label"),
        section=row.one_of("section", Section),
        **row.provenance(),
    )


def _value(row: Row) -> FeedValue:
    return FeedValue(
        column=row.text("column"),
        value=row.text("value"),
        means=row.text("means"),
        **row.provenance(),
    )


def _hold(row: Row) -> HoldReason:
    returns = row.text("return_code", default="")
    return HoldReason(
        code=row.one_of("code", Code),
        label=row.text("label"),
        words=row.text("words"),
        way_forward=row.text("way_forward"),
        return_code=row.one_of("return_code", ReturnCode) if returns else None,
        **row.provenance(),
    )


def _return(row: Row) -> ReturnReason:
    return ReturnReason(
        code=row.one_of("code", ReturnCode),
        label=row.text("label"),
        words=row.text("words"),
        **row.provenance(),
    )


def _limit(row: Row) -> Limit:
    return Limit(
        code=row.text("code"),
        number=row.whole("number"),
        unit=row.text("unit"),
        label=row.text("label"),
        **row.provenance(),
    )


def _current(rows: tuple[S, ...]) -> tuple[S, ...]:
    # A feed says which version it is written in; an ended row is history.
    return tuple(row for row in rows if row.in_force_until is None)


def _see_whole(found: Set[str], wanted: Set[str], name: str) -> None:
    if found != wanted:
        raise BadDataFile(f"{name}: does not hold exactly the rows it must")


def _text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


COLUMNS = load_columns(_text("feed_columns.csv"))
VALUES = load_values(_text("feed_values.csv"))
HOLDS = load_holds(_text("holds.toml"))
RETURNS = load_returns(_text("return_codes.toml"))
LIMITS = load_limits(_text("limits.toml"))
