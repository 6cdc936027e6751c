"""The header of a CSV file: the names of its columns."""

import csv
from collections import Counter

from alongside.care.intake.rules.examining import EXPECTED, FileRefused
from alongside.care.intake.tables import COLUMNS
from alongside.care.intake.types import DeliveryKind

NAMES = ("given_names", "surname")
# How the first line of other text files begins, or is parted.
BEGINNINGS = {"<": "a web page or XML", "[": "a JSON list, not JSON Lines"}
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


def read_header(line: str, kind: DeliveryKind) -> tuple[str, ...]:
    """The columns of the file in its own order, in lower case.

    Raises FileRefused when the line is no header, lacks a column that every row
    needs, or names one of the format's columns twice.
    """
    for beginning, other in BEGINNINGS.items():
        if line.lstrip().startswith(beginning):
            raise FileRefused(f"The file is {other}. {EXPECTED}")
    try:
        (names,) = csv.reader([line], strict=True)
    except (csv.Error, ValueError):
        raise FileRefused(f"The first line is not a CSV header. {EXPECTED}") from None
    if len(names) == 1:
        other = next((SEPARATORS[mark] for mark in SEPARATORS if mark in line), "")
        hint = f": its first line is parted by {other}, not commas" if other else ""
        raise FileRefused(f"The file is not CSV{hint}. {EXPECTED}")
    header = tuple(name.strip().lower() for name in names)
    _refuse_unfit(header, kind)
    return header


def _refuse_unfit(header: tuple[str, ...], kind: DeliveryKind) -> None:
    known = {column.name for column in COLUMNS[kind]}
    # Only names of the format are repeated: without a header, these are a person's.
    twice = [n for n, times in Counter(header).items() if times > 1 and n in known]
    if twice:
        raise FileRefused(f"The header names a column twice: {', '.join(twice)}")
    missing = _missing(header, kind)
    if not missing:
        return
    for other in DeliveryKind:
        if other is not kind and not _missing(header, other):
            raise FileRefused(f"This is a file of {other}, not of {kind}")
    raise FileRefused(f"The header lacks columns: {', '.join(missing)}")


def _missing(header: tuple[str, ...], kind: DeliveryKind) -> list[str]:
    missing = [c.name for c in COLUMNS[kind] if c.required and c.name not in header]
    if kind is DeliveryKind.REFERRALS and not set(NAMES) & set(header):
        missing.append(" or ".join(NAMES))
    return missing
