"""Telling apart what somebody typed to find a person. No database, no clock."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from alongside.care.people.types import SearchTerms
from alongside.foundation.lib.emails import read_email
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.lib.postcodes import read_postcode

T = TypeVar("T")

LONGEST = 200
MONTHS: tuple[str, ...] = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)

EMAIL = re.compile(r"\S+@\S+")
YEAR_FIRST = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", re.ASCII)
DAY_FIRST = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", re.ASCII)
IN_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ -]+({'|'.join(MONTHS)})[a-z]*[ -,]+(\d{{4}})\b",
    re.ASCII | re.IGNORECASE,
)
CASE = re.compile(r"\b([0-9a-f]{4})-([0-9a-f]{4})\b(?!-)", re.ASCII | re.IGNORECASE)
PHONE = re.compile(r"(?<!\S)(?:\+|0)[\d ()\-.]{7,}\d(?!\S)", re.ASCII)
POSTCODE = re.compile(
    r"(?<!\S)[a-z]{1,2}\d[a-z\d]?(?: *\d[a-z]{2}| \d)?(?!\S)", re.ASCII | re.IGNORECASE
)
HAS_DIGIT = re.compile(r"\d")
HAS_LETTER = re.compile(r"[^\W\d_]")


def read_terms(text: str) -> SearchTerms:
    """What was typed, as terms: whatever looks like a kind of term is that kind.

    What has digits and is none of the others is taken for a police reference. A date
    is read day first, as it is said here. Only the first 200 characters count.
    """
    left = "".join(c if c.isprintable() else " " for c in text[:LONGEST])
    left, emails = _take(left, EMAIL, lambda found: read_email(found[0]))
    left, born = _take(left, YEAR_FIRST, lambda f: _day(f[1], f[2], f[3]))
    left, more = _take(left, DAY_FIRST, lambda f: _day(f[3], f[2], f[1]))
    left, named = _take(left, IN_WORDS, lambda f: _day(f[3], _month(f[2]), f[1]))
    left, cases = _take(left, CASE, lambda found: found[1].lower() + found[2].lower())
    left, phones = _take(left, PHONE, lambda found: read_phone(found[0]))
    left, places = _take(left, POSTCODE, _place)
    words = left.split()
    references = [word for word in words if HAS_DIGIT.search(word)]
    names = [w for w in words if HAS_LETTER.search(w) and not HAS_DIGIT.search(w)]
    days = [*born, *more, *named]
    return SearchTerms(
        names=" ".join(names),
        born=days[0] if days else None,
        points=(*phones, *emails),
        postcode=places[0] if places else "",
        crime_refs=tuple(_written(references[0])) if references else (),
        reference=cases[0] if cases else "",
        in_part=any(len(kind) > 1 for kind in (days, cases, places, references)),
    )


def _take(
    text: str, shape: re.Pattern[str], read: Callable[[re.Match[str]], T | None]
) -> tuple[str, list[T]]:
    """The text without what could be read in this shape, and what that was."""
    found: list[T] = []

    def cut(match: re.Match[str]) -> str:
        value = read(match)
        if value is None:
            return match[0]
        found.append(value)
        return " "

    return shape.sub(cut, text), found


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _place(found: re.Match[str]) -> str | None:
    postcode = read_postcode(found[0])
    return postcode.text if postcode else None


def _written(reference: str) -> Iterator[str]:
    """The ways a force may have written a reference that was typed."""
    yield from dict.fromkeys((reference, reference.upper(), reference.lower()))
