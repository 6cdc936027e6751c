"""A date typed in three boxes."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from alongside.web.govuk.dates import PARTS, DateField

FIELD = DateField(label="Wait until")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_real_day_is_read_as_it_was_typed(day):
    assert FIELD.clean([str(day.day), str(day.month), str(day.year)]) == day


@given(st.lists(st.text(), min_size=3, max_size=3))
def test_anything_else_is_refused_in_words(typed):
    try:
        FIELD.clean(typed)
    except ValidationError as error:
        assert error.params
        assert set(error.params["parts"]) <= set(PARTS)


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (["", "", ""], "Enter the wait until", PARTS),
        (None, "Enter the wait until", PARTS),
        (["3", "", "2026"], "Wait until must include a month", ("month",)),
        (["3", "", ""], "Wait until must include a month and year", PARTS[1:]),
        (["31", "2", "2026"], "Wait until must be a real date", PARTS),
        (["x", "2", "2026"], "Wait until must be a real date", PARTS),
        (["9" * 30, "2", "2026"], "Wait until must be a real date", PARTS),
        (["3", "2", "26"], "Wait until must have a year of 4 numbers", ("year",)),
    ],
)
def test_says_what_is_wrong_and_where(typed, message, parts):
    with pytest.raises(ValidationError) as caught:
        FIELD.clean(typed)

    assert caught.value.messages == [message]
    assert caught.value.params == {"parts": parts}


def test_may_be_left_out_where_it_is_not_needed():
    assert DateField(label="On", required=False).clean(["", " ", ""]) is None


def test_a_form_may_say_it_in_its_own_words():
    own = DateField(label="On", error_messages={"required": "Say when"})

    with pytest.raises(ValidationError, match="Say when"):
        own.clean([])


def test_knows_whether_it_changed():
    class Form(forms.Form):
        on = DateField(label="On")

    first = {"on": date(2026, 2, 3)}
    same = Form({"on_0": "3", "on_1": "2", "on_2": "2026"}, initial=first)
    other = Form({"on_0": "4", "on_1": "2", "on_2": "2026"}, initial=first)

    assert not same.has_changed()
    assert other.has_changed()
