"""A delivery is answered as its rows would be one by one, whatever is in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.care.linking.types import Behind
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.weights import SHIPPED
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band, Candidate, Standard
from alongside.workflows.receiving.matching import Arrival, Arrived, decide_all
from tests.unit.care.matching.people import LIKELY, nobody, person

MANY = 10_000
NOBODY = Behind({}, {}, frozenset())


def arrivals(standards, **changes):
    return [
        Arrival(n, standard, block_keys(standard), None, n, **changes)
        for n, standard in enumerate(standards, start=1)
    ]


def decided(standards, behind=NOBODY):
    return decide_all(arrivals(standards), behind, weights=SHIPPED)


def written_down(arrived):
    """What is behind every key once these have been kept."""
    records = {
        one.arrival.record: Candidate(
            one.person, one.arrival.record, one.arrival.standard
        )
        for one in arrived
    }
    through: dict[int, list[int]] = {}
    for one in arrived:
        for key in one.keys:
            through.setdefault(key, []).append(one.arrival.record)
    common = {key for key, found in through.items() if len(found) > LIMITS.crowd}
    return Behind(records, through, frozenset(common))


@given(st.lists(LIKELY, max_size=12))
@settings(max_examples=100)
def test_together_or_one_by_one(standards):
    arrived: list[Arrived] = []
    for arrival in arrivals(standards):
        behind = written_down(arrived)
        arrived += decide_all([arrival], behind, weights=SHIPPED)
    assert decided(standards) == arrived


def test_ten_thousand_who_are_alike_are_one_person():
    standard = person()
    keys = block_keys(standard)
    same = [Arrival(n, standard, keys, None, n) for n in range(1, MANY + 1)]
    arrived = decide_all(same, NOBODY, weights=SHIPPED)
    assert {one.person for one in arrived} == {1}
    assert sum(len(one.keys) for one in arrived) == len(keys)


@pytest.mark.parametrize(
    "standard",
    [nobody(), nobody(given_names="Unknown", surname="N/K", phones=("000",))],
)
def test_ten_thousand_empty_records_are_ten_thousand_people(standard):
    assert standard == Standard()
    arrived = decided([standard] * MANY)
    assert len({one.person for one in arrived}) == MANY


def test_a_phone_that_a_crowd_shares_is_for_somebody_to_look_at():
    shared = nobody(phones=("07700900123",))
    arrived = decided([shared] * (LIMITS.crowd * 2))
    bands = [one.decision.band for one in arrived]
    assert set(bands[: LIMITS.crowd]) == {Band.NEW}
    assert bands[-1] is Band.REVIEW
    assert arrived[-1].decision.reviews == ()
    assert len({one.person for one in arrived}) == len(arrived)
