"""Whether enhanced support is owed, and on which grounds. No database, no clock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from alongside.care.assessment.types import (
    BasisKind,
    CrimeFacts,
    GroundFound,
    IndicatorBook,
)
from alongside.care.casework.types import Tier


def grounds_for(
    facts: CrimeFacts, books: Sequence[IndicatorBook]
) -> tuple[GroundFound, ...]:
    """Every ground that a referral raises, with what each rests on, A first.

    `books` are `tables.BOOKS`: the one in force on the day of the report counts.
    The age is that on the day of the offence; where that day is not known, the day
    of the report, on which nobody is younger.
    """
    book = _book_on(facts.reported_on, books)
    found = list(book.offences.get(facts.offence_code, ()))
    for flag in facts.flags:
        found += book.flags.get(flag, ())
    _add_answers(found, facts, book)
    if facts.date_of_birth is not None:
        day = facts.occurred_on or facts.reported_on
        age = age_on(day, facts.date_of_birth)
        found += (ground for years, ground in book.below if age < years)
    if len(found) < 2:
        return tuple(found)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.ground))


def grounds_in_history(
    counts: Mapping[str, int], *, reported_on: date, books: Sequence[IndicatorBook]
) -> tuple[GroundFound, ...]:
    """What other crimes known to us raise for one of them: `counts` are how many there
    were until it, by COUNTS. As `grounds_for` finds it as the crime arrives."""
    return tuple(
        ground
        for field, least, ground in _book_on(reported_on, books).at_least
        if ground.basis is BasisKind.HISTORY and counts.get(field, 0) >= least
    )


def tier_for(grounds: Collection[GroundFound]) -> Tier:
    """Any ground at all is enough for enhanced support."""
    return Tier.ENHANCED if grounds else Tier.STANDARD


def age_on(day: date, born: date) -> int:
    """Age in whole years. Someone born on 29 February ages on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _add_answers(
    found: list[GroundFound], facts: CrimeFacts, book: IndicatorBook
) -> None:
    for field, answers in book.fields:
        answer = getattr(facts, field)
        if answer:
            found += answers.get(answer, ())
    for field, least, ground in book.at_least:
        number = getattr(facts, field)
        if number is not None and number >= least:
            found.append(ground)


def _book_on(day: date, books: Sequence[IndicatorBook]) -> IndicatorBook:
    """The book of that day. A report older than every book is judged by the oldest:
    support is owed now, however long ago the crime."""
    return next((book for book in books if book.since <= day), books[-1])
