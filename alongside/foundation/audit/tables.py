"""Numbers that the upkeep of the trail goes by, as rows of data."""

from pathlib import Path

from alongside.foundation.audit.types import TrailLimit
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = Path(__file__).parent / "data" / "limits.toml"
LIMIT_CODES = {"unsealed_minutes"}


def load_limits(text: str) -> dict[str, TrailLimit]:
    """Read the limits: exactly those that are used."""
    rows = read_toml(text, "limit", name=FILE.name)
    limits = {row.code: row for row in read_rows(rows, _limit, key=lambda r: r.code)}
    if limits.keys() != LIMIT_CODES:
        raise BadDataFile(f"{FILE.name}: does not hold exactly the limits used")
    return limits


def _limit(row: Row) -> TrailLimit:
    return TrailLimit(
        code=row.text("code"),
        number=row.whole("number"),
        unit=row.text("unit"),
        label=row.text("label"),
        **row.provenance(),
    )


LIMITS = load_limits(FILE.read_text(encoding="utf-8"))
