"""What is wrong with an instrument before anybody is asked anything with it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from alongside.care.instruments.tables.conditions import (
    CHOOSING,
    COUNTED,
    check_conditions,
)
from alongside.care.instruments.tables.counting import check_scores
from alongside.care.instruments.tables.limits import LIMITS
from alongside.care.instruments.types import (
    Instrument,
    Problem,
    Question,
    QuestionKind,
)
from alongside.foundation.accounts.types import Role


def check_instrument(instrument: Instrument) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the text; nothing where all is well."""
    return (
        *_top(instrument),
        *_ages(instrument),
        *_names(instrument),
        *(one for q in instrument.questions() for one in _question(q)),
        *check_conditions(instrument),
        *check_scores(instrument),
    )


def _top(instrument: Instrument) -> Iterator[Problem]:
    if instrument.version < 1:
        yield Problem("", "version must be 1 or more")
    for name in ("review_days", "below_age", "from_age"):
        number = getattr(instrument, name)
        if number is not None and number < 1:
            yield Problem("", f"{name} must be 1 or more")
    for role in sorted(set(instrument.who) - set(Role.values)):
        yield Problem("", f"who names {role}, which is no role")
    for name, number in instrument.limits.items():
        if number < 0:
            yield Problem("", f"limits: {name} must not be less than 0")


def _ages(instrument: Instrument) -> Iterator[Problem]:
    below, start = instrument.below_age, instrument.from_age
    if below is not None and start is not None and start >= below:
        yield Problem("", "from_age must be less than below_age: nobody is both")


def _names(instrument: Instrument) -> Iterator[Problem]:
    questions = instrument.questions()
    if not instrument.sections:
        yield Problem("", "there is no question in it")
    most = LIMITS["questions"].number
    if len(questions) > most:
        yield Problem("", f"there are more than {most} questions")
    for section in instrument.sections:
        if not section.questions:
            yield Problem(f"section {section.code}", "there is no question in it")
    yield from _twice("section", (one.code for one in instrument.sections))
    yield from _twice("question", (one.code for one in questions))
    yield from _twice("score", (one.code for one in instrument.scores))


def _twice(kind: str, codes: Iterable[str]) -> Iterator[Problem]:
    for code, times in Counter(codes).items():
        if times > 1:
            question = code if kind == "question" else ""
            yield Problem(f"{kind} {code}", "there are two of this name", question)


def _question(question: Question) -> Iterator[Problem]:
    for words in (*_offers(question), *_ends(question)):
        yield Problem(f"question {question.code}", words, question.code)


def _offers(question: Question) -> Iterator[str]:
    most = LIMITS["options"].number
    if question.kind in CHOOSING and len(question.options) < 2:
        yield "needs at least two options"
    if question.kind not in CHOOSING and question.options:
        yield f"is a {question.kind}, which has no options"
    if (question.kind is QuestionKind.GRID) != bool(question.rows):
        yield "needs rows" if not question.rows else "has rows, which only a grid has"
    if max(len(question.options), len(question.rows)) > most:
        yield f"has more than {most} options or rows"
    for kind, offered in (("options", question.options), ("rows", question.rows)):
        codes = [one.code for one in offered]
        if len(set(codes)) != len(codes):
            yield f"has two {kind} of one code"
    if question.kind is not QuestionKind.MANY and any(
        one.exclusive for one in question.options
    ):
        yield "has an option that excludes others, but only one is chosen anyway"


def _ends(question: Question) -> Iterator[str]:
    least, most = question.least, question.most
    if question.kind is QuestionKind.SCALE:
        yield from _scale(question)
    elif question.least_words or question.most_words:
        yield "says what its ends mean, but only a scale has ends in words"
    if question.kind is QuestionKind.TEXT:
        longest = LIMITS["text_length"].number
        if least is not None or (most is not None and not 1 <= most <= longest):
            yield f"is a text: only most may be said, from 1 to {longest} characters"
    elif question.kind not in COUNTED and not (least is None and most is None):
        yield "has least or most, which only a number, a scale or a text has"
    if least is not None and most is not None and least >= most:
        yield "has a least that is not less than its most"


def _scale(question: Question) -> Iterator[str]:
    steps = LIMITS["scale_steps"].number
    if question.least is None or question.most is None:
        yield "is a scale: say its least and its most"
    elif question.most - question.least >= steps:
        yield f"is a scale of more than {steps} steps"
    if not (question.least_words and question.most_words):
        yield "is a scale: say in words what its least and its most mean"
