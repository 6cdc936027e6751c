import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.lib.postcodes import Postcode, read_postcode


@pytest.mark.parametrize(
    ("text", "as_written"),
    [
        ("LE1 5YA", "LE1 5YA"),
        ("le15ya", "LE1 5YA"),
        (" l e 1  5 y a", "LE1 5YA"),
        ("LE11AA", "LE1 1AA"),
        ("LE111AA", "LE11 1AA"),
        ("M1 1AE", "M1 1AE"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN55 1PT", "DN55 1PT"),
        ("W1A 0AX", "W1A 0AX"),
        ("EC1A1BB", "EC1A 1BB"),
        ("gir 0aa", "GIR 0AA"),
    ],
)
def test_a_full_postcode_is_put_as_on_an_envelope(text, as_written):
    found = read_postcode(text)
    assert found == Postcode(as_written, as_written[:-4], True)
    assert found.compact == as_written.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "part", "outward"),
    [
        ("le1", "LE1", "LE1"),
        ("LE15", "LE15", "LE15"),
        ("LE1 5", "LE1 5", "LE1"),
        ("EC1A", "EC1A", "EC1A"),
    ],
)
def test_a_part_is_kept_as_a_part(text, part, outward):
    assert read_postcode(text) == Postcode(part, outward, False)


@pytest.mark.parametrize(
    "text",
    ["", "unknown", "N/A", "LE", "12345", "LE1 5Y", "LE1 5CA", "1LE 5YA", "NFA"]
    + ["ZZ99 3VZ", "ZZ99", "LE1 5YA, UK", "GIR 1AA"],
)
def test_what_is_no_postcode_is_none(text):
    assert read_postcode(text) is None


@given(st.text(alphabet="LEGIRCZ 0159a.", max_size=10))
def test_reading_what_was_read_changes_nothing(text):
    found = read_postcode(text)
    assert found is None or read_postcode(found.text) == found
