"""When agreements are chased and how the calendar is kept, as rows of data."""

from pathlib import Path

from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.organisations.types import (
    CalendarLimit,
    ChaseKind,
    ChaseStage,
)

DATA = Path(__file__).parent / "data"
FILE = DATA / "chases.toml"
CALENDAR_FILE = DATA / "calendar.toml"
CALENDAR_CODES = frozenset(
    {"longest_range", "furthest_ahead", "renewal_soon", "renewal_late", "words"}
)


def load_chases(text: str) -> tuple[ChaseStage, ...]:
    """Read the stages, the earliest first. Each kind needs at least one."""
    rows = read_toml(text, "chase", name=FILE.name)
    stages = read_rows(rows, _chase, key=lambda row: row.code)
    if {stage.kind for stage in stages} != set(ChaseKind):
        raise BadDataFile(f"{FILE.name}: an end or a review would never be chased")
    return tuple(sorted(stages, key=lambda row: (row.kind, -row.days_before)))


def _chase(row: Row) -> ChaseStage:
    return ChaseStage(
        code=row.text("code"),
        kind=row.one_of("kind", ChaseKind),
        days_before=row.whole("days_before"),
        **row.provenance(),
    )


CHASES = load_chases(FILE.read_text(encoding="utf-8"))


def load_calendar_limits(text: str) -> dict[str, int]:
    """Read the limits of keeping the calendar: exactly those that are used."""
    rows = read_toml(text, "limit", name=CALENDAR_FILE.name)
    found = read_rows(rows, _calendar_limit, key=lambda row: row.code)
    limits = {row.code: row.number for row in found}
    if limits.keys() != CALENDAR_CODES:
        raise BadDataFile(f"{CALENDAR_FILE.name}: does not hold exactly those used")
    return limits


def _calendar_limit(row: Row) -> CalendarLimit:
    return CalendarLimit(
        code=row.text("code"),
        number=row.whole("number"),
        label=row.text("label"),
        **row.provenance(),
    )


CALENDAR_LIMITS = load_calendar_limits(CALENDAR_FILE.read_text(encoding="utf-8"))
