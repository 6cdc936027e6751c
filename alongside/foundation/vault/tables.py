"""The kinds of protected details and the reasons for opening one, as rows of data."""

from pathlib import Path

from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.vault.types import (
    DetailKind,
    IndexedField,
    KindRow,
    OpenReason,
)

FILE = Path(__file__).parent / "data" / "details.toml"


def load_kinds(text: str) -> dict[DetailKind, KindRow]:
    """Read the kinds, in the order in which a form offers them: exactly all."""
    rows = read_rows(
        read_toml(text, "kind", name=FILE.name), _kind, key=lambda row: row.kind
    )
    kinds = {row.kind: row for row in rows}
    if kinds.keys() != set(DetailKind):
        raise BadDataFile(f"{FILE.name}: does not hold exactly the kinds there are")
    return kinds


def load_reasons(text: str) -> dict[str, OpenReason]:
    """Read the reasons, in the order in which a form offers them."""
    rows = read_rows(
        read_toml(text, "reason", name=FILE.name), _reason, key=lambda row: row.code
    )
    return {row.code: row for row in rows}


def _kind(row: Row) -> KindRow:
    found_by = row.text("found_by", "")
    if found_by and found_by not in set(IndexedField):
        raise row.wrong("found_by", "is not a field that details are found by")
    return KindRow(
        kind=row.one_of("kind", DetailKind),
        label=row.text("label"),
        hint=row.text("hint"),
        held_words=row.text("held_words"),
        lines=row.whole("lines"),
        longest=row.whole("longest"),
        fresh_minutes=row.whole("fresh_minutes"),
        found_by=found_by,
        **row.provenance(),
    )


def _reason(row: Row) -> OpenReason:
    return OpenReason(
        code=row.text("code"), label=row.text("label"), **row.provenance()
    )


_TEXT = FILE.read_text(encoding="utf-8")
KINDS = load_kinds(_TEXT)
REASONS = load_reasons(_TEXT)
