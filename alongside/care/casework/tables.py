"""How a case may end: `data/dispositions.toml`, checked when the service starts."""

from pathlib import Path

from alongside.care.casework.types import CountsAs, Disposition
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = Path(__file__).parent / "data" / "dispositions.toml"


def load_dispositions(text: str) -> tuple[Disposition, ...]:
    """Read the dispositions. Those that count as not known may not be chosen."""
    rows = read_toml(text, "disposition", name=FILE.name)
    dispositions = read_rows(rows, _disposition, key=lambda row: row.code)
    for row in dispositions:
        if row.may_choose and row.counts_as is CountsAs.NOT_KNOWN:
            raise BadDataFile(f"{FILE.name}: {row.code} would lose sight of a case")
    return dispositions


def choices() -> tuple[Disposition, ...]:
    """The dispositions a worker may close a case with, in the order shown."""
    return tuple(row for row in DISPOSITIONS.values() if row.may_choose)


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
