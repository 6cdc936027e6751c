"""How often somebody was hit of late: what is counted, for whom, and what it owes."""

from datetime import timedelta

import pytest

from alongside.care.casework.queries import count_repeats
from alongside.care.casework.types import RepeatScope
from tests.integration.linking.merging import case_of, person_of, supervisor, take_in
from tests.integration.rights.people import NOW, actor_of, acts
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db

WHO = {
    "person_ref": "N1",
    "given_names": "Asha",
    "surname": "Reed",
    "date_of_birth": "1992-02-03",
    "mobile_phone": "07700 900111",
    "address_line_1": "14 Elm Row",
    "postcode": "LE2 7DT",
}
WALLED = {"flags": "sexual", "consent_referral": "given", "safe_phone": "y"}


def crime(number, day, **changes):
    reported = {"reported_at": f"{day}T05:24:00", "occurred_from": f"{day}T01:00:00"}
    return {**WHO, "crime_ref": f"260000003{number:02}", **reported, **changes}


def counts(person, *, actor=None, now=NOW):
    with acts(actor or supervisor()):
        said = count_repeats(person_ids=[person], now=now).get(person, ())
    return {one.scope: one.crimes for one in said}


def grounds(row):
    found = ask(
        "SELECT g.ground, g.value FROM assessment_caseground g WHERE g.case_id = %s"
        " AND g.ended_at IS NULL",
        case_of(row)[0],
    )
    return {code for code, _ in found}


def test_one_crime_is_no_repeat_and_two_are():
    first, second = crime(1, "2026-04-01"), crime(2, "2026-06-01")
    take_in(first)
    assert counts(person_of(first)[0]) == {}
    take_in(second)
    assert counts(person_of(first)[0]) == {RepeatScope.PERSON: 2}
    late = NOW + timedelta(days=365)
    assert counts(person_of(first)[0], now=late) == {}


def test_three_crimes_in_a_year_are_persistent_and_raise_the_tier():
    rows = [crime(1, "2026-04-01"), crime(2, "2026-06-01"), crime(3, "2026-08-01")]
    take_in(*rows[:2])
    assert "B" not in grounds(rows[0])
    take_in(rows[2])
    assert "B" in grounds(rows[2])
    assert ask("SELECT tier FROM casework_case") == [("enhanced",)]


def test_crimes_of_another_year_do_not_add_up():
    take_in(crime(1, "2024-04-01"), crime(2, "2025-06-01"), crime(3, "2026-08-01"))
    assert "B" not in grounds(crime(3, "2026-08-01"))


def test_an_address_is_counted_over_whoever_lives_there():
    mine = crime(1, "2026-04-01")
    other = crime(2, "2026-06-01", person_ref="N2", given_names="Omar", surname="Bell")
    other |= {"date_of_birth": "1960-01-09", "mobile_phone": "07700 900222"}
    take_in(mine)
    assert counts(person_of(mine)[0]) == {}
    take_in(other)
    assert counts(person_of(mine)[0]) == {RepeatScope.ADDRESS: 2}
    assert counts(person_of(other)[0]) == {RepeatScope.ADDRESS: 2}


def test_a_count_says_nothing_of_what_the_reader_may_not_see():
    mine = crime(1, "2026-04-01")
    other = crime(2, "2026-06-01", person_ref="N2", given_names="Omar", surname="Bell")
    other |= {"date_of_birth": "1960-01-09", "mobile_phone": "07700 900222", **WALLED}
    take_in(mine, other)
    assert counts(person_of(mine)[0]) == {RepeatScope.ADDRESS: 2}
    tom = actor_of("worker@llr.example")
    assert counts(person_of(mine)[0], actor=tom) == {}
    assert counts(person_of(other)[0], actor=tom) == {}


def test_crimes_by_one_suspect_are_told_beside_all_of_them():
    theirs = {"suspect_ref": "S7"}
    rows = [
        crime(21, "2026-04-01", **theirs),
        crime(22, "2026-06-01", **theirs),
        crime(23, "2026-08-01", suspect_ref="S8"),
    ]
    take_in(*rows)
    said = counts(person_of(rows[0])[0])
    assert said == {RepeatScope.PERSON: 3, RepeatScope.SUSPECT: 2}


def test_a_crime_without_a_suspect_is_nobodys():
    rows = [crime(24, "2026-04-01", suspect_ref="S7"), crime(25, "2026-06-01")]
    take_in(*rows)
    assert counts(person_of(rows[0])[0]) == {RepeatScope.PERSON: 2}
