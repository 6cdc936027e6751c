"""What an area may make of an instrument that is shipped."""

import re
from collections.abc import Iterator
from datetime import date

from alongside.care.instruments.types import (
    FIRST_OWN,
    Counting,
    Instrument,
    Problem,
    Question,
)

VERSION_LINE = re.compile(r"^version\s*=\s*\d+[ \t]*$", re.MULTILINE)


def number_anew(text: str, version: int) -> str:
    """The text with another number of its version; as it is where it says none."""
    return VERSION_LINE.sub(f"version = {version}", text, count=1)


def own_number(version: int) -> int:
    """How an area counts its own versions: from 1."""
    return version - FIRST_OWN + 1


def check_kept(
    instrument: Instrument,
    *,
    code: str,
    version: int,
    shipped: Instrument | None,
    today: date,
) -> tuple[Problem, ...]:
    """What keeps a version from use that is well in itself: it says another name than
    it is kept under, begins later, or can no longer be compared."""
    early = (
        (Problem("", "in_force must be today or earlier"),)
        if instrument.in_force > today
        else ()
    )
    return (
        *check_named(instrument, code=code, version=version),
        *early,
        *check_comparable(instrument, shipped),
    )


def check_named(
    instrument: Instrument, *, code: str, version: int
) -> Iterator[Problem]:
    """That the text says what it is kept as."""
    if instrument.code != code:
        yield Problem("", f"code must stay {code}")
    if instrument.version != version:
        yield Problem("", f"version must be {version}")


def check_comparable(own: Instrument, shipped: Instrument | None) -> Iterator[Problem]:
    """That numbers stay comparable with those of others and of before.

    What is followed over time question by question must go on being asked, in the
    same kind and between the same ends. Everything else is the area's own affair.
    """
    if shipped is None:
        return
    mine = {one.code: one for one in own.questions()}
    theirs = {one.code: one for one in shipped.questions()}
    for score in shipped.scores:
        if score.counting is not Counting.EACH:
            continue
        for code in score.questions:
            if not _alike(mine.get(code), theirs[code]):
                yield Problem(
                    f"question {code}",
                    "is followed over time and compared with others: keep it, its"
                    " kind, its least and its most. Its words may be yours",
                    code,
                )


def _alike(mine: Question | None, theirs: Question) -> bool:
    if mine is None:
        return False
    return (mine.kind, mine.least, mine.most) == (
        theirs.kind,
        theirs.least,
        theirs.most,
    )
