import pytest

from alongside.care.casework.tables import LIMITS, LIMITS_FILE, load_limits
from alongside.foundation.lib.datafile import BadDataFile

TEXT = LIMITS_FILE.read_text(encoding="utf-8")


def test_a_limit_lies_within_its_bounds():
    quiet = LIMITS["quiet_days"]
    assert quiet.least <= quiet.number <= quiet.most


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("number = 28", "number = 500", "out of its bounds"),
        ('code = "quiet_days"', 'code = "calm_days"', "exactly the limits used"),
        ('label = "How', 'title = "How', "label is missing"),
    ],
)
def test_a_limit_with_a_slip_is_refused(was, becomes, complaint):
    assert was in TEXT
    with pytest.raises(BadDataFile, match=complaint):
        load_limits(TEXT.replace(was, becomes, 1))
