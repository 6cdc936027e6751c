"""What is asked after which answers, and which answers an instrument allows."""

import pytest

from alongside.care.instruments.rules.answering import check_answers
from alongside.care.instruments.rules.showing import (
    keep_shown,
    shown,
    shown_sections,
    unanswered,
)
from alongside.care.instruments.tables.reading import parse_instrument
from tests.unit.care.instruments.texts import EVERY_KIND, made, question, shown_if

ONE = parse_instrument(EVERY_KIND)
ALWAYS = ["one", "text", "scale", "grid"]


def codes(answers):
    return [one.code for one in shown(ONE, answers)]


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({}, []),
        ({"one": "b"}, []),
        ({"one": "a"}, ["many"]),
        ({"one": "a", "many": ["none"]}, ["many"]),
        ({"one": "a", "many": ["x"]}, ["many", "number"]),
        ({"one": "a", "many": ["x"], "number": 2}, ["many", "number"]),
        ({"one": "a", "many": ["x"], "number": 3}, ["many", "number", "day"]),
        # What hangs on something hidden is hidden, whatever was answered before.
        ({"one": "b", "many": ["x"], "number": 3}, []),
    ],
)
def test_what_is_shown(answers, more):
    assert set(codes(answers)) == {*ALWAYS, *more}


def test_it_is_shown_in_the_order_of_the_instrument():
    answers = {"one": "a", "many": ["y"], "number": 9}
    assert codes(answers) == [one.code for one in ONE.questions()]


HOLDS = [
    ("choice", "is", "yes", "yes", "no"),
    ("choice", "is_not", "yes", "no", "yes"),
    ("choice", "is_not", "yes", "no", None),
    ("choice", "any_of", ["yes"], "yes", "no"),
    ("choice", "answered", None, "no", ""),
    ("many", "is", "yes", ["no", "yes"], ["no"]),
    ("many", "is_not", "yes", ["no"], ["no", "yes"]),
    ("many", "any_of", ["yes"], ["yes"], ["no"]),
    ("many", "answered", None, ["no"], []),
    ("number", "is", 3, 3, 4),
    ("number", "is_not", 3, 0, 3),
    ("number", "at_least", 3, 3, 2),
    ("number", "any_of", [0, 3], 0, 1),
    ("number", "answered", None, 0, None),
    ("scale", "at_least", 2, 4, 1),
    ("date", "at_least", "2026-02-01", "2026-02-01", "2026-01-31"),
    ("date", "is", "2026-02-01", "2026-02-01", "2026-02-02"),
    ("text", "answered", None, "x", ""),
    ("grid", "any_of", ["yes"], {"r1": "yes"}, {"r1": "no"}),
    ("grid", "answered", None, {"r1": "no"}, {}),
]


@pytest.mark.parametrize("row", HOLDS, ids=str)
def test_every_comparison_of_every_kind(row):
    kind, holds, value, yes, no = row
    one = made(question("a", kind), question(show_if=[shown_if("a", holds, value)]))
    assert len(shown(one, {"a": yes})) == 2
    assert len(shown(one, {"a": no})) == 1


def test_sections_that_ask_nothing_now_are_left_out():
    one = made(
        section=[
            {"code": "s1", "heading": "One", "question": [question("a")]},
            {
                "code": "s2",
                "heading": "Two",
                "question": [question("b", show_if=[shown_if("a", value="yes")])],
            },
        ]
    )
    assert [s.code for s, _ in shown_sections(one, {})] == ["s1"]
    assert [s.code for s, _ in shown_sections(one, {"a": "yes"})] == ["s1", "s2"]


def test_answers_to_hidden_questions_are_dropped():
    answers = {"one": "b", "many": ["x"], "number": 5, "scale": 0, "text": ""}
    assert keep_shown(ONE, answers) == {"one": "b", "scale": 0}


