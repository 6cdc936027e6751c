"""The shipped sample, received whole, against what should become of each row."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from alongside.demo.sample import REFERRALS
from tests.support.receiving import ask, count_everything, fates, receive_bytes

TRUTH = Path(__file__).parents[2] / "data" / "sample-5k.truth.csv"
EXTRACT = "LEI-20260928-11"


@pytest.mark.django_db
def test_every_row_of_the_sample_comes_to_what_it_should():
    with TRUTH.open(encoding="utf-8", newline="") as file:
        expected = [
            (row["row"], (row["expected"], row["expected_code"]))
            for row in csv.DictReader(file)
        ]
    report = receive_bytes(REFERRALS.read_bytes())
    found = fates(EXTRACT)

    wrong = [
        (row, wanted, got)
        for (row, wanted), got in zip(expected, found, strict=True)
        if wanted != got
    ]
    assert wrong == []
    assert report.codes == Counter(code for _, code in found)
    assert report.rows == 5000 == report.accepted + report.held + report.rejected

    _every_accepted_row_has_an_open_case_and_its_clock()
    _every_held_row_has_an_owner_and_words()

    before = count_everything()
    again = receive_bytes(REFERRALS.read_bytes())
    assert again.already_received
    assert (again.delivery_id, again.codes) == (report.delivery_id, report.codes)
    assert count_everything() == before


def _every_accepted_row_has_an_open_case_and_its_clock():
    """No live referral without a case that is open, with a next step and a promise."""
    assert not ask(
        "SELECT r.id FROM intake_referral r"
        " LEFT JOIN casework_victimisation v ON v.referral_id = r.id"
        " LEFT JOIN casework_case c ON c.id = v.case_id"
        " WHERE r.state = 'live' AND (c.id IS NULL OR c.status <> 'open'"
        " OR c.next_action = '' OR c.next_action_on IS NULL)"
    )
    assert not ask(
        "SELECT c.id FROM casework_case c WHERE NOT EXISTS"
        " (SELECT 1 FROM journey_clock k WHERE k.case_id = c.id)"
    )


def _every_held_row_has_an_owner_and_words():
    assert not ask(
        "SELECT r.id FROM intake_referral r LEFT JOIN intake_hold h"
        " ON h.referral_id = r.id AND h.ended_at IS NULL"
        " WHERE r.state = 'held' AND (h.owner_team_id IS NULL OR h.code = '')"
    )
    assert not ask(
        "SELECT f.id FROM intake_feedrow f WHERE f.message = ''"
        " AND f.fate IN ('held', 'rejected')"
    )
