"""When agreements are chased, as rows of data."""

from pathlib import Path

from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.organisations.types import ChaseKind, ChaseStage

FILE = Path(__file__).parent / "data" / "chases.toml"


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
