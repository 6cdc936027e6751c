"""That it is not the first time, in words."""

import pytest

from alongside.care.casework.types import Repeat, RepeatScope
from alongside.web.casework.pages import repeats


def hit(scope, crimes, days=365, label="crimes against people at their address"):
    return Repeat(scope=scope, crimes=crimes, days=days, label=label)


@pytest.mark.parametrize(
    ("crimes", "words"),
    [
        (2, "2nd time in 12 months"),
        (3, "3rd time in 12 months"),
        (4, "4th time in 12 months"),
        (11, "11th time in 12 months"),
        (21, "21st time in 12 months"),
        (112, "112th time in 12 months"),
    ],
)
def test_how_often_somebody_was_hit(crimes, words):
    assert list(repeats.lately([hit(RepeatScope.PERSON, crimes)])) == [words]


def test_what_happened_around_them_stands_apart():
    found = [hit(RepeatScope.PERSON, 2, 90), hit(RepeatScope.ADDRESS, 5)]
    assert list(repeats.lately(found)) == ["2nd time in 90 days"]
    around = "5 crimes against people at their address in 12 months"
    assert list(repeats.around(found)) == [around]
    assert list(repeats.every(found)) == ["2nd time in 90 days", around]
    assert list(repeats.every([])) == []
