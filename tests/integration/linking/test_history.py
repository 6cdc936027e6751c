"""Grounds from what crimes raise together: people joined, parted, hit late."""

from datetime import timedelta

import pytest

from alongside.care.assessment.types.prompts import PromptCode
from alongside.care.casework import queries as casework
from alongside.foundation.lib.local import local_day
from alongside.workflows import case_grounds
from alongside.workflows.follow_history import watch_targeting
from alongside.workflows.prompts import find_prompts
from tests.factories.feeds import receive
from tests.integration.linking.merging import (
    LATER,
    case_of,
    join,
    part,
    person_of,
    supervisor,
    take_in,
)
from tests.integration.rights.people import NOW, acts
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db

ASHA = {"given_names": "Asha", "surname": "Reed", "date_of_birth": "1992-02-03"}
OMAR = {"given_names": "Omar", "surname": "Bell", "date_of_birth": "1960-01-09"}
THREE = "Three or more crimes against them within a year are known to us"
ONE_SUSPECT = (
    "Two or more crimes against them by the same suspect within a year are known to us"
)


def crime(number, day, who=ASHA, **changes):
    reported = {"reported_at": f"{day}T05:24:00", "occurred_from": f"{day}T01:00:00"}
    return {**who, "crime_ref": f"260000004{number:02}", **reported, **changes}


FIRST = crime(1, "2026-06-01")
SECOND = crime(2, "2026-07-01")
THIRD = crime(3, "2026-08-01", OMAR)


def history(row):
    """(words, decided, doubted) of the grounds from history that a case has now."""
    return [
        (words, bool(confirmed or declined), doubted is not None)
        for words, confirmed, declined, doubted in ask(
            "SELECT words, confirmed_at, declined_at, doubted_at"
            " FROM assessment_caseground WHERE case_id = %s AND basis = 'history'"
            " AND ended_at IS NULL ORDER BY id",
            case_of(row)[0],
        )
    ]


def tier(row):
    ((found,),) = ask("SELECT tier FROM casework_case WHERE id = %s", case_of(row)[0])
    return found


def running(row):
    return ask(
        "SELECT rule, due_on, enhanced FROM journey_clock WHERE case_id = %s"
        " AND replaced_by_id IS NULL AND not_owed_reason = '' AND met_on IS NULL"
        " ORDER BY rule, due_on",
        case_of(row)[0],
    )


def joined():
    """Two people hit thrice between them, and the merge that joins them."""
    take_in(FIRST, SECOND, THIRD)
    return join(person_of(FIRST)[1], person_of(THIRD)[1])


def decide(row, *, confirm):
    with acts(supervisor()) as actor:
        case_id = case_of(row)[1]
        view = case_grounds.read_grounds(actor=actor, now=LATER, case_id=case_id)
        (line,) = [one for one in view.grounds if one.words == THREE]
        case_grounds.decide_ground(
            actor=actor,
            now=LATER,
            case_id=case_id,
            ground_id=line.ground_id,
            confirm=confirm,
            reason="They told me so",
        )


def prompts(row):
    with acts(supervisor()) as actor:
        case = casework.case_facts(
            casework.get_case(actor=actor, public_id=case_of(row)[1])
        )
        found, _ = find_prompts(cases=[case], on=local_day(LATER))
        return {one.code for one in found[case.case_id]}


def test_joined_people_are_owed_what_their_crimes_raise_together():
    take_in(FIRST, SECOND, THIRD)
    assert {tier(row) for row in (FIRST, THIRD)} == {"standard"}
    join(person_of(FIRST)[1], person_of(THIRD)[1])
    assert history(THIRD) == [(THREE, False, False)]
    assert tier(FIRST) == "enhanced"
    assert all(enhanced for _, _, enhanced in running(FIRST))
    reason = "SELECT reason FROM casework_casechange WHERE kind = 'tier_changed'"
    assert ask(reason) == [("Other crimes against them have become known",)]


def test_two_crimes_by_one_suspect_are_enough_once_people_are_joined():
    take_in({**FIRST, "suspect_ref": "S7"}, {**THIRD, "suspect_ref": "S7"})
    join(person_of(FIRST)[1], person_of(THIRD)[1])
    assert history(FIRST) == [(ONE_SUSPECT, False, False)]


