"""The rows about consent are whole, and a slip in one is caught."""

import pytest

from alongside.care.consent import tables
from alongside.care.consent.types import BasisCode
from alongside.foundation.lib.datafile import BadDataFile


def changed(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def test_every_purpose_says_what_it_is():
    assert all(row.label and row.meaning for row in tables.PURPOSES.values())
    assert any(row.to_others for row in tables.PURPOSES.values())


def test_only_consent_gives_way_to_a_no():
    firm = {code for code, row in tables.BASES.items() if row.against_wishes}
    assert firm == {
        BasisCode.LEGAL_OBLIGATION,
        BasisCode.VITAL_INTERESTS,
        BasisCode.PUBLIC_TASK,
    }


@pytest.mark.parametrize(
    ("load", "file", "old", "new"),
    [
        (tables.load_purposes, tables.PURPOSES_FILE, '"crime"', '"crimes"'),
        (tables.load_bases, tables.BASES_FILE, "is_consent = true", "is_consent = 2"),
        (
            tables.load_bases,
            tables.BASES_FILE,
            "is_consent = true",
            "is_consent = true\nagainst_wishes = true",
        ),
        (tables.load_giving, tables.GIVING_FILE, '"court"', '"person"'),
    ],
    ids=["no such part", "not yes or no", "consent overrides", "nobody for a court"],
)
def test_a_slip_is_caught(load, file, old, new):
    with pytest.raises(BadDataFile):
        load(changed(file, old, new))
