"""An instrument that could not be asked, or not be scored, is refused and says where.

Each planted fault is the only one in its instrument, so the sentence is about it.
"""

import pytest

from alongside.care.instruments.tables.limits import LIMITS
from tests.unit.care.instruments.texts import (
    EVERY_KIND,
    faults,
    question,
    raw,
    shown_if,
)

SUM = {"code": "s", "words": "S", "counting": "sum", "questions": ["q"]}
NUMBER = question(kind="number", least=0, most=10, required=True)


def banded(*bands, **score):
    return raw(NUMBER, scores=[{**SUM, "band": list(bands), **score}])


def band(code, at_least, **more):
    return {"code": code, "words": code, "at_least": at_least, **more}


def test_one_of_every_kind_is_well():
    assert faults(EVERY_KIND) == []


PLANTED = {
    "no code": (raw(question(), code=""), "code is missing"),
    "a code with spaces": (raw(question(), code="a b"), "must be a short code"),
    "no title": (raw(question(), title=""), "title is missing"),
    "blank words": (raw(question(words=" ")), "question q: words must be words"),
    "no words": (raw(question(words="")), "question q: words is missing"),
    "no source": (raw(question(), source=""), "source is missing"),
    "no licence": (raw(question(), licence=""), "licence is missing"),
    "no day": (raw(question(), in_force="soon"), "in_force must be a day"),
    "no version": (raw(question(), version="1"), "version must be a whole number"),
    "version nought": (raw(question(), version=0), "version must be 1 or more"),
    "a strange word": (raw(question(), sauce="x"), "sauce is not a word"),
    "confidence": (raw(question(), confidence="sure"), "must be one of: official"),
    "who": (raw(question(), who=["king"]), "who names king, which is no role"),
    "moments": (raw(question(), moments=["dawn"]), "moments must be some of"),
    "review": (raw(question(), review_days=0), "review_days must be 1 or more"),
    "ages": (raw(question(), from_age=18, below_age=18), "nobody is both"),
    "limits": (raw(question(), limits={"x": -1}), "x must not be less than 0"),
    "judgement": (raw(question(), judgement="y"), "judgement must be true or false"),
    "no question": (raw(), "there is no question in it"),
    "no section": (raw(section=[]), "there is no question in it"),
    "section is text": (raw(section="x"), "section must be a list of tables"),
    "too many": (
        raw(*(question(f"q{n}") for n in range(LIMITS["questions"].number + 1))),
        "more than 150 questions",
    ),
    "two sections": (
        raw(
            section=[
                {"code": "a", "heading": "A", "question": [question(c)]} for c in "xy"
            ]
        ),
        "section a: there are two",
    ),
    "two questions": (raw(question(), question()), "question q: there are two"),
    "no kind": (raw({"code": "q", "words": "Q"}), "question q: kind is missing"),
    "a strange kind": (
        raw({"code": "q", "words": "Q", "kind": "picture"}),
        "question q: kind must be one of: choice",
    ),
    "one option": (
        raw(question(options=[{"code": "a", "words": "A"}])),
        "needs at least two options",
    ),
    "two options of a code": (
        raw(question(options=[{"code": "a", "words": w} for w in "AB"])),
        "has two options of one code",
    ),
    "an option without words": (
        raw(question(options=[{"code": "a"}, {"code": "b", "words": "B"}])),
        "question q, option 1: words is missing",
    ),
    "a list that is not there": (
        raw(question(options="yes_no")),
        "options names a list that is not there: yes_no",
    ),
    "options of a text": (
        raw(question(kind="text", options=[{"code": "a", "words": "A"}])),
        "is a text, which has no options",
    ),
    "a grid without rows": (raw(question(kind="grid", rows=[])), "needs rows"),
    "rows elsewhere": (
        raw(question(rows=[{"code": "r", "words": "R"}])),
        "has rows, which only a grid has",
    ),
    "alone of one": (
        raw(
            question(
                options=[
                    {"code": "a", "words": "A", "exclusive": True},
                    {"code": "b", "words": "B"},
                ]
            )
        ),
        "only one is chosen anyway",
    ),
    "a scale without ends": (
        raw(question(kind="scale", least=None, most=None)),
        "say its least and its most",
    ),
    "a scale without words": (
        raw(question(kind="scale", most_words="")),
        "say in words what its least",
    ),
    "a scale too long": (raw(question(kind="scale", most=11)), "more than 11 steps"),
    "ends of a choice": (raw(question(least=1)), "only a number, a scale or a text"),
    "ends in words": (
        raw(question(kind="number", least_words="L")),
        "only a scale has ends in words",
    ),
    "ends the wrong way": (
        raw(question(kind="number", least=5, most=5)),
        "not less than its most",
    ),
    "a text with a least": (raw(question(kind="text", least=1)), "only most may be"),
    "a text too long": (raw(question(kind="text", most=9000)), "only most may be"),
    # Conditions.
    "no such question": (
        raw(question(show_if=[shown_if("gone", value="a")])),
        "question q: is shown by gone, which is no question here",
    ),
    "a later question": (
        raw(question("a", show_if=[shown_if("b", value="yes")]), question("b")),
        "question a: is shown by b, which is asked after it",
    ),
    "itself": (
        raw(question(show_if=[shown_if("q", value="yes")])),
        "question q: leads back to itself",
    ),
    "a loop of three": (
        raw(
            question("a", show_if=[shown_if("c", value="yes")]),
            question("b", show_if=[shown_if("a", value="yes")]),
            question("c", show_if=[shown_if("b", value="yes")]),
        ),
        "a waits for c waits for b waits for a",
    ),
    "an option not there": (
        raw(question("a"), question(show_if=[shown_if("a", value="maybe")])),
        "question q: waits for maybe, which a does not offer",
    ),
    "one of several not there": (
        raw(question("a"), question(show_if=[shown_if("a", "any_of", ["yes", "x"])])),
        "waits for x",
    ),
    "any of nothing": (
        raw(question("a"), question(show_if=[shown_if("a", "any_of", [])])),
        "needs a list of values",
    ),
    "a value for answered": (
        raw(question("a"), question(show_if=[shown_if("a", "answered", "yes")])),
        "needs no value",
    ),
    "at least of a choice": (
        raw(question("a"), question(show_if=[shown_if("a", "at_least", 1)])),
        "what only other kinds can answer",
    ),
    "is of a text": (
        raw(question("a", "text"), question(show_if=[shown_if("a", value="x")])),
        "what only other kinds can answer",
    ),
    "a number compared with words": (
        raw(question("a", "number"), question(show_if=[shown_if("a", value="x")])),
        "must compare a with a whole number",
    ),
    "a date compared with words": (
        raw(question("a", "date"), question(show_if=[shown_if("a", value="soon")])),
        "must compare a with a day",
    ),
    "a table for a value": (
        raw(question("a"), question(show_if=[shown_if("a", "any_of", [{}])])),
        "value must be a code",
    ),
    "beyond the end of a scale": (
        raw(question("a", "scale"), question(show_if=[shown_if("a", value=5)])),
        "question q: can never be shown: no answer to a",
    ),
    "more than the most": (
        raw(
            question("a", "number", most=10),
            question(show_if=[shown_if("a", "at_least", 11)]),
        ),
        "can never be shown",
    ),
    "this and not this": (
        raw(
            question("a"),
            question(
                show_if=[shown_if("a", value="yes"), shown_if("a", "is_not", "yes")]
            ),
        ),
        "can never be shown",
    ),
    "this and that": (
        raw(
            question("a"),
            question(show_if=[shown_if("a", value="yes"), shown_if("a", value="no")]),
        ),
        "can never be shown",
    ),
    "each answer ruled out": (
        raw(
            question("a"),
            question(
                show_if=[shown_if("a", "is_not", "yes"), shown_if("a", "is_not", "no")]
            ),
        ),
        "can never be shown",
    ),
    "a contradiction on the way": (
        raw(
            question("a"),
            question("b", show_if=[shown_if("a", value="yes")]),
            question(show_if=[shown_if("b", "answered"), shown_if("a", value="no")]),
        ),
        "question q: can never be shown: no answer to a",
    ),
    "what excludes the others, with another": (
        raw(
            question(
                "a",
                "many",
                options=[
                    {"code": "x", "words": "X"},
                    {"code": "none", "words": "None", "exclusive": True},
                ],
            ),
            question(show_if=[shown_if("a", value="x"), shown_if("a", value="none")]),
        ),
        "can never be shown",
    ),
    "two rows' answers of one row": (
        raw(
            question("a", "grid"),
            question(
                show_if=[
                    shown_if("a", "any_of", ["yes"]),
                    shown_if("a", "any_of", ["no"]),
                ]
            ),
        ),
        "can never be shown",
    ),
    # Scores.
    "no counting": (
        raw(NUMBER, scores=[{"code": "s", "words": "S", "questions": ["q"]}]),
        "score s: counting is missing",
    ),
    "counts nothing": (raw(NUMBER, scores=[{**SUM, "questions": []}]), "no question"),
    "counts what is not there": (
        raw(NUMBER, scores=[{**SUM, "questions": ["gone"]}]),
        "score s: counts gone, which is no question here",
    ),
    "counts a text": (
        raw(question(kind="text"), scores=[SUM]),
        "a text cannot be counted",
    ),
    "counts a date": (
        raw(question(kind="date"), scores=[SUM]),
        "a date cannot be counted",
    ),
    "weighs another": (
        raw(NUMBER, scores=[{**SUM, "weights": {"x": 2}}]),
        "weighs x, which it does not count",
    ),
    "counts no answer": (
        raw(question(), scores=[{**SUM, "counting": "count"}]),
        "does not say which answers count",
    ),
    "counts an answer not offered": (
        raw(question(), scores=[{**SUM, "counting": "count", "counted": ["x"]}]),
        "counts no answer that q offers",
    ),
    "counts answers of a number": (
        raw(NUMBER, scores=[{**SUM, "counting": "count", "counted": ["yes"]}]),
        "q has a number for an answer",
    ),
    "counted in a sum": (
        raw(question(), scores=[{**SUM, "counted": ["yes"]}]),
        "but does not count answers",
    ),
    "weights in a count": (
        raw(
            question(),
            scores=[
                {
                    **SUM,
                    "counting": "count",
                    "counted": ["yes"],
                    "weights": {"q": 2},
                }
            ],
        ),
        "it can have no weights",
    ),
    "better": (raw(NUMBER, scores=[{**SUM, "better": "yes"}]), "better must be"),
    "two scores": (raw(NUMBER, scores=[SUM, SUM]), "score s: there are two"),
    # Bands.
    "bands of each": (
        banded(band("low", 0), counting="each"),
        "has no total, so it can have no bands",
    ),
    "a gap": (
        banded(band("low", 0, up_to=3), band("high", 5)),
        "score s, band high: begins at 5, but low ends at 3: there is a gap",
    ),
    "an overlap": (
        banded(band("low", 0, up_to=5), band("high", 5)),
        "begins at 5, but low ends at 5: they overlap",
    ),
    "one beginning": (
        banded(band("low", 0), band("high", 0)),
        "as low does: they overlap",
    ),
    "not in order": (
        banded(band("low", 0), band("high", 8), band("middle", 4)),
        "comes after high but begins before it",
    ),
    "a gap beneath": (
        banded(band("low", 1)),
        "begins at 1, but a total can be 0: that has none",
    ),
    "a band beneath every total": (
        banded(band("low", -1)),
        "begins at -1, but no total is less than 0",
    ),
    "a band above every total": (
        banded(band("low", 0), band("high", 11)),
        "begins at 11, but no total is more than 10",
    ),
    "a gap above": (
        banded(band("low", 0, up_to=4), band("high", 5, up_to=9)),
        "ends at 9, but a total can be more",
    ),
    "two bands of a code": (
        banded(band("low", 0), band("low", 5)),
        "has two bands of one code",
    ),
    "review of a band": (
        banded(band("low", 0, review_days=0)),
        "band low: review_days must be 1 or more",
    ),
    "no least": (
        raw(
            question(kind="number", required=True),
            scores=[{**SUM, "band": [band("low", 0)]}],
        ),
        "say the least of its numbers",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_and_said_where(name):
    values, words = PLANTED[name]
    found = faults(values)
    assert len(found) == 1, found
    assert words in found[0]


def test_every_problem_is_told_at_once():
    found = faults(raw(question(words=""), title="", source=""))
    assert len(found) == 3


def test_a_slip_of_the_pen_names_the_line():
    found = faults('code = "a"\ntitle = nothing\n')
    assert found[0].startswith("line 2, column")


@pytest.mark.parametrize(
    "text", ["", "[" * 5000, "\x00", "x = 1\n" * 20_000, "[section]\n", "section = 3"]
)
def test_no_text_makes_the_reading_fall_over(text):
    assert faults(text)
