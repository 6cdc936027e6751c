"""What an instrument says about itself, in words."""

from collections.abc import Iterator, Mapping

from alongside.care.instruments.rules.keeping import own_number
from alongside.care.instruments.types import (
    FIRST_OWN,
    Band,
    Condition,
    Counting,
    Holds,
    Instrument,
    Moment,
    Option,
    Question,
    QuestionKind,
    Risk,
    Score,
)
from alongside.foundation.accounts.types import Role
from alongside.foundation.lib.provenance import Confidence
from alongside.web.words import say_count
from alongside.workflows.keep_instruments import ASKED

KINDS: Mapping[QuestionKind, str] = {
    QuestionKind.CHOICE: "One answer",
    QuestionKind.MANY: "Any number of answers",
    QuestionKind.NUMBER: "A whole number",
    QuestionKind.DATE: "A date",
    QuestionKind.TEXT: "Words",
    QuestionKind.SCALE: "A scale",
    QuestionKind.GRID: "One answer in each row",
}
MOMENTS: Mapping[Moment, str] = {
    Moment.FIRST: "at the start",
    Moment.REVIEW: "at each review",
    Moment.EXIT: "at the end",
    Moment.ANY: "whenever it is needed",
}
RISKS: Mapping[Risk, str] = {
    Risk.NONE: "No risk level",
    Risk.STANDARD: "Standard risk",
    Risk.MEDIUM: "Medium risk",
    Risk.HIGH: "High risk",
}
CONFIDENCES: Mapping[Confidence, str] = {
    Confidence.OFFICIAL: "Read in the official text",
    Confidence.OPEN_DATA: "Taken from a published open data file",
    Confidence.SECOND_HAND: "Read in a page that re-tells the official text",
    Confidence.MEMORY: "Professional knowledge, to be checked against the text",
    Confidence.LOCAL: "This service’s own choice, not a national rule",
}
COUNTINGS: Mapping[Counting, str] = {
    Counting.COUNT: "How many of the questions got an answer that counts",
    Counting.SUM: "The scores of the answers added up",
    Counting.HIGHEST: "The highest score of any answer",
    Counting.EACH: "Every question by itself, without a total",
}


def version(number: int) -> str:
    """How a version is called: "Shipped, version 1", "Our version 2"."""
    if number < FIRST_OWN:
        return f"Shipped, version {number}"
    return f"Our version {own_number(number)}"


def who(instrument: Instrument) -> str:
    """Who may complete it."""
    if not instrument.who:
        return "Everybody who works on the case"
    return ", ".join(Role(code).label for code in instrument.who)


def whom(instrument: Instrument) -> str:
    """Whom it is for, by age."""
    start, below = instrument.from_age, instrument.below_age
    if start and below:
        return f"From {start} to under {below}"
    if start:
        return f"{start} or over"
    return f"Under {below}" if below else "Everybody"


def moments(instrument: Instrument) -> str:
    """When it is completed."""
    words = ", ".join(MOMENTS[one] for one in instrument.moments)
    return words[:1].upper() + words[1:]


def review(days: int | None) -> str:
    """When to assess again."""
    return f"After {say_count(days, 'day')}" if days else "Not set"


def asks(code: str) -> str:
    """What a band asks for."""
    return ASKED.get(code, code)


def answers(question: Question) -> str:
    """What can be answered, on one line."""
    kind = KINDS[question.kind]
    least, most = question.least, question.most
    if question.kind is QuestionKind.SCALE:
        return (
            f"{kind} from {least} ({question.least_words}) to {most}"
            f" ({question.most_words})"
        )
    if question.kind is QuestionKind.TEXT:
        return f"{kind}, up to {most:,} characters" if most else kind
    if least is not None and most is not None:
        return f"{kind} from {least} to {most}"
    return kind


def option(one: Option) -> str:
    """An option with what it is worth, where that is anything."""
    score = f" ({say_count(one.score, 'point')})" if one.score else ""
    alone = ", alone" if one.exclusive else ""
    return f"{one.words}{score}{alone}"


def conditions(question: Question, instrument: Instrument) -> str:
    """When it is shown, as a sentence; empty where it always is."""
    by_code = {one.code: one for one in instrument.questions()}
    parts = [
        _condition(one, by_code[one.question])
        for one in question.show_if
        if one.question in by_code
    ]
    return f"Shown only if {', and '.join(parts)}" if parts else ""


def _condition(one: Condition, asked: Question) -> str:
    name = f"“{asked.words}”"
    if one.holds is Holds.ANSWERED:
        return f"{name} is answered"
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    labels = {option.code: option.words for option in asked.options}
    words = " or ".join(f"“{labels.get(value, value)}”" for value in values)
    if one.holds is Holds.AT_LEAST:
        return f"{name} is {words} or more"
    if one.holds is Holds.IS_NOT:
        return f"{name} is answered, and not with {words}"
    where = "in some row " if asked.rows else ""
    return f"{name} is {where}answered with {words}"


def counted(score: Score, instrument: Instrument) -> Iterator[str]:
    """How a score is made, line by line."""
    yield COUNTINGS[score.counting]
    by_code = {one.code: one for one in instrument.questions()}
    asked = [by_code[code] for code in score.questions if code in by_code]
    labels = {o.code: o.words for q in asked for o in q.options}
    if score.counted:
        words = ", ".join(dict.fromkeys(labels.get(c, c) for c in score.counted))
        yield f"Answers that count: {words}"
    yield f"Questions: {say_count(len(asked), 'question')}"
    for code, weight in score.weights.items():
        yield f"“{by_code[code].words}” counts {weight} times"
    if score.better:
        yield f"{'More' if score.better == 'more' else 'Less'} is better for the person"


def band_range(score: Score, band: Band) -> str:
    """From where to where a band goes."""
    later = [one.at_least for one in score.bands if one.at_least > band.at_least]
    if not later:
        return f"{band.at_least} or more"
    last = min(later) - 1
    return str(last) if last == band.at_least else f"{band.at_least} to {last}"


def band_asks(band: Band) -> str:
    """What a band asks for, in words."""
    return ". ".join(asks(code) for code in band.asks) or "Nothing"
