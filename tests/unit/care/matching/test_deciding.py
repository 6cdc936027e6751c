from hypothesis import given
from hypothesis import strategies as st

from alongside.care.matching.rules.deciding import (
    adds_nothing,
    decide,
)
from alongside.care.matching.rules.weights import SHIPPED
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band, Candidate, Why
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


def test_a_record_just_like_one_of_theirs_needs_no_keys():
    candidates = known(person(), person(**MOVED))
    assert adds_nothing(person(), 1, candidates)
    assert not adds_nothing(person(), 2, candidates)
    assert not adds_nothing(person(given_names="Peggy"), 1, candidates)
