"""Words for instruments: what is asked, when, and how the answers count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from alongside.foundation.lib.provenance import Confidence


class QuestionKind(StrEnum):
    """What an answer looks like.

    Stored as: CHOICE a code; MANY a list of codes; NUMBER a number; DATE "YYYY-MM-DD";
    TEXT text; SCALE a whole number; GRID a mapping from the code of a row to the code
    of an option.
    """

    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    SCALE = "scale"
    GRID = "grid"


class Holds(StrEnum):
    """How a condition compares."""

    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    AT_LEAST = "at_least"
    ANSWERED = "answered"


class Counting(StrEnum):
    """How a score comes of answers.

    COUNT: how many of the questions got one of `counted`; SUM: the sum of the scores
    of the options chosen and of the numbers given, by weight; HIGHEST: the largest of
    them; EACH: no total, every question's number by itself (distance travelled).
    """

    COUNT = "count"
    SUM = "sum"
    HIGHEST = "highest"
    EACH = "each"


class Risk(StrEnum):
    """How much a band weighs. In order: NONE is the least."""

    NONE = "none"
    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"


class Moment(StrEnum):
    """When in the support of a person an instrument is completed."""

    FIRST = "first"
    REVIEW = "review"
    EXIT = "exit"
    ANY = "any"


# The answers of one assessment: by the code of the question, as QuestionKind says.
Answers = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """Show a question only if an earlier one was answered so."""

    question: str
    holds: Holds
    value: Any = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One of the answers to choose from. `exclusive`: it excludes the others."""

    code: str
    words: str
    score: int = 0
    exclusive: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One thing that is asked. Shown if every one of `show_if` holds.

    `rows` are what a grid asks about, one by one; `least` and `most` the ends of a
    number or scale, both included, `least_words` and `most_words` what they mean.
    """

    code: str
    kind: QuestionKind
    words: str
    help: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    least_words: str = ""
    most_words: str = ""
    required: bool = False
    show_if: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Questions that belong together, shown under one heading."""

    code: str
    heading: str
    questions: tuple[Question, ...]
    help: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """What a total from `at_least` up to the next band means.

    `review_days`: assess again after so many days; `asks` are codes of what is to be
    done (`alongside.care.assessment` gives them their meaning).
    """

    code: str
    words: str
    at_least: int
    risk: Risk = Risk.NONE
    review_days: int | None = None
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """One number made of answers, and the bands it falls in.

    `better` says whether more or less of it is good for the person: "more", "less",
    or nothing where it is neither.
    """

    code: str
    words: str
    counting: Counting
    questions: tuple[str, ...]
    counted: tuple[str, ...] = ()
    weights: Mapping[str, int]
    bands: tuple[Band, ...] = ()
    better: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """One version of an instrument. Never changed once it was answered with.

    `who` are codes of roles that may complete it, nobody named: all who work on a
    case; `moments` when it is asked; `below_age`/`from_age` for whom, in whole years.
    `licence` and `source` are those of its wording; `needs_licensed_text`: the wording
    here is ours and the area is to put in the licensed one.
    """

    code: str
    version: int
    title: str
    purpose: str
    source: str
    licence: str
    confidence: Confidence
    in_force: date
    sections: tuple[Section, ...]
    scores: tuple[Score, ...] = ()
    who: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = (Moment.ANY,)
    review_days: int | None = None
    below_age: int | None = None
    from_age: int | None = None
    needs_licensed_text: bool = False
    judgement: bool = False  # a worker may raise the risk it finds, never lower it

    def questions(self) -> tuple[Question, ...]:
        """Every question in the order in which it is asked."""
        return tuple(one for part in self.sections for one in part.questions)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: "question anxiety, option 3". In plain words."""

    where: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """What one score came to. `total` is nothing for EACH; `each` holds the numbers
    by question, `band` is nothing without bands."""

    score: str
    total: int | None
    each: Mapping[str, int]
    answered: int
    band: Band | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a completed assessment came to: its scores, the highest risk of their
    bands, when to assess again, and what is to be done."""

    scores: tuple[Scored, ...]
    risk: Risk
    review_days: int | None
    asks: tuple[str, ...]
