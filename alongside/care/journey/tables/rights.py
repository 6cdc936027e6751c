"""The rights of the Code, in their order."""

from alongside.care.journey.tables.deadlines import RULES
from alongside.care.journey.tables.files import read_data
from alongside.care.journey.types.rights import CodeRight
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = "code_rights.toml"


def load_code_rights(text: str) -> dict[int, CodeRight]:
    """Read the rights. Every right that a limit names must be there."""
    rows = read_toml(text, "right", name=FILE)
    found = read_rows(rows, _right, key=lambda row: str(row.number))
    rights = {row.number: row for row in found}
    if not {rule.right for rule in RULES} <= rights.keys():
        raise BadDataFile(f"{FILE}: a limit names a right that has no row")
    return rights


def _right(row: Row) -> CodeRight:
    return CodeRight(
        number=row.whole("number"), label=row.text("label"), **row.provenance()
    )


CODE_RIGHTS = load_code_rights(read_data(FILE))
