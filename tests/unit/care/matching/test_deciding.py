import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.care.matching.rules.deciding import (
    adds_nothing,
    decide,
    decide_all,
    new_person,
)
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.weights import SHIPPED
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Arrival, Band, Candidate, Why
from tests.unit.care.matching.people import LIKELY, known, nobody, person

MOVED = {"address": "3 Mill Road", "postcode": "B1 1AA"}
FATHER = {"date_of_birth": "1951-11-30", "email": "", "phones": ()}


def who(arrival, candidates, **options):
    return decide(arrival, candidates, weights=SHIPPED, **options)


def test_nobody_is_known():
    decision = who(person(), [])
    assert decision.band is Band.NEW
    assert decision.person is decision.best is None
    assert decision.reviews == decision.household == ()


def test_somebody_known_is_found_by_the_record_that_is_most_alike():
    candidates = known(person(**MOVED), person(), person(given_names="Peggy"))
    decision = who(person(), candidates)
    assert (decision.band, decision.person) == (Band.LINK, 1)
    assert decision.best.record == 101
    assert decision.reviews == ()


def test_two_who_fit_alike_are_for_somebody_to_look_at():
    candidates = known(person()) + known(person(), person=2)
    decision = who(person(), candidates)
    assert (decision.band, decision.person) == (Band.REVIEW, None)
    assert [(r.person, r.judged.why) for r in decision.reviews] == [
        (1, Why.TWO_FIT),
        (2, Why.TWO_FIT),
    ]


def test_one_who_fits_far_better_is_linked():
    candidates = known(person()) + known(person(**MOVED), person=2)
    decision = who(person(), candidates)
    assert (decision.band, decision.person) == (Band.LINK, 1)


def test_a_record_of_theirs_that_says_otherwise_stops_the_link():
    candidates = known(person(), person(**FATHER))
    decision = who(person(), candidates)
    assert decision.band is Band.REVIEW
    assert [r.judged.why for r in decision.reviews] == [Why.CONTRADICTED]


def test_a_namesake_who_is_somebody_else_stops_nothing():
    candidates = known(person()) + known(person(**FATHER), person=2)
    assert who(person(), candidates).person == 1


def test_who_must_not_be_linked_is_not():
    decision = who(person(), known(person()), never={1})
    assert decision.band is Band.NEW
    assert (decision.best.person, decision.best.judged.why) == (1, Why.NEVER_LINK)


def test_a_suspect_is_never_made_one_with_a_victim():
    decision = who(person(), known(person()), opposite={1}, never={1})
    assert decision.band is Band.NEW
    assert decision.best.judged.why is Why.OTHER_SIDE


def test_the_next_who_fits_is_linked_where_the_first_must_not_be():
    candidates = known(person()) + known(person(), person=2)
    decision = who(person(), candidates, never={1})
    assert (decision.band, decision.person) == (Band.LINK, 2)


def test_who_was_never_alike_is_no_reason():
    stranger = nobody(given_names="Zed", surname="Lee", phones=("07700900123",))
    decision = who(person(), known(stranger), never={1})
    assert decision.best is None


def test_who_lives_with_them_is_told():
    wife = person(given_names="Ada", date_of_birth="1981-02-03", email="")
    decision = who(person(), known(wife, person=7))
    assert (decision.band, decision.household) == (Band.NEW, (7,))


def test_a_crowd_behind_every_key_is_for_review_with_nobody_beside():
    decision = who(person(), [], all_common=True)
    assert (decision.band, decision.reviews) == (Band.REVIEW, ())


def test_only_so_many_are_put_beside():
    twins = [
        c for n in range(1, 20) for c in known(person(given_names="Ada"), person=n)
    ]
    decision = who(person(), twins)
    assert [r.person for r in decision.reviews] == list(range(1, LIMITS.reviews + 1))


PEOPLE = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 99), LIKELY),
    max_size=8,
    unique_by=lambda row: row[1],
)


@given(LIKELY, PEOPLE, st.randoms(), st.sets(st.integers(1, 4)))
def test_the_order_of_candidates_does_not_matter(arrival, rows, random, never):
    candidates = [Candidate(*row) for row in rows]
    mixed = random.sample(candidates, len(candidates))
    decision = who(arrival, candidates, never=never)
    assert decision == who(arrival, mixed, never=never)
    assert decision.person is None or decision.person not in never
    assert (decision.person is None) is (decision.band is not Band.LINK)


