"""The files that are shipped: their names, their limits, their sources."""

import pytest

from alongside.care.instruments.tables import INSTRUMENTS, load_instruments
from alongside.care.instruments.tables.limits import load_limits
from alongside.care.instruments.tables.procedures import load_procedures
from alongside.foundation.lib.datafile import BadDataFile
from tests.unit.care.instruments.texts import (
    EVERY_KIND,
)


def test_a_shipped_file_is_called_after_what_is_in_it():
    with pytest.raises(BadDataFile, match="not called after"):
        load_instruments({"other.1.toml": EVERY_KIND})
    with pytest.raises(BadDataFile, match=r"small\.1\.toml"):
        load_instruments({"small.1.toml": EVERY_KIND.replace('words = "When?"', "")})
    assert ("small", 1) in load_instruments({"small.1.toml": EVERY_KIND})


def test_limits_and_procedures_fit_what_uses_them():
    with pytest.raises(BadDataFile):
        load_limits(
            '[[limit]]\ncode = "x"\nnumber = 1\nmeaning = "x"\nsource = "x"\n'
            'confidence = "local"\nin_force_from = 2026-01-01\n'
        )
    with pytest.raises(BadDataFile):
        load_procedures(
            '[[procedure]]\nasks = "a"\nheading = "h"\nfirst = "f"\nsource = "x"\n'
            'confidence = "local"\nin_force_from = 2026-01-01\n'
            '[[step]]\nasks = "b"\nwords = "w"\n'
            '[[line]]\nasks = "a"\nname = "n"\nnumber = "1"\nwhen = "w"\nsource = "x"\n'
            'confidence = "local"\nin_force_from = 2026-01-01\n',
            asked={"a"},
        )


def test_every_shipped_one_says_source_licence_and_how_sure():
    for one in INSTRUMENTS.values():
        assert one.source and one.licence and one.confidence, one.code
