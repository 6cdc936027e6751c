"""In which form somebody wants to be written to."""

import pytest

from alongside.care.instruments.tables import INSTRUMENTS
from alongside.care.telling import rules
from alongside.care.telling.tables import FORMS
from alongside.care.telling.types import Kind


def suits(answers=None, adjustments="", *, interpreter=False):
    return rules.suits(
        FORMS, answers or {}, adjustments=adjustments, interpreter=interpreter
    )


def test_without_a_wish_it_is_the_standard_words():
    found = suits({"formats": ["plain"], "reading": "well"})
    assert (found.kind, found.said, found.by_hand) == (Kind.STANDARD, (), "")


@pytest.mark.parametrize(
    "adjustments", ["Easy read", "wants EASY-READ please", "easyread letters"]
)
def test_easy_read_is_understood_in_words_which_a_worker_reads(adjustments):
    found = suits(adjustments=adjustments)
    assert found.kind is Kind.EASY_READ and found.by_hand
    assert found.said == (adjustments,)


@pytest.mark.parametrize("adjustments", ["Uneasy reading letters", "BSL", "A ramp"])
def test_other_words_are_for_a_worker_to_read(adjustments):
    found = suits(adjustments=adjustments)
    assert found.kind is Kind.STANDARD and found.by_hand


def test_easy_read_as_it_was_answered_may_leave_by_itself():
    found = suits({"formats": ["plain", "easy_read"]})
    assert (found.kind, found.said, found.by_hand) == (
        Kind.EASY_READ,
        ("easy read",),
        "",
    )


@pytest.mark.parametrize(
    "answers",
    [
        {"formats": ["braille", "easy_read"]},
        {"formats": ["audio"]},
        {"formats": ["none"]},
        {"reading": "not"},
        {"interpreter": "always"},
        {"english": "bsl"},
    ],
)
def test_who_does_not_read_is_told_by_a_worker(answers):
    assert suits(answers).by_hand


def test_whoever_needs_an_interpreter_is_told_by_a_worker():
    assert suits(interpreter=True).by_hand and not suits(interpreter=True).said


@pytest.mark.parametrize("row", FORMS, ids=lambda row: f"{row.question}.{row.answer}")
def test_every_answer_is_one_that_is_asked_for(row):
    newest = max(
        (one for one in INSTRUMENTS.values() if one.code == row.instrument),
        key=lambda one: one.version,
    )
    asked = {
        question.code: {option.code for option in question.options}
        for section in newest.sections
        for question in section.questions
    }
    assert row.answer in asked[row.question]
