"""Whether answers are ones that an instrument allows."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from alongside.care.instruments.rules.showing import shown, unanswered
from alongside.care.instruments.tables.conditions import is_answered
from alongside.care.instruments.tables.limits import LIMITS
from alongside.care.instruments.types import (
    Answers,
    Instrument,
    Problem,
    Question,
    QuestionKind,
)

MISSING = {
    QuestionKind.CHOICE: "Choose an answer",
    QuestionKind.MANY: "Choose at least one answer",
    QuestionKind.NUMBER: "Enter a number",
    QuestionKind.DATE: "Enter a date",
    QuestionKind.TEXT: "Enter an answer",
    QuestionKind.SCALE: "Choose a number",
    QuestionKind.GRID: "Choose an answer in every row",
}


def check_answers(
    instrument: Instrument, answers: Answers, *, whole: bool
) -> tuple[Problem, ...]:
    """What is wrong with answers: each names its question and never the answer.

    With `whole` what must be answered and is not is wrong too; a draft may lack it.
    Answers to hidden questions are not looked at: they are dropped, never scored.
    """
    known = {question.code for question in instrument.questions()}
    found = [
        Problem("", "There is an answer to a question that is not asked here")
        for _ in answers.keys() - known
    ][:1]
    for question in shown(instrument, answers):
        answer = answers.get(question.code)
        if is_answered(answer):
            found.extend(
                _problem(question, words) for words in _faults(question, answer)
            )
    if whole:
        faulty = {one.question for one in found}
        found.extend(
            _problem(question, MISSING[question.kind])
            for question in unanswered(instrument, answers)
            if question.code not in faulty
        )
    return tuple(found)


def _problem(question: Question, words: str) -> Problem:
    return Problem(question.words, words, question.code)


def _faults(question: Question, answer: Any) -> Iterator[str]:
    words = _CHECKS[question.kind](question, answer)
    if words:
        yield words


def _choice(question: Question, answer: Any) -> str:
    codes = {option.code for option in question.options}
    ok = isinstance(answer, str) and answer in codes
    return "" if ok else "Choose one of the answers offered"


def _many(question: Question, answer: Any) -> str:
    if not isinstance(answer, list | tuple):
        return "Choose from the answers offered"
    codes = {option.code for option in question.options}
    if not all(isinstance(one, str) and one in codes for one in answer):
        return "Choose from the answers offered"
    if len(set(answer)) != len(answer):
        return "Choose each answer once"
    alone = {
        option.code: option.words for option in question.options if option.exclusive
    }
    for one in answer:
        if one in alone and len(answer) > 1:
            return f"Choose “{alone[one]}” alone, or choose the others without it"
    return ""


def _number(question: Question, answer: Any) -> str:
    if isinstance(answer, bool) or not isinstance(answer, int):
        return "Enter a whole number, like 3"
    least, most = question.least, question.most
    below = least is not None and answer < least
    above = most is not None and answer > most
    if not (below or above):
        return ""
    if least is None:
        return f"Enter a number that is {most} or less"
    if most is None:
        return f"Enter a number that is {least} or more"
    return f"Enter a number from {least} to {most}"


def _day(question: Question, answer: Any) -> str:
    try:
        day = date.fromisoformat(answer)
    except (TypeError, ValueError):
        return "Enter a real date, like 27 3 2026"
    return "" if day.isoformat() == answer else "Enter a real date, like 27 3 2026"


def _text(question: Question, answer: Any) -> str:
    most = question.most or LIMITS["text_length"].number
    if not isinstance(answer, str):
        return "Enter words"
    return f"Enter {most} characters or fewer" if len(answer) > most else ""


def _grid(question: Question, answer: Any) -> str:
    if not isinstance(answer, Mapping):
        return "Choose one of the answers offered in each row"
    rows = {row.code for row in question.rows}
    codes = {option.code for option in question.options}
    ok = answer.keys() <= rows and all(
        isinstance(one, str) and (one in codes or not one) for one in answer.values()
    )
    return "" if ok else "Choose one of the answers offered in each row"


_CHECKS: Mapping[QuestionKind, Callable[[Question, Any], str]] = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.MANY: _many,
    QuestionKind.NUMBER: _number,
    QuestionKind.SCALE: _number,
    QuestionKind.DATE: _day,
    QuestionKind.TEXT: _text,
    QuestionKind.GRID: _grid,
}
