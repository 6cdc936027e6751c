"""In which form somebody wants to be written to, by what they said at any time."""

import re
from collections.abc import Iterable, Mapping

from alongside.care.telling.types import FormRow, Kind, Suits

# Written by hand, in a source's own field: "EASY READ please", "easy-read".
EASY = re.compile(r"\beasy[\s-]?read\b", re.IGNORECASE)
IN_WORDS = "They said what makes it easier for them."
INTERPRETER = "They asked for an interpreter."


def suits(
    rows: Iterable[FormRow],
    answers: Mapping[str, object],
    *,
    adjustments: str,
    interpreter: bool,
) -> Suits:
    """What somebody said of how they read, and what follows from it.

    `answers` are those of the newest assessment of their needs; `adjustments` is what
    a source or a worker wrote down in words, of which only “easy read” is understood
    by itself. `interpreter`: a source or a worker wrote down that they need one.
    """
    said = [row for row in rows if row.answer in _given(answers.get(row.question))]
    easy = any(row.kind is Kind.EASY_READ for row in said)
    words = adjustments.strip()
    by_hand = next((row.by_hand for row in said if row.by_hand), "")
    in_words = INTERPRETER if interpreter else IN_WORDS if words else ""
    return Suits(
        kind=Kind.EASY_READ if easy or EASY.search(words) else Kind.STANDARD,
        said=tuple(row.label for row in said) + ((words,) if words else ()),
        by_hand=by_hand or in_words,
    )


def _given(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value})
    return (
        frozenset(map(str, value)) if isinstance(value, list | tuple) else frozenset()
    )
