"""Reading the rows of a data file, field by field.

A data file is part of the program: a slip in one stops the service when it starts,
with a sentence that names the file, the row and the field.
"""

import csv
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypedDict, TypeVar

from alongside.foundation.lib.provenance import Confidence, Sourced

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)

E = TypeVar("E", bound=StrEnum)
S = TypeVar("S", bound=Sourced)


class BadDataFile(ValueError):
    """A data file that cannot be trusted: which file, which row, what is wrong."""


class Provenance(TypedDict):
    """The fields of `Sourced`, ready to be passed on."""

    source: str
    confidence: Confidence
    in_force_from: date
    in_force_until: date | None


@dataclass(slots=True)
class Row:
    """One row, taken apart by name. Every field must be taken exactly as it is meant.

    `values` come from TOML (typed) or CSV (text; y or n for yes or no).
    """

    where: str
    values: Mapping[str, Any]
    taken: set[str] = field(default_factory=set)

    def wrong(self, key: str, what: str) -> BadDataFile:
        """The error to raise about one field."""
        return BadDataFile(f"{self.where}: {key} {what}")

    def text(self, key: str, default: str | None = None) -> str:
        """Words. Required, and not blank, unless there is a default."""
        value = self._take(key)
        if value is None or value == "":
            if default is None:
                raise self.wrong(key, "is missing")
            return default
        if not isinstance(value, str) or value != value.strip():
            raise self.wrong(key, "must be text without spaces around it")
        return value

    def whole(self, key: str) -> int:
        """A whole number, not negative."""
        number = self.whole_or_none(key)
        if number is None:
            raise self.wrong(key, "is missing")
        return number

    def whole_or_none(self, key: str) -> int | None:
        """A whole number, not negative, or nothing."""
        value = self._take(key)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not str(value).isdecimal():
            raise self.wrong(key, "must be a whole number")
        return int(value)

    def number(self, key: str) -> float:
        """A number, whole or not, of either sign."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(key, "must be a number")
        return float(value)

    def yes(self, key: str) -> bool:
        """Yes or no, said outright."""
        value = self._take(key)
        if value in (True, "y"):
            return True
        if value in (False, "n"):
            return False
        raise self.wrong(key, "must say yes or no")

    def day(self, key: str) -> date:
        """A date within living reach."""
        day = self.day_or_none(key)
        if day is None:
            raise self.wrong(key, "is missing")
        return day

    def day_or_none(self, key: str) -> date | None:
        """A date within living reach, or nothing."""
        value = self._take(key)
        if value is None or value == "":
            return None
        try:
            day = value if type(value) is date else date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(key, "must be a date") from None
        if not EARLIEST <= day <= LATEST:
            raise self.wrong(key, "is too far away to be true")
        return day

    def one_of(self, key: str, choices: type[E]) -> E:
        """One of a closed list."""
        try:
            return choices(self.text(key))
        except ValueError as error:
            if isinstance(error, BadDataFile):
                raise
            names = ", ".join(choices)
            raise self.wrong(key, f"must be one of {names}") from None

    def names(self, key: str) -> frozenset[str]:
        """A set of names; empty when left out."""
        value = self._take(key)
        if value is None:
            return frozenset()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(key, "must be a list of words")
        if len(set(value)) != len(value):
            raise self.wrong(key, "says one thing twice")
        return frozenset(value)

    def table(self, key: str) -> Mapping[str, Any]:
        """A table inside the row; empty when left out."""
        value = self._take(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.wrong(key, "must be a table")
        return value

    def provenance(self) -> Provenance:
        """Source, confidence and the days between which the row holds."""
        start, until = self.day("in_force_from"), self.day_or_none("in_force_until")
        if until is not None and until <= start:
            raise self.wrong("in_force_until", "must be after in_force_from")
        return {
            "source": self.text("source"),
            "confidence": self.one_of("confidence", Confidence),
            "in_force_from": start,
            "in_force_until": until,
        }

    def finish(self) -> None:
        """Refuse a field nobody asked for: it is a spelling mistake."""
        unknown = sorted(self.values.keys() - self.taken)
        if unknown:
            raise self.wrong(unknown[0], "is not a field of this table")

    def _take(self, key: str) -> Any:
        self.taken.add(key)
        return self.values.get(key)


def read_toml(text: str, table: str, *, name: str) -> Iterator[Row]:
    """The rows of one array of tables, over what `[defaults.<table>]` gives them all.

    Raises BadDataFile when the text is not TOML or holds no such rows.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadDataFile(f"{name}: {error}") from error
    rows = document.get(table)
    if not rows:
        raise BadDataFile(f"{name}: holds no [[{table}]]")
    defaults = document.get("defaults", {}).get(table, {})
    for number, values in enumerate(rows, start=1):
        yield Row(f"{name}, {table} {number}", {**defaults, **values})


def read_csv(text: str, *, name: str) -> Iterator[Row]:
    """The rows of a comma separated file with a header."""
    for number, values in enumerate(csv.DictReader(text.splitlines()), start=2):
        if None in values or None in values.values():
            raise BadDataFile(f"{name}, line {number}: has the wrong number of fields")
        yield Row(f"{name}, line {number}", values)


def read_rows(
    rows: Iterable[Row], make: Callable[[Row], S], *, key: Callable[[S], object]
) -> tuple[S, ...]:
    """Make something of every row, and see that no two hold under one key at once."""
    made: list[S] = []
    for row in rows:
        made.append(make(row))
        row.finish()
    _refuse_overlaps(made, key)
    return tuple(made)


def _refuse_overlaps(rows: list[S], key: Callable[[S], object]) -> None:
    versions: dict[object, list[S]] = {}
    for row in rows:
        versions.setdefault(key(row), []).append(row)
    for name, same in versions.items():
        same.sort(key=lambda row: row.in_force_from)
        for earlier, later in pairwise(same):
            until = earlier.in_force_until
            if until is None or later.in_force_from < until:
                raise BadDataFile(f"{name} has two rows in force on one day")
