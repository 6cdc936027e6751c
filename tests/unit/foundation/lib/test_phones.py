import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.lib.phones import read_phone


@pytest.mark.parametrize(
    "text",
    [
        "07700900123",
        "07700 900123",
        "(07700) 900-123",
        "+447700900123",
        "+44 7700 900123",
        "+44 (0)7700 900123",
        "00447700900123",
        "447700900123",
        "7700900123",
    ],
)
def test_a_mobile_is_read_however_it_is_written(text):
    assert read_phone(text) == "+447700900123"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("01162549199", "+441162549199"),
        ("(0116) 254 9199", "+441162549199"),
        ("01697 73555", "+44169773555"),
        ("+353 1 679 0000", "+35316790000"),
        ("0048 22 694 0000", "+48226940000"),
    ],
)
def test_other_numbers_are_read_too(text, number):
    assert read_phone(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "unknown", "n/a", "0", "00000000000", "07000000000", "0770090012"]
    + ["077009001234", "0116", "999", "ext 4411", "07700 900123 (mum)", "+", "+44"]
    + ["06700900123", "٠٧٧٠٠٩٠٠١٢٣", "07700900123/07700900124"],
)
def test_what_is_no_number_is_none(text):
    assert read_phone(text) is None


@given(st.text(alphabet="0123456789+() -ax", max_size=20))
def test_anything_else_is_none_or_a_full_number(text):
    number = read_phone(text)
    assert number is None or (number[0] == "+" and 8 <= len(number[1:]) <= 15)
