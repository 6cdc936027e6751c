"""From the bytes a force sends to rows, in memory that does not grow with the file."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from operator import itemgetter
from typing import BinaryIO

from alongside.care.intake.rules.csv_rows import read_records
from alongside.care.intake.rules.examining import Examined, FileRefused, examine
from alongside.care.intake.rules.header import read_header
from alongside.care.intake.rules.json_rows import TOO_LONG, read_objects
from alongside.care.intake.rules.lines import Lookahead, read_lines
from alongside.care.intake.tables import COLUMNS
from alongside.care.intake.types import DeliveryKind, RawRow, RowFault

# Line ends and tabs may stand in a note; nothing else that cannot be seen may.
# Halves of a surrogate pair can be written in JSON and stored nowhere.
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
HIDDEN_REASON = "holds a control character"
# Lines looked at to tell CSV from JSON Lines.
START = 20


@dataclass(frozen=True, slots=True)
class Extract:
    """A file that can be read row by row, as often as one likes.

    `examined.lines` tells roughly how many rows to expect. `header` is None for
    JSON Lines.
    """

    kind: DeliveryKind
    examined: Examined
    source: BinaryIO
    header: tuple[str, ...] | None

    def rows(self) -> Iterator[RawRow]:
        """The rows in file order, from the first. One reading at a time."""
        self.source.seek(0)
        lines = read_lines(self.source)
        names = tuple(column.name for column in COLUMNS[self.kind])
        if self.header is None:
            return _json_rows(lines, names)
        return _csv_rows(Lookahead(lines), names, self.header)


def open_extract(source: BinaryIO, *, kind: DeliveryKind, max_bytes: int) -> Extract:
    """Look over a whole file, CSV or JSON Lines, and make it ready to be read.

    `source` must be seekable and stays the caller's to close.

    Raises FileRefused, in one plain sentence, when the file cannot be taken: empty,
    over `max_bytes`, not UTF-8, not CSV, without the columns of the format, or with
    one of them twice.
    """
    examined = examine(source, max_bytes=max_bytes)
    written = (line for line in read_lines(source) if line.strip())
    first, *others = islice(written, START)
    if _is_object(first):
        return Extract(kind, examined, source, None)
    try:
        return Extract(kind, examined, source, read_header(first, kind))
    except FileRefused:
        # The first of many objects may be the one that is damaged.
        if sum(map(_is_object, others)) * 2 > len(others):
            return Extract(kind, examined, source, None)
        raise


def _is_object(line: str) -> bool:
    return line.lstrip().startswith("{")


def read_again(
    text: str, *, kind: DeliveryKind, header: tuple[str, ...] | None
) -> RawRow:
    """One row that was kept, read as it was in its file.

    `header` are the columns of that file; None where it was JSON Lines.
    """
    names = tuple(column.name for column in COLUMNS[kind])
    if header is None:
        return next(_json_rows(read_lines(BytesIO(_bytes(text))), names))
    heads = StringIO()
    csv.writer(heads).writerow(header)
    source = BytesIO(_bytes(heads.getvalue() + text))
    return next(_csv_rows(Lookahead(read_lines(source)), names, header))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")


def _csv_rows(
    lines: Lookahead, names: tuple[str, ...], header: tuple[str, ...]
) -> Iterator[RawRow]:
    width = len(header)
    places = {name: place for place, name in enumerate(header)}
    # A column that was not sent is read from one empty field past the end.
    pick = itemgetter(*(places.get(name, width) for name in names))
    next(line for line in lines if line.strip())
    for number, (text, fields) in enumerate(read_records(lines, width), start=1):
        if fields is None:
            yield RawRow(number, text, None, TOO_LONG)
        elif len(fields) != width:
            yield RawRow(number, text, None, _wrong_width(len(fields), width))
        else:
            fields.append("")
            yield _row(number, text, pick(fields), names)


def _wrong_width(found: int, width: int) -> RowFault:
    return RowFault("row", f"has {found} fields, the header has {width}")


def _json_rows(lines: Iterator[str], names: tuple[str, ...]) -> Iterator[RawRow]:
    for number, (text, found) in enumerate(read_objects(lines, names), start=1):
        if isinstance(found, RowFault):
            yield RawRow(number, text, None, found)
        else:
            yield _row(number, text, tuple(found), names)


def _row(
    number: int, text: str, values: tuple[str, ...], names: tuple[str, ...]
) -> RawRow:
    if not "".join(values).isprintable():
        for name, value in zip(names, values, strict=True):
            if HIDDEN.search(value):
                return RawRow(number, text, None, RowFault(name, HIDDEN_REASON))
    return RawRow(number, text, values, None)
