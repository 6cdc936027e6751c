"""Words for instruments: what is asked, when, and how the answers count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.provenance import Confidence, Sourced

# Versions an area makes of an instrument are numbered from here; those shipped are
# numbered below. So a code and a number name one version for good.
FIRST_OWN = 1001


class QuestionKind(StrEnum):
    """What an answer looks like.

    Stored as: CHOICE a code; MANY a list of codes; NUMBER a whole number; DATE
    "YYYY-MM-DD"; TEXT text; SCALE a whole number; GRID a mapping from the code of a
    row to the code of an option, every row that was answered.
    """

    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    SCALE = "scale"
    GRID = "grid"


class Holds(StrEnum):
    """How a condition compares. None holds of a question that is hidden or has no
    answer. Of several choices IS means that it is among them, IS_NOT that it is not;
    of a grid ANY_OF means that some row has one of them; of a date AT_LEAST means on
    that day or later.
    """

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
    """Show a question only if an earlier one was answered so.

    `value` is a code, for ANY_OF several, for AT_LEAST a number or a day as text, for
    ANSWERED nothing.
    """

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
    number or scale, both included, `least_words` and `most_words` what they mean. Of
    a text `most` is how many characters it may have.
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

    `up_to`, where it is said, is the last total of the band: it must meet the next.

    `review_days`: assess again after so many days; `asks` are codes of what is to be
    done (`alongside.care.assessment` gives them their meaning).
    """

    code: str
    words: str
    at_least: int
    up_to: int | None = None
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
    here is ours and the area is to put in the licensed one. `limits` are numbers of
    the practice around it that are no score, by name.
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
    limits: Mapping[str, int] = field(default_factory=dict)

    def questions(self) -> tuple[Question, ...]:
        """Every question in the order in which it is asked."""
        return tuple(one for part in self.sections for one in part.questions)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: "question anxiety, option 3". In plain words.

    `question` is the code of the question at fault, where it is one. Never an answer.
    """

    where: str
    words: str
    question: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.words}" if self.where else self.words


class BadInstrument(DomainError):
    """An instrument that cannot be used: every problem, each saying where."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("This cannot be used yet. " + ". ".join(map(str, problems)))
        self.problems = problems


class BadAnswers(DomainError):
    """Answers that an instrument does not allow, or that are not complete."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            "These answers cannot be saved. " + "; ".join(map(str, problems))
        )
        self.problems = problems


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """What one score came to. `total` is nothing for EACH; `each` holds the numbers
    by question, `band` is nothing without bands."""

    score: str
    total: int | None
    each: Mapping[str, int]
    answered: int
    band: Band | None


class InstrumentState(StrEnum):
    """Where an area's own version stands. Only a draft is ever changed."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True, slots=True)
class InstrumentLimit(Sourced):
    """How much an instrument or its answers may hold; `meaning` says the unit."""

    code: str
    number: int
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpLine(Sourced):
    """Whom to call: its `number` is dialled as it is written."""

    name: str
    number: str
    when: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Need(Sourced):
    """One of the eight categories of need (Victims' Services Commissioning Framework).

    `plain` is how a plan says it to the person themselves; `questions` are those of
    shipped instruments that ask about it.
    """

    code: str
    label: str
    plain: str
    questions: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure(Sourced):
    """What a worker does now, step by step, when an answer asks for it.

    `asks` is the code in a band that calls for it.
    """

    asks: str
    heading: str
    first: str
    steps: tuple[str, ...]
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a completed assessment came to: its scores, the highest risk of their
    bands, when to assess again, and what is to be done."""

    scores: tuple[Scored, ...]
    risk: Risk
    review_days: int | None
    asks: tuple[str, ...]
