"""The eight categories of need: what is asked about, and what goals are sorted by."""

from collections.abc import Set

from alongside.care.instruments.types import Need
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

NAME = "needs.toml"
NEED_CODES = {f"N{number}" for number in range(1, 9)}


def load_needs(text: str, *, asked: Set[str]) -> dict[str, Need]:
    """Read the categories of need; `asked` are the questions that ask about them.

    Raises:
        BadDataFile: it does not hold exactly the eight, nothing asks about one of
            them, or a question asks about two or is not asked.
    """
    rows = read_rows(
        read_toml(text, "need", name=NAME), _need, key=lambda row: row.code
    )
    if {row.code for row in rows} != NEED_CODES:
        raise BadDataFile(f"{NAME}: does not hold exactly the eight needs")
    named = [question for row in rows for question in row.questions]
    if not all(row.questions for row in rows) or len(set(named)) < len(named):
        raise BadDataFile(f"{NAME}: a need has no question, or shares one")
    if not asked >= set(named):
        raise BadDataFile(f"{NAME}: names a question that is not asked")
    return {row.code: row for row in rows}


def _need(row: Row) -> Need:
    return Need(
        code=row.text("code"),
        label=row.text("label"),
        plain=row.text("plain"),
        questions=row.names("questions"),
        **row.provenance(),
    )
