"""The numbers the trail goes by."""

import pytest

from alongside.foundation.audit.tables import FILE, LIMITS, load_limits
from alongside.foundation.lib.datafile import BadDataFile


def test_an_unsealed_entry_is_given_more_than_one_round():
    assert LIMITS["unsealed_minutes"].number > 1


def test_a_limit_that_is_left_out_is_told():
    text = FILE.read_text(encoding="utf-8").replace("unsealed_minutes", "unsealed_ages")
    with pytest.raises(BadDataFile, match="exactly the limits"):
        load_limits(text)