ALLOWED = [
    {"one": "a", "many": ["x", "y"], "number": 3, "day": "2026-11-22"},
    {"one": "a", "many": ["none"]},
    {"text": "x" * 20, "scale": 4, "grid": {"r1": "low"}},
    {"scale": 0},
    {"text": "", "many": [], "grid": {}, "scale": None},
]
REFUSED = [
    ({"one": "c"}, "one", "Choose one of the answers offered"),
    ({"one": ["a"]}, "one", "Choose one of the answers offered"),
    ({"one": 1}, "one", "Choose one of the answers offered"),
    ({"one": "a", "many": ["z"]}, "many", "Choose from the answers offered"),
    ({"one": "a", "many": "x"}, "many", "Choose from the answers offered"),
    ({"one": "a", "many": [["x"]]}, "many", "Choose from the answers offered"),
    ({"one": "a", "many": ["x", "x"]}, "many", "Choose each answer once"),
    ({"one": "a", "many": ["x", "none"]}, "many", "Choose “None” alone"),
    ({"one": "a", "many": ["x"], "number": 11}, "number", "from 0 to 10"),
    ({"one": "a", "many": ["x"], "number": -1}, "number", "from 0 to 10"),
    ({"one": "a", "many": ["x"], "number": 1.5}, "number", "a whole number"),
    ({"one": "a", "many": ["x"], "number": True}, "number", "a whole number"),
    ({"one": "a", "many": ["x"], "number": 3, "day": "soon"}, "day", "a real date"),
    ({"one": "a", "many": ["x"], "number": 3, "day": 5}, "day", "a real date"),
    (
        {"one": "a", "many": ["x"], "number": 3, "day": "2026-02-30"},
        "day",
        "a real date",
    ),
    ({"text": "x" * 21}, "text", "20 characters or fewer"),
    ({"text": 5}, "text", "Enter words"),
    ({"scale": 5}, "scale", "from 0 to 4"),
    ({"scale": "3"}, "scale", "a whole number"),
    ({"grid": {"r3": "low"}}, "grid", "in each row"),
    ({"grid": {"r1": "middle"}}, "grid", "in each row"),
    ({"grid": ["low"]}, "grid", "in each row"),
    ({"gone": "x"}, "", "a question that is not asked here"),
]


@pytest.mark.parametrize("answers", ALLOWED)
def test_what_is_allowed(answers):
    assert check_answers(ONE, answers, whole=False) == ()


@pytest.mark.parametrize(("answers", "at", "words"), REFUSED)
def test_what_is_outside_the_rules_is_refused_beside_its_question(answers, at, words):
    (problem,) = check_answers(ONE, answers, whole=False)
    assert problem.question == at
    assert words in problem.words


@pytest.mark.parametrize("secret", ["0700 000 000", "a name"])
def test_no_answer_is_ever_repeated(secret):
    found = check_answers(
        ONE, {"one": secret, "text": secret * 9, "grid": {secret: secret}}, whole=True
    )
    assert found
    assert secret not in " ".join(map(str, found))


def test_a_hidden_answer_outside_the_rules_is_nobodys_mistake():
    assert check_answers(ONE, {"one": "b", "number": 99}, whole=True) == ()


@pytest.mark.parametrize(
    "kind", ["choice", "many", "number", "date", "text", "scale", "grid"]
)
def test_what_must_be_answered_is_missed_only_of_the_whole(kind):
    one = made(question("a", kind, required=True))
    assert check_answers(one, {}, whole=False) == ()
    (problem,) = check_answers(one, {}, whole=True)
    assert (problem.question, problem.where) == ("a", "Words of a")


def test_a_grid_is_whole_when_every_row_is():
    rows = [{"code": code, "words": code} for code in ("r1", "r2")]
    one = made(question("a", "grid", required=True, rows=rows))
    assert [q.code for q in unanswered(one, {"a": {"r1": "yes"}})] == ["a"]
    assert unanswered(one, {"a": {"r1": "yes", "r2": "no"}}) == ()


def test_what_is_hidden_must_not_be_answered():
    one = made(
        question("a"),
        question("b", required=True, show_if=[shown_if("a", value="yes")]),
    )
    assert check_answers(one, {"a": "no"}, whole=True) == ()
    assert len(check_answers(one, {"a": "yes"}, whole=True)) == 1
