"""The numbers of learning, as rows of data checked at the start."""

from pathlib import Path
from typing import NamedTuple

from alongside.care.matching.types import MatchLimit
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = Path(__file__).parent / "data" / "learning.toml"


class Learning(NamedTuple):
    """When weights may be learnt from records; the meanings are in the data."""

    records: float
    filled: float
    pairs: float
    blockings: float
    sample: float
    pinch: float
    found_by_sure: float
    least_left: float
    small: float
    loose_records: float
    loose_pairs: float
    living_together: float
    home_told: float
    link_alone: float
    young_year: float
    other_name: float
    other_born: float
    frequent: float
    settle: float
    wrong_more: float
    found_less: float


def load_learning(text: str) -> dict[str, MatchLimit]:
    """Read the numbers: exactly those that are used."""
    rows = read_toml(text, "limit", name=FILE.name)
    limits = {row.code: row for row in read_rows(rows, _limit, key=lambda r: r.code)}
    if limits.keys() != set(Learning._fields):
        raise BadDataFile(f"{FILE.name}: does not hold exactly the limits used")
    return limits


def _limit(row: Row) -> MatchLimit:
    return MatchLimit(
        code=row.text("code"),
        number=row.number("number"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


LEARNING_ROWS = load_learning(FILE.read_text(encoding="utf-8"))
LEARNING = Learning(**{code: row.number for code, row in LEARNING_ROWS.items()})
