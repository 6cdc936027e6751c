"""Who is told when a promise passes its day, as rows of data."""

from datetime import date

from alongside.care.journey.tables.files import read_data
from alongside.care.journey.types.escalation import Rung, Told
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = "escalation.toml"


def load_rungs(text: str) -> tuple[Rung, ...]:
    """Read the rungs, first to last. Each comes no sooner than the one before."""
    rows = read_toml(text, "rung", name=FILE)
    rungs = read_rows(rows, _rung, key=lambda rung: rung.code)
    for days in ([r.standard for r in rungs], [r.enhanced for r in rungs]):
        if days != sorted(days):
            raise BadDataFile(f"{FILE}: a rung comes before the one above it")
    return rungs


def rungs_on(day: date) -> tuple[Rung, ...]:
    """The rungs in force on a day, first to last."""
    return tuple(rung for rung in RUNGS if rung.holds_on(day))


def _rung(row: Row) -> Rung:
    standard, enhanced = row.whole("standard"), row.whole("enhanced")
    until_days = row.whole("until_days")
    if not 0 < enhanced <= standard <= until_days:
        raise row.wrong("standard", "must lie between enhanced and until_days")
    return Rung(
        code=row.text("code"),
        to=row.one_of("to", Told),
        label=row.text("label"),
        standard=standard,
        enhanced=enhanced,
        until_days=until_days,
        **row.provenance(),
    )


RUNGS = load_rungs(read_data(FILE))
RUNG_LABELS = {rung.code: rung.label for rung in RUNGS}
