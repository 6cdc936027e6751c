"""How an instrument is written, for whoever writes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from alongside.care.instruments.types import Holds
from alongside.web.instruments import say
from alongside.workflows.keep_instruments import ASKED

E = TypeVar("E", bound=StrEnum)
HOLDS: Mapping[Holds, str] = {
    Holds.IS: "The answer is the value. Of several, the value is among them",
    Holds.IS_NOT: "There is an answer, and it is not the value",
    Holds.ANY_OF: "The answer is one of the values. Of a grid, that of some row is",
    Holds.AT_LEAST: "The number is the value or more, or the day is that one or later",
    Holds.ANSWERED: "There is any answer. It takes no value",
}


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """Words that belong together, and what each means."""

    heading: str
    text: str = ""
    words: tuple[tuple[str, str], ...]


def _each(meanings: Mapping[E, str]) -> tuple[tuple[str, str], ...]:
    return tuple((word.value, meaning) for word, meaning in meanings.items())


MANUAL = (
    Chapter(
        heading="At the top",
        words=(
            ("code, version", "How the program knows it. They stay as they are"),
            ("title, purpose", "What workers read"),
            ("source, licence", "Where the wording comes from, and who may use it"),
            ("confidence", "How sure you are of it: " + ", ".join(say.CONFIDENCES)),
            ("in_force", "From which day it holds: today or earlier"),
            ("who", "Roles that may complete it. Left out: all who work on the case"),
            ("moments", "When it is completed: " + ", ".join(say.MOMENTS)),
            ("review_days", "Assess again after so many days"),
            ("from_age, below_age", "For whom, in whole years"),
            ("judgement", "true: a worker may raise the risk, never lower it"),
            ("[lists]", "Options that several questions share, by a name of their own"),
        ),
    ),
    Chapter(
        heading="Questions: kind",
        text="Every [[section]] has a code, a heading and its questions below. A"
        " question has a code, a kind and words; help and required = true if you like.",
        words=_each(say.KINDS),
    ),
    Chapter(
        heading="Questions: what goes with the kind",
        words=(
            (
                "options",
                "Of choice, many, grid: code, words, and score if it counts",
            ),
            ("exclusive", "Of an option of many: it is chosen alone"),
            ("rows", "Of a grid: what is asked about, each with code and words"),
            (
                "least, most",
                "The ends of a number or scale. Of a text: most characters",
            ),
            ("least_words, most_words", "What the ends of a scale mean"),
        ),
    ),
    Chapter(
        heading="Questions: show_if",
        text="It is shown only if all of these hold of questions before it. Each"
        " names a question, how it compares (holds), and a value.",
        words=_each(HOLDS),
    ),
    Chapter(
        heading="Scores: counting",
        text="Every [[score]] has a code, words, and the questions it counts.",
        words=_each(say.COUNTINGS),
    ),
    Chapter(
        heading="Scores: what goes with them",
        words=(
            ("counted", "Of count: the codes of the answers that count"),
            ("weights", "How many times a question counts, where not once"),
            ("better", "more or less: which of them is good for the person"),
            ("[[score.band]]", "What a total means, from at_least up to the next band"),
            ("up_to", "Of a band, if you like: its last total. It must meet the next"),
            ("risk", "Of a band: " + ", ".join(say.RISKS)),
            ("review_days", "Of a band: assess again after so many days"),
            ("asks", "Of a band, what is to be done: " + ", ".join(ASKED)),
        ),
    ),
)
