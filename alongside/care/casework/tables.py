"""How a case may end, and limits on leaving one alone, as rows of data."""

from pathlib import Path

from alongside.care.casework.types import (
    CaseLimit,
    Compartment,
    CountsAs,
    Disposition,
    RepeatScope,
    RepeatWindow,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.walls.bits import COMPARTMENTS

FILE = Path(__file__).parent / "data" / "dispositions.toml"
LIMITS_FILE = FILE.with_name("limits.toml")
COMPARTMENTS_FILE = FILE.with_name("compartments.toml")
REPEATS_FILE = FILE.with_name("repeats.toml")
LIMIT_CODES = {"quiet_days", "targeting_days", "targeting_piece"}


def load_dispositions(text: str) -> tuple[Disposition, ...]:
    """Read the dispositions. Those that count as not known may not be chosen."""
    rows = read_toml(text, "disposition", name=FILE.name)
    dispositions = read_rows(rows, _disposition, key=lambda row: row.code)
    for row in dispositions:
        if row.may_choose and row.counts_as is CountsAs.NOT_KNOWN:
            raise BadDataFile(f"{FILE.name}: {row.code} would lose sight of a case")
    return dispositions


def load_limits(text: str) -> dict[str, CaseLimit]:
    """Read the limits. Each must lie between the least and the most it may be."""
    rows = read_toml(text, "limit", name=LIMITS_FILE.name)
    limits = {row.code: row for row in read_rows(rows, _limit, key=lambda r: r.code)}
    if limits.keys() != LIMIT_CODES:
        raise BadDataFile(f"{LIMITS_FILE.name}: does not hold exactly the limits used")
    for row in limits.values():
        if not row.least <= row.number <= row.most:
            raise BadDataFile(f"{LIMITS_FILE.name}: {row.code} is out of its bounds")
    return limits


def load_compartments(text: str) -> dict[str, Compartment]:
    """Read the compartments: exactly those that the walls know."""
    rows = read_toml(text, "compartment", name=COMPARTMENTS_FILE.name)
    found = {r.code: r for r in read_rows(rows, _compartment, key=lambda r: r.code)}
    if found.keys() != COMPARTMENTS.keys():
        raise BadDataFile(f"{COMPARTMENTS_FILE.name}: not the walls' own compartments")
    return found


def load_repeats(text: str) -> dict[RepeatScope, RepeatWindow]:
    """Read over how long crimes are counted: each scope has its row."""
    rows = read_toml(text, "repeat", name=REPEATS_FILE.name)
    found = {row.code: row for row in read_rows(rows, _repeat, key=lambda r: r.code)}
    if found.keys() != set(RepeatScope):
        raise BadDataFile(f"{REPEATS_FILE.name}: a scope has no row")
    return found


def choices() -> tuple[Disposition, ...]:
    """The dispositions a worker may close a case with, in the order shown."""
    return tuple(row for row in DISPOSITIONS.values() if row.may_choose)


def _limit(row: Row) -> CaseLimit:
    return CaseLimit(
        code=row.text("code"),
        number=row.whole("number"),
        least=row.whole("least"),
        most=row.whole("most"),
        unit=row.text("unit"),
        label=row.text("label"),
        **row.provenance(),
    )


def _repeat(row: Row) -> RepeatWindow:
    return RepeatWindow(
        code=row.one_of("code", RepeatScope),
        days=row.whole("days"),
        least=row.whole("least"),
        label=row.text("label"),
        **row.provenance(),
    )


def _compartment(row: Row) -> Compartment:
    code = row.text("code")
    return Compartment(
        code=code,
        bit=COMPARTMENTS.get(code, 0),
        label=row.text("label"),
        meaning=row.text("meaning"),
        flags=row.names("flags"),
        below_age=row.whole_or_none("below_age"),
        by_hand=row.yes("by_hand"),
        **row.provenance(),
    )


def _disposition(row: Row) -> Disposition:
    return Disposition(
        code=row.text("code"),
        label=row.text("label"),
        meaning=row.text("meaning"),
        counts_as=row.one_of("counts_as", CountsAs),
        needs_reason=row.yes("needs_reason"),
        may_choose=row.yes("may_choose"),
        **row.provenance(),
    )


DISPOSITIONS = {
    row.code: row for row in load_dispositions(FILE.read_text(encoding="utf-8"))
}
LIMITS = load_limits(LIMITS_FILE.read_text(encoding="utf-8"))
COMPARTMENT_ROWS = load_compartments(COMPARTMENTS_FILE.read_text(encoding="utf-8"))
REPEATS = load_repeats(REPEATS_FILE.read_text(encoding="utf-8"))
