"""Reading a file of people, whatever it leaves out."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from alongside.foundation.lib.errors import DomainError

ID = "id"
FIELDS = (
    *("given_names", "surname", "date_of_birth", "gender", "postcode", "address"),
    *("phone", "email"),
)
# Some write files with another sign between the fields.
SIGNS = (",", ";", "\t", "|")
PIECE = 20_000

Fields = tuple[str, ...]


class BadFile(DomainError):
    """The file cannot be read as people; the sentence says why."""


def read_people(path: Path) -> Iterator[tuple[list[str], list[Fields]]]:
    """The file in pieces: ids, and for each the values of FIELDS as they stand.

    Columns may stand in any order and with any others between; a missing one is
    empty throughout.

    Raises:
        BadFile: it is empty, not UTF-8, has no id column, an id missing or twice, or a
            line with more fields than the first.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            yield from _pieces(source.readline(), source)
    except UnicodeDecodeError:
        raise BadFile(
            "The file is not in UTF-8: save it as CSV UTF-8 and try again"
        ) from None
    except csv.Error as error:
        raise BadFile(f"The file is not sound CSV: {error}") from None


def _pieces(
    first: str, source: Iterator[str]
) -> Iterator[tuple[list[str], list[Fields]]]:
    if not first.strip():
        raise BadFile("The file is empty: its first line must name the columns")
    sign = max(SIGNS, key=first.count)
    heads = _heads(next(csv.reader([first], delimiter=sign)))
    at = [heads.index(name) if name in heads else -1 for name in (ID, *FIELDS)]
    seen: set[str] = set()
    ids: list[str] = []
    rows: list[Fields] = []
    reader = csv.reader(source, delimiter=sign)
    for row in reader:
        if not row:
            continue
        name = _id(row, heads, at[0], line=reader.line_num + 1)
        if name in seen:
            raise BadFile(f"The id on line {reader.line_num + 1} was there before")
        seen.add(name)
        ids.append(name)
        rows.append(tuple(row[i] if 0 <= i < len(row) else "" for i in at[1:]))
        if len(ids) == PIECE:
            yield ids, rows
            ids, rows = [], []
    if ids:
        yield ids, rows


def _heads(names: Sequence[str]) -> list[str]:
    heads = [name.strip().lower() for name in names]
    if ID not in heads:
        raise BadFile("The file has no column called id")
    for name in (ID, *FIELDS):
        if heads.count(name) > 1:
            raise BadFile(f"The file has two columns called {name}")
    return heads


def _id(row: Sequence[str], heads: Sequence[str], at: int, *, line: int) -> str:
    if len(row) > len(heads):
        raise BadFile(f"Line {line} has more fields than the first line names")
    name = row[at].strip() if at < len(row) else ""
    if not name:
        raise BadFile(f"Line {line} has no id")
    return name
