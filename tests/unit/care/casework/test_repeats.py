"""How many crimes there were until one of them."""

from datetime import date

import pytest

from alongside.care.casework.rules import count_until
from alongside.care.casework.types import KnownCrime

THIS = KnownCrime(date(2026, 8, 1), "leicestershire S1")
SAME_DAY = KnownCrime(date(2026, 8, 1), "leicestershire S2")
YEAR_AGO = KnownCrime(date(2025, 8, 1), "leicestershire S1")
LONGER_AGO = KnownCrime(date(2025, 7, 31), "leicestershire S1")
LATER = KnownCrime(date(2026, 8, 2), "leicestershire S1")
NOBODY = KnownCrime(date(2026, 8, 1))


@pytest.mark.parametrize(
    ("this", "others", "by_suspect", "expected"),
    [
        (THIS, [], False, 1),
        (THIS, [SAME_DAY, YEAR_AGO, LONGER_AGO, LATER], False, 3),
        (THIS, [SAME_DAY, YEAR_AGO, LONGER_AGO, LATER], True, 2),
        (NOBODY, [THIS, NOBODY], True, 0),
        (NOBODY, [THIS], False, 2),
    ],
)
def test_crimes_of_a_year_until_one_of_them(this, others, by_suspect, expected):
    found = count_until(this, [this, *others], days=365, by_suspect=by_suspect)
    assert found == expected
