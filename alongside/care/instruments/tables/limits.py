"""How much an instrument and its answers may hold, as rows of data."""

from pathlib import Path

from alongside.care.instruments.types import InstrumentLimit
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

DATA = Path(__file__).parents[1] / "data"
LIMITS_FILE = DATA / "limits.toml"
USED = frozenset(
    {"document_length", "questions", "options", "scale_steps", "text_length"}
)


def load_limits(text: str) -> dict[str, InstrumentLimit]:
    """Read the limits: exactly those that are used."""
    rows = read_toml(text, "limit", name=LIMITS_FILE.name)
    limits = {row.code: row for row in read_rows(rows, _limit, key=lambda r: r.code)}
    if limits.keys() != USED:
        raise BadDataFile(f"{LIMITS_FILE.name}: does not hold exactly the limits used")
    return limits


def _limit(row: Row) -> InstrumentLimit:
    return InstrumentLimit(
        code=row.text("code"),
        number=row.whole("number"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


LIMITS = load_limits(LIMITS_FILE.read_text(encoding="utf-8"))
