"""How a file writes what it knows, seen from its first records.

Elsewhere the month comes before the day, a year has two digits, of people of the past
only a year is known, and a whole name stands in one column. A file is written in one
way throughout, so its records say together what one alone does not.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from alongside.workflows.linking_in_bulk.reading import FIELDS, Fields
from alongside.workflows.linking_in_bulk.tables import LEARNING

GIVEN, SURNAME, BORN = (
    FIELDS.index(name) for name in ("given_names", "surname", "date_of_birth")
)
MONTHS = 12
CENTURY, THIS_CENTURY, LAST_CENTURY = 100, 2000, 1900
NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
# A year, whatever is said of how sure it is, or noughts for its month and day.
YEAR = re.compile(
    r"(?:(?:c|ca|circa|abt|about|around|approx|est|bef|before|aft|after)[. ]*)?"
    r"(\d{4})(?:[-/. ]\d{2}(?:[-/. ]00)?|0000| *\?)?",
    re.ASCII,
)


class Habits(NamedTuple):
    """How the dates and the names of a file are written."""

    month_first: bool
    whole_names: bool

    def read(self, row: Fields) -> Fields:
        """The record as this service writes it."""
        found = list(row)
        found[BORN] = read_born(row[BORN], month_first=self.month_first)
        if self.whole_names:
            found[GIVEN], found[SURNAME] = part_name(row[GIVEN] or row[SURNAME])
        return tuple(found)


def find_habits(rows: Sequence[Fields]) -> Habits:
    """How these records are written."""
    dates = [found for row in rows if (found := NUMBERS.fullmatch(row[BORN].strip()))]
    first = sum(int(date[1]) > MONTHS for date in dates)
    second = sum(int(date[2]) > MONTHS for date in dates)
    return Habits(second > first, _are_whole(rows))


def _are_whole(rows: Sequence[Fields]) -> bool:
    """Whether nearly every name stands in one of the two columns, in several words."""
    few = len(rows) * LEARNING.filled
    given = [row[GIVEN] for row in rows if row[GIVEN].strip()]
    surnames = [row[SURNAME] for row in rows if row[SURNAME].strip()]
    if min(len(given), len(surnames)) > few:
        return False
    names = given or surnames
    return sum(len(name.split()) > 1 for name in names) * 2 > len(names)


def read_born(text: str, *, month_first: bool) -> str:
    """A date as this service writes it; as it stands where it is no such date."""
    text = text.strip()
    if found := NUMBERS.fullmatch(text):
        day, month = found[1], found[2]
        if month_first:
            day, month = month, day
        year = f"{_in_full(int(found[3])):04}"
        known = int(day) and int(month)
        return f"{year}-{int(month):02}-{int(day):02}" if known else year
    rough = YEAR.fullmatch(text.lower())
    return rough[1] if rough else text


def _in_full(year: int) -> int:
    if year >= CENTURY:
        return year
    return year + (THIS_CENTURY if year <= LEARNING.young_year else LAST_CENTURY)


def part_name(whole: str) -> tuple[str, str]:
    """Given names and surname of a whole name: "Ann Lee", or "Lee, Ann"."""
    surname, comma, given = whole.partition(",")
    if comma:
        return given.strip(), surname.strip()
    given, _, surname = whole.strip().rpartition(" ")
    return given, surname
