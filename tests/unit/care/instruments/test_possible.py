"""What can be shown is not refused, though it looks odd."""

import pytest

from tests.unit.care.instruments.texts import faults, question, raw, shown_if

POSSIBLE = {
    "at the end of a scale": (question("a", "scale"), [shown_if("a", value=4)]),
    "between what is ruled out": (
        question("a", "number", least=0, most=3),
        [shown_if("a", "is_not", n) for n in (0, 1, 3)],
    ),
    "two of several": (
        question("a", "many"),
        [shown_if("a", value="yes"), shown_if("a", value="no")],
    ),
    "one and not the other": (
        question("a", "many"),
        [shown_if("a", value="yes"), shown_if("a", "is_not", "no")],
    ),
    "a day": (
        question("a", "date"),
        [
            shown_if("a", "at_least", "2026-01-01"),
            shown_if("a", "is_not", "2026-01-01"),
        ],
    ),
    "words": (question("a", "text"), [shown_if("a", "answered")]),
    "rows of a grid": (
        question("a", "grid", rows=[{"code": c, "words": c} for c in "rs"]),
        [shown_if("a", "any_of", ["yes"]), shown_if("a", "any_of", ["no"])],
    ),
}


@pytest.mark.parametrize("name", POSSIBLE)
def test_what_can_be_shown_is_not_refused(name):
    first, conditions = POSSIBLE[name]
    assert faults(raw(first, question(show_if=conditions))) == []
