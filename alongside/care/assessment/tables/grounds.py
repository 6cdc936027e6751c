"""The grounds of enhanced support and what raises them, checked at the start."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from alongside.care.assessment.types import (
    COUNTS,
    BasisKind,
    Ground,
    GroundCode,
    GroundFound,
    Indicator,
    IndicatorBook,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.reference.tables import FLAGS, OFFENCE_CODES

FILE = Path(__file__).parents[1] / "data" / "grounds.toml"

# The columns of a referral that may raise a ground, and what they may say.
YES_OR_NO: Mapping[str, object] = {"y": True, "n": False}
FIELDS: Mapping[str, Callable[[str], object]] = {
    "repeat_victim": YES_OR_NO.__getitem__,
    "special_measures_discussed": YES_OR_NO.__getitem__,
    "relationship_to_suspect": str,
    "asb_risk": str,
}
NUMBERS = frozenset({"dash_yes_count"})


def load_grounds(text: str) -> tuple[Ground, ...]:
    """Read the grounds: each of the five, once."""
    rows = read_toml(text, "ground", name=FILE.name)
    grounds = read_rows(rows, _ground, key=lambda ground: ground.code)
    if {ground.code for ground in grounds} != set(GroundCode):
        raise BadDataFile(f"{FILE.name}: a ground has no row")
    return grounds


def load_indicators(text: str) -> tuple[Indicator, ...]:
    """Read the indicators. A flag, offence or column nobody knows is refused."""
    rows = read_toml(text, "indicator", name=FILE.name)
    return read_rows(
        rows, _indicator, key=lambda row: (row.ground, row.basis, row.field, row.value)
    )


def arrange(indicators: tuple[Indicator, ...]) -> tuple[IndicatorBook, ...]:
    """One book for each day on which the indicators changed, latest first."""
    days = {row.in_force_from for row in indicators}
    days |= {row.in_force_until for row in indicators if row.in_force_until}
    return tuple(
        _book(day, [row for row in indicators if row.holds_on(day)])
        for day in sorted(days, reverse=True)
    )


def _ground(row: Row) -> Ground:
    return Ground(
        code=row.one_of("code", GroundCode),
        label=row.text("label"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


def _indicator(row: Row) -> Indicator:
    indicator = Indicator(
        ground=row.one_of("ground", GroundCode),
        basis=row.one_of("basis", BasisKind),
        words=row.text("words"),
        value=row.text("value", ""),
        field=row.text("field", ""),
        at_least=row.whole_or_none("at_least"),
        below=row.whole_or_none("below"),
        **row.provenance(),
    )
    _check_basis(row, indicator)
    return indicator


def _check_basis(row: Row, indicator: Indicator) -> None:
    checks = {
        BasisKind.FLAG: indicator.value in FLAGS,
        BasisKind.OFFENCE: indicator.value in OFFENCE_CODES,
        BasisKind.AGE: bool(indicator.below),
        BasisKind.FIELD: _known_answer(indicator),
        BasisKind.HISTORY: indicator.field in COUNTS and bool(indicator.at_least),
    }
    if not checks.get(indicator.basis):
        raise row.wrong("basis", "rests on something nobody knows")


def _known_answer(indicator: Indicator) -> bool:
    if indicator.at_least is not None:
        return indicator.field in NUMBERS
    if indicator.field not in FIELDS or not indicator.value:
        return False
    yes_or_no = FIELDS[indicator.field] is not str
    return not yes_or_no or indicator.value in YES_OR_NO


def _book(since: date, rows: list[Indicator]) -> IndicatorBook:
    flags: dict[str, list[GroundFound]] = defaultdict(list)
    offences: dict[str, list[GroundFound]] = defaultdict(list)
    fields: dict[str, dict[object, list[GroundFound]]] = defaultdict(
        lambda: defaultdict(list)
    )
    at_least, below = [], []
    for row in rows:
        if row.basis is BasisKind.FLAG:
            flags[row.value].append(_found(row, row.value))
        elif row.basis is BasisKind.OFFENCE:
            offences[row.value].append(_found(row, row.value))
        elif row.below is not None:
            below.append((row.below, _found(row, f"under {row.below}")))
        elif row.at_least is not None:
            found = _found(row, f"{row.field} at least {row.at_least}")
            at_least.append((row.field, row.at_least, found))
        else:
            answer = FIELDS[row.field](row.value)
            found = _found(row, f"{row.field} {row.value}")
            fields[row.field][answer].append(found)
    return IndicatorBook(
        since=since,
        flags={flag: tuple(found) for flag, found in flags.items()},
        offences={code: tuple(found) for code, found in offences.items()},
        fields=tuple(
            (name, {answer: tuple(found) for answer, found in answers.items()})
            for name, answers in fields.items()
        ),
        at_least=tuple(at_least),
        below=tuple(below),
    )


def _found(row: Indicator, value: str) -> GroundFound:
    return GroundFound(row.ground, row.basis, value, row.words)


_TEXT = FILE.read_text(encoding="utf-8")
GROUNDS = {ground.code: ground for ground in load_grounds(_TEXT)}
INDICATORS = load_indicators(_TEXT)
BOOKS = arrange(INDICATORS)
