"""The numbers of linking are rows of data that are seen whole."""

import pytest

from alongside.care.linking.tables import LIMITS, LIMITS_FILE, load_limits
from alongside.foundation.lib.datafile import BadDataFile

TEXT = LIMITS_FILE.read_text(encoding="utf-8")


def test_every_limit_says_what_it_is_for():
    assert all(row.label and row.source for row in LIMITS.values())


@pytest.mark.parametrize(
    ("was", "now"),
    [('code = "patience"', 'code = "haste"'), ("number = 2000\n", "number = 0\n")],
    ids=["unknown", "nothing"],
)
def test_a_limit_that_is_not_one_is_refused(was, now):
    assert was in TEXT
    with pytest.raises(BadDataFile):
        load_limits(TEXT.replace(was, now))
