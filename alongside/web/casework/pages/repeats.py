"""How often somebody, their address and household were hit of late, in words."""

from collections.abc import Iterator, Sequence

from alongside.care.casework.types import Repeat, RepeatScope
from alongside.web.words import say_count

YEAR = 365
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
TEENS = range(11, 14)


def lately(found: Sequence[Repeat]) -> Iterator[str]:
    """That it is not the first time for the person: "3rd time in 12 months"."""
    for one in found:
        if one.scope is RepeatScope.PERSON:
            yield f"{_ordinal(one.crimes)} time in {_span(one.days)}"


def around(found: Sequence[Repeat]) -> Iterator[str]:
    """The same of their address and household: "4 crimes against people at …"."""
    for one in found:
        if one.scope is not RepeatScope.PERSON:
            yield f"{one.crimes:,} {one.label} in {_span(one.days)}"


def every(found: Sequence[Repeat]) -> Iterator[str]:
    """Both, the person first."""
    yield from lately(found)
    yield from around(found)


def _ordinal(number: int) -> str:
    teen = number % 100 in TEENS
    return f"{number}{'th' if teen else ENDINGS.get(number % 10, 'th')}"


def _span(days: int) -> str:
    return "12 months" if days == YEAR else say_count(days, "day")
