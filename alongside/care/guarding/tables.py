"""Rows of data: the kinds of emergency, and the limits of emergency access."""

from pathlib import Path

from alongside.care.guarding.types import (
    EmergencyCategory,
    EmergencyLimit,
    LimitCode,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = Path(__file__).parent / "data" / "emergency.toml"


def load_categories(text: str) -> dict[str, EmergencyCategory]:
    """Read the kinds of emergency."""
    rows = read_toml(text, "category", name=FILE.name)
    return {row.code: row for row in read_rows(rows, _category, key=lambda it: it.code)}


def load_limits(text: str) -> dict[LimitCode, EmergencyLimit]:
    """Read the limits: every one has its row, and none is nought."""
    rows = read_toml(text, "limit", name=FILE.name)
    found = {row.code: row for row in read_rows(rows, _limit, key=lambda it: it.code)}
    if found.keys() != set(LimitCode):
        raise BadDataFile(f"{FILE.name}: a limit has no row")
    return found


def limit(code: LimitCode) -> int:
    """The number of a limit, in the unit its row says."""
    return LIMITS[code].number


def _category(row: Row) -> EmergencyCategory:
    return EmergencyCategory(
        code=row.text("code"),
        label=row.text("label"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


def _limit(row: Row) -> EmergencyLimit:
    number = row.whole("number")
    if number == 0:
        raise row.wrong("number", "must be more than nought")
    return EmergencyLimit(
        code=row.one_of("code", LimitCode),
        number=number,
        unit=row.text("unit"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


_TEXT = FILE.read_text(encoding="utf-8")
CATEGORIES = load_categories(_TEXT)
LIMITS = load_limits(_TEXT)