def arrivals_of(standards):
    return [Arrival(s, block_keys(s)) for s in standards]


def one_by_one(arrivals, behind, limits):
    """As the database would: each looks, is decided about, and is written down."""
    held = {key: list(found) for key, found in behind.items()}
    decisions = []
    for row, arrival in enumerate(arrivals):
        lists = [held.get(key, []) for key in arrival.keys]
        common = [len(found) > limits.crowd for found in lists]
        found = {
            c.record: c
            for candidates, hot in zip(lists, common, strict=True)
            if not hot
            for c in candidates
        }
        decision = decide(
            arrival.standard,
            list(found.values()),
            weights=SHIPPED,
            all_common=bool(common) and all(common),
            limits=limits,
        )
        decisions.append(decision)
        person = decision.person or new_person(row)
        if not adds_nothing(arrival.standard, person, found.values()):
            own = Candidate(person, new_person(row), arrival.standard)
            for key in arrival.keys:
                held.setdefault(key, []).append(own)
    return tuple(decisions)


@given(st.lists(LIKELY, max_size=12), PEOPLE, st.sampled_from([1, 2, 200]))
@settings(max_examples=200)
def test_a_delivery_is_answered_as_if_one_by_one(standards, rows, crowd):
    limits = LIMITS._replace(crowd=crowd)
    behind: dict[int, list[Candidate]] = {}
    for row in rows:
        candidate = Candidate(*row)
        for key in block_keys(candidate.standard):
            behind.setdefault(key, []).append(candidate)
    arrivals = arrivals_of(standards)
    together = decide_all(arrivals, behind, weights=SHIPPED, limits=limits)
    assert together == one_by_one(arrivals, behind, limits)


def test_later_rows_of_a_delivery_find_earlier_ones():
    arrivals = arrivals_of([person(**FATHER), person(), person(given_names="Peggy")])
    first, second, third = decide_all(arrivals, {}, weights=SHIPPED)
    assert first.band is second.band is Band.NEW
    assert third.person == new_person(1)


def test_later_rows_find_whom_an_earlier_one_was_linked_with():
    behind = {key: known(person(), person=7) for key in block_keys(person())}
    moved = person(**MOVED)
    later = nobody(given_names="Margaret", surname="Okonkwo", **MOVED)
    later = later._replace(born=moved.born)
    decisions = decide_all(arrivals_of([moved, later]), behind, weights=SHIPPED)
    assert [d.person for d in decisions] == [7, 7]


def test_the_limits_on_a_row_hold_in_a_delivery():
    behind = {key: known(person(), person=7) for key in block_keys(person())}
    never = Arrival(person(), block_keys(person()), never={7})
    opposite = Arrival(person(), block_keys(person()), opposite={7})
    for arrival, why in ((never, Why.NEVER_LINK), (opposite, Why.OTHER_SIDE)):
        (decision,) = decide_all([arrival], behind, weights=SHIPPED)
        assert decision.band is Band.NEW
        assert decision.best is not None
        assert decision.best.judged.why is why


def test_ten_thousand_who_are_alike_are_one_person():
    decisions = decide_all(arrivals_of([person()]) * 10_000, {}, weights=SHIPPED)
    assert decisions[0].band is Band.NEW
    assert {d.person for d in decisions[1:]} == {new_person(0)}


@pytest.mark.parametrize(
    "standard",
    [nobody(), nobody(given_names="Unknown", surname="Unknown", phones=("000",))],
)
def test_ten_thousand_empty_records_are_ten_thousand_people(standard):
    decisions = decide_all(arrivals_of([standard]) * 10_000, {}, weights=SHIPPED)
    assert {d.band for d in decisions} == {Band.NEW}


def test_ten_thousand_who_share_a_phone_are_not_looked_through():
    shared = nobody(phones=("07700900123",))
    decisions = decide_all(arrivals_of([shared]) * 1000, {}, weights=SHIPPED)
    assert {d.band for d in decisions[: LIMITS.crowd]} == {Band.NEW}
    assert decisions[-1].band is Band.REVIEW
    assert decisions[-1].reviews == ()
