"""5,000 rows damaged at random, received: none lost, none stops another."""

import random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.receiving import (
    FIRST,
    NAMES,
    a_file,
    ask,
    count,
    receive_bytes,
)

FILES, ROWS = 5, 1000
ODD = [
    *("", " ", "\x00", "�", "​", "'; DROP TABLE x", '"', ",", "\\N", "\\."),
    *("2026-02-30", "9999-12-31T23:59:59", "0001-01-01", "-1", "1e9", "٣", "y", "n"),
    *("victim", "new", "withdraw", "NaN", "A" * 5000, "é" * 400, "💥", "\t"),
]
values = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
damages = st.lists(
    st.tuples(st.sampled_from(NAMES), values), min_size=40, max_size=40, unique=True
)


@pytest.mark.django_db
@settings(
    max_examples=FILES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(damages=damages, seed=st.integers(0, 2**32))
def test_no_damaged_row_is_lost_or_stops_another(damages, seed):
    chance = random.Random(seed)  # noqa: S311
    extract = f"LEI-{seed}"
    rows = []
    for number in range(ROWS):
        row = {"crime_ref": f"{seed}-{number}", "person_ref": f"N{number % 400}"}
        for name, value in chance.sample(damages, chance.randint(1, 3)):
            row[name] = value
        rows.append(row)
    report = receive_bytes(a_file(*rows, extract=extract, at=FIRST))

    assert report.rows == ROWS == report.accepted + report.held + report.rejected
    delivery = ask(
        "SELECT id FROM intake_delivery WHERE public_id = %s", report.delivery_id
    )[0][0]
    of_delivery = f"delivery_id = {delivery}"
    assert count("intake_feedrow", of_delivery) == ROWS
    named = f"fault_column IN ({', '.join(f'{chr(39)}{n}{chr(39)}' for n in NAMES)})"
    assert not count(
        "intake_feedrow",
        f"{of_delivery} AND code = 'bad_row' AND NOT coalesce({named}"
        " AND starts_with(message, fault_column || ': '), false)",
    )
    assert not ask(
        "SELECT r.id FROM intake_referral r LEFT JOIN casework_victimisation v"
        " ON v.referral_id = r.id WHERE r.state = 'live' AND v.case_id IS NULL"
    )
