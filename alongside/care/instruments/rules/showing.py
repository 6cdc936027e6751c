"""Which questions are asked, as the answers so far have it."""

from collections.abc import Mapping
from typing import Any

from alongside.care.instruments.tables.conditions import holds, is_answered
from alongside.care.instruments.types import Answers, Instrument, Question, Section


def shown(instrument: Instrument, answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked, in order: those whose every condition holds.

    A question that waits for a hidden one is hidden too, whatever was once answered.
    """
    asked: dict[str, Any] = {}
    found = []
    for question in instrument.questions():
        if all(holds(one, asked.get(one.question)) for one in question.show_if):
            asked[question.code] = answers.get(question.code)
            found.append(question)
    return tuple(found)


def shown_sections(
    instrument: Instrument, answers: Answers
) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
    """The sections that ask anything, each with the questions shown in it."""
    codes = {question.code for question in shown(instrument, answers)}
    parts = (
        (one, tuple(q for q in one.questions if q.code in codes))
        for one in instrument.sections
    )
    return tuple((section, questions) for section, questions in parts if questions)


def keep_shown(instrument: Instrument, answers: Answers) -> dict[str, Any]:
    """The answers to the questions that are shown: the others are dropped."""
    return {
        question.code: answers[question.code]
        for question in shown(instrument, answers)
        if is_answered(answers.get(question.code))
    }


def unanswered(instrument: Instrument, answers: Answers) -> tuple[Question, ...]:
    """The questions that are shown, must be answered, and are not."""
    return tuple(
        question
        for question in shown(instrument, answers)
        if question.required and not is_complete(question, answers.get(question.code))
    )


def is_complete(question: Question, answer: Any) -> bool:
    """Whether a question is answered; of a grid, whether every row is."""
    if not is_answered(answer):
        return False
    if question.rows and isinstance(answer, Mapping):
        return all(is_answered(answer.get(row.code)) for row in question.rows)
    return True
