"""Rows of data: why people are opened, and when looking is unusual."""

from pathlib import Path

from alongside.care.people.types import LookingLimit, LookPurpose, RelationKind
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

PURPOSES_FILE = Path(__file__).parent / "data" / "purposes.toml"
LOOKING_FILE = PURPOSES_FILE.with_name("looking.toml")
RELATIONS_FILE = PURPOSES_FILE.with_name("relations.toml")
LIMITS = frozenset(
    {"days", "many_lookers", "many_people", "reason_minutes", "names_shown"}
)


def load_purposes(text: str) -> dict[str, LookPurpose]:
    """Read why a person may be opened, by code."""
    rows = read_toml(text, "purpose", name=PURPOSES_FILE.name)
    found = read_rows(rows, _purpose, key=lambda row: row.code)
    return {row.code: row for row in found}


def load_looking(text: str) -> dict[str, LookingLimit]:
    """Read the limits of unusual looking: each has its row, and no other is there."""
    rows = read_toml(text, "looking", name=LOOKING_FILE.name)
    found = read_rows(rows, _limit, key=lambda row: row.code)
    if {row.code for row in found} != LIMITS:
        raise BadDataFile(f"{LOOKING_FILE.name}: a limit is missing, or unknown")
    return {row.code: row for row in found}


def load_relations(text: str) -> dict[str, RelationKind]:
    """Read what people can be to one another, by code, in the order shown."""
    rows = read_toml(text, "relation", name=RELATIONS_FILE.name)
    found = read_rows(rows, _relation, key=lambda row: row.code)
    return {row.code: row for row in found}


def _relation(row: Row) -> RelationKind:
    return RelationKind(
        code=row.text("code"),
        label=row.text("label"),
        back=row.text("back"),
        may_speak=row.yes("may_speak"),
        **row.provenance(),
    )


def _purpose(row: Row) -> LookPurpose:
    return LookPurpose(
        code=row.text("code"),
        label=row.text("label"),
        plain=row.text("plain"),
        may_choose=row.yes("may_choose"),
        needs_words=row.yes("needs_words"),
        **row.provenance(),
    )


def _limit(row: Row) -> LookingLimit:
    return LookingLimit(
        code=row.text("code"),
        number=row.whole("number"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


PURPOSES = load_purposes(PURPOSES_FILE.read_text(encoding="utf-8"))
LOOKING = load_looking(LOOKING_FILE.read_text(encoding="utf-8"))
RELATIONS = load_relations(RELATIONS_FILE.read_text(encoding="utf-8"))
