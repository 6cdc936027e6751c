"""The numbers the trail goes by."""

import pytest

from alongside.foundation.audit.tables import FILE, LIMITS, load_limits
from alongside.foundation.lib.datafile import BadDataFile


def test_the_trail_is_kept_for_years():
    assert LIMITS["kept_years"].number >= 7
    assert LIMITS["unsealed_minutes"].number > 1


def test_a_limit_that_is_left_out_is_told():
    text = FILE.read_text(encoding="utf-8").replace("kept_years", "kept_ages")
    with pytest.raises(BadDataFile, match="exactly the limits"):
        load_limits(text)