def test_joining_with_too_few_crimes_proposes_nothing():
    take_in(FIRST, THIRD)
    join(person_of(FIRST)[1], person_of(THIRD)[1])
    assert history(FIRST) == []
    assert tier(FIRST) == "standard"


def test_parting_takes_back_what_nobody_decided_and_the_promises_with_it():
    take_in(FIRST, SECOND, THIRD)
    before = [running(FIRST), running(THIRD)]
    merge_id = join(person_of(FIRST)[1], person_of(THIRD)[1])
    assert running(FIRST) != before[0]
    part(merge_id, now=LATER + timedelta(days=2))
    assert history(FIRST) == history(THIRD) == []
    assert {tier(row) for row in (FIRST, THIRD)} == {"standard"}
    assert [running(FIRST), running(THIRD)] == before


def test_parting_leaves_what_somebody_confirmed_and_asks_to_look_again():
    merge_id = joined()
    decide(FIRST, confirm=True)
    part(merge_id)
    assert history(THIRD) == [(THREE, True, True)]
    assert PromptCode.LOOK_AGAIN in prompts(THIRD)
    join(person_of(FIRST)[1], person_of(THIRD)[1])
    assert history(THIRD) == [(THREE, True, False)]
    assert PromptCode.LOOK_AGAIN not in prompts(THIRD)


def test_what_was_declined_stays_so_and_asks_for_nothing():
    merge_id = joined()
    decide(FIRST, confirm=False)
    assert tier(FIRST) == "standard"
    part(merge_id)
    assert history(THIRD) == [(THREE, True, False)]
    assert PromptCode.LOOK_AGAIN not in prompts(THIRD)
    join(person_of(FIRST)[1], person_of(THIRD)[1])
    assert history(THIRD) == [(THREE, True, False)]
    assert tier(FIRST) == "standard"


def test_what_the_police_flagged_is_not_taken_away_by_parting():
    take_in({**FIRST, **WALLED}, SECOND, THIRD)
    merge_id = join(person_of(FIRST)[1], person_of(THIRD)[1])
    part(merge_id)
    assert tier(FIRST) == "enhanced"


def test_an_older_crime_that_comes_late_is_counted_with_those_after_it():
    take_in(SECOND, {**THIRD, **ASHA})
    receive([FIRST], now=NOW)
    assert history(THIRD) == []
    assert watch_targeting(now=NOW + timedelta(hours=1)) == 1
    assert history(THIRD) == [(THREE, False, False)]
    assert tier(THIRD) == "enhanced"
    assert watch_targeting(now=NOW + timedelta(hours=2)) == 0


HOME = {"address_line_1": "14 Elm Row", "postcode": "LE2 7DT"}
WALLED = {"flags": "sexual", "consent_referral": "given", "safe_phone": "y"}


def at_home(**of_one):
    """Four crimes at one address, against two people; the newest against Asha."""
    rows = [
        crime(11, "2026-04-01", OMAR, **HOME, **of_one),
        crime(12, "2026-05-01", OMAR, **HOME),
        crime(13, "2026-06-01", ASHA, **HOME),
        crime(14, "2026-08-01", ASHA, **HOME),
    ]
    take_in(*rows)
    watch_targeting(now=NOW + timedelta(hours=1))
    return rows


def test_a_home_that_is_hit_again_and_again_is_a_ground():
    rows = at_home()
    ((words, _, _),) = history(rows[-1])
    assert "at their address" in words
    assert tier(rows[-1]) == "enhanced"


def test_what_stands_behind_a_wall_is_not_counted_for_those_who_live_there():
    rows = at_home(**WALLED)
    assert history(rows[-1]) == []
    assert tier(rows[-1]) == "standard"


def test_a_crime_taken_back_no_longer_counts():
    first = {**FIRST, "person_ref": "N9"}
    rows = [first, SECOND, {**THIRD, **ASHA}]
    take_in(*rows)
    assert history(first) == [(THREE, False, False)]
    newer = {"extracted_at": "2026-09-29T02:15:00", "action": "withdraw"}
    receive([{**first, **newer}], now=NOW + timedelta(days=2), extract_id="LEI-2")
    watch_targeting(now=NOW + timedelta(days=2))
    assert history(SECOND) == []
