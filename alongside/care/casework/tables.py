"""How a case may end, and limits on leaving one alone, as rows of data."""

from pathlib import Path

from alongside.care.casework.types import CaseLimit, CountsAs, Disposition
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = Path(__file__).parent / "data" / "dispositions.toml"
LIMITS_FILE = FILE.with_name("limits.toml")
LIMIT_CODES = {"quiet_days"}


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
