"""Which assessments fit what happened, as rows of data."""

from pathlib import Path

from alongside.care.assessment.types.filled import Fit
from alongside.care.instruments.tables import INSTRUMENTS
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.reference.tables import FLAGS

FILE = Path(__file__).parents[1] / "data" / "fitting.toml"


def load_fits(text: str) -> tuple[Fit, ...]:
    """Read what fits what, in its order. An instrument or flag nobody knows, and a row
    that fits nothing, are refused."""
    rows = read_toml(text, "fit", name=FILE.name)
    found = read_rows(rows, _fit, key=lambda row: row.instrument)
    codes = {code for code, _ in INSTRUMENTS}
    for row in found:
        known = row.instrument in codes and row.flags <= FLAGS.keys()
        if not known or not (row.flags or row.roles or row.everybody):
            raise BadDataFile(f"{FILE.name}: {row.instrument} fits nothing we know")
    return found


def _fit(row: Row) -> Fit:
    return Fit(
        instrument=row.text("instrument"),
        flags=row.names("flags"),
        roles=row.names("roles"),
        everybody=row.yes("everybody"),
        **row.provenance(),
    )


FITS = load_fits(FILE.read_text(encoding="utf-8"))
