"""Which assessments fit what happened, and when one was left unfinished."""

from datetime import UTC, date, datetime

import pytest

from alongside.care.assessment.rules.filled import is_left
from alongside.care.assessment.rules.fitting import fitting
from alongside.care.assessment.tables.fitting import FILE, FITS, load_fits
from alongside.foundation.lib.datafile import BadDataFile

ON = date(2026, 11, 20)
EVERYBODY = ("child_needs", "needs")


@pytest.mark.parametrize(
    ("flags", "roles", "expected"),
    [
        ((), ("victim",), EVERYBODY),
        (("domestic_abuse",), ("victim",), ("dash", *EVERYBODY)),
        (("knife", "stalking"), (), ("dash", *EVERYBODY)),
        (("honour_based",), (), ("dash", *EVERYBODY)),
        (("asb_nuisance",), (), ("asb_matrix", *EVERYBODY)),
        ((), ("victim_witness",), (*EVERYBODY, "witness_needs")),
        (("asb_personal", "stalking"), (), ("dash", "asb_matrix", *EVERYBODY)),
    ],
)
def test_what_fits_in_the_order_in_which_it_is_offered(flags, roles, expected):
    assert fitting(FITS, flags=flags, roles=roles, on=ON) == expected


def test_a_row_counts_from_its_day():
    assert fitting(FITS, flags=(), roles=(), on=date(2020, 1, 1)) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('instrument = "dash"', 'instrument = "unheard_of"'),
        ('"stalking"', '"unheard_of"'),
        ("everybody = true", "everybody = false"),
    ],
)
def test_a_row_that_fits_nothing_we_know_is_refused(old, new):
    text = FILE.read_text(encoding="utf-8").replace(old, new)
    with pytest.raises(BadDataFile):
        load_fits(text)


@pytest.mark.parametrize(("saved", "left"), [(13, True), (14, False), (20, False)])
def test_a_draft_is_left_after_a_week(saved, left):
    at = datetime(2026, 11, saved, 9, tzinfo=UTC)
    assert is_left(at, on=ON, days=7) is left
