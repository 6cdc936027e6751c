from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.care.linking.rules import KINDS, describe_match, exact_keys, group
from alongside.care.linking.types import KeyKind, PersonGroup

PERSON = {
    "given_names": "Paul Christian",
    "surname": "O'Sullivan",
    "date_of_birth": date(1973, 7, 6),
    "phones": ("+447700900123", None),
    "email": "p@example.org",
    "postcode": "LE2 7DT",
}
PHONE, EMAIL, POSTCODE = KeyKind.PHONE, KeyKind.EMAIL, KeyKind.POSTCODE
A, B, C, D = (UUID(int=(mark << 120) + n) for n, mark in enumerate((1, 2, 3, 1)))


def keys(**changes: object) -> tuple[UUID, ...]:
    return exact_keys(**PERSON | changes)  # type: ignore[arg-type]


def kinds(found: tuple[UUID, ...]) -> list[KeyKind]:
    return [KINDS[key.bytes[0]] for key in found]


def test_a_key_for_each_thing_shared():
    assert kinds(keys()) == [PHONE, EMAIL, POSTCODE]
    both = keys(phones=("+447700900123", "+441162549199"))
    assert kinds(both) == [PHONE, PHONE, EMAIL, POSTCODE]
    assert len(keys(phones=("+447700900123", "+447700900123"))) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"given_names": "PAUL  CHRISTIAN", "surname": "OSullivan"},
        {"surname": "O’SULLIVAN "},
        {"email": "P@Example.org"},
        {"postcode": "le27dt"},
    ],
)
def test_spelling_that_means_nothing_makes_no_other_key(changes):
    assert keys(**changes) == keys()


@pytest.mark.parametrize(
    "changes",
    [
        {"given_names": "Paul"},
        {"given_names": "Christian Paul"},
        {"surname": "Sullivan"},
        {"date_of_birth": date(1973, 6, 7)},
    ],
)
def test_another_name_or_day_shares_nothing(changes):
    assert not set(keys(**changes)) & set(keys())


@pytest.mark.parametrize(
    "changes",
    [
        {"date_of_birth": None},
        {"surname": ""},
        {"given_names": "-"},
        {"phones": (None,), "email": "", "postcode": ""},
        {"phones": (), "email": "", "postcode": "LE2"},
    ],
)
def test_too_little_makes_no_key(changes):
    assert keys(**changes) == ()


def test_a_secret_makes_other_keys_of_the_same_kinds():
    secret = keys(secret=b"k" * 32)
    assert not set(secret) & set(keys())
    assert kinds(secret) == [PHONE, EMAIL, POSTCODE]


def test_one_value_of_two_kinds_makes_two_keys():
    (as_email,) = keys(phones=(), email="+447700900123", postcode="")
    assert as_email not in keys()


def test_rows_that_share_a_key_are_one_person_over_any_number_of_steps():
    assert group([(7, (A,)), (3, (C,)), (9, (A, B)), (5, (B,))], {}) == (
        PersonGroup((7, 9, 5), None, (), ((PHONE,), (PHONE, EMAIL), (EMAIL,))),
        PersonGroup((3,), None, (), ((),)),
    )


def test_rows_without_keys_are_people_of_their_own():
    assert [found.rows for found in group([(1, ()), (2, ())], {})] == [(1,), (2,)]


def test_a_known_person_is_found_and_the_longest_known_wins():
    (found,) = group([(1, (A,)), (2, (A, C))], {A: 20, C: 10})
    assert found.known_person == 10
    assert found.known_people == (10, 20)
    assert found.matched_on == ((PHONE,), (PHONE, POSTCODE))


def test_rows_meet_in_the_person_they_are_both_known_as():
    (found,) = group([(1, (A,)), (2, (C,))], {A: 10, C: 10})
    assert found.rows == (1, 2)
    assert found.known_people == (10,)


def test_a_match_is_said_in_words():
    assert describe_match(()) == ""
    assert describe_match((PHONE,)) == "name, date of birth and phone number"
    assert describe_match((EMAIL, POSTCODE)) == (
        "name, date of birth, e-mail address and postcode"
    )


@given(
    st.lists(st.lists(st.integers(0, 12), max_size=3), max_size=15),
    st.dictionaries(st.integers(0, 12), st.integers(1, 4), max_size=5),
)
def test_every_row_is_in_one_group_and_no_key_is_in_two(numbers, people):
    def key(number: int) -> UUID:
        return UUID(int=(1 << 120) + number)

    rows = [(n, tuple(map(key, own))) for n, own in enumerate(numbers)]
    known = {key(number): person for number, person in people.items()}
    groups = group(rows, known)
    assert sorted(n for found in groups for n in found.rows) == list(range(len(rows)))
    assert [g.rows[0] for g in groups] == sorted(g.rows[0] for g in groups)
    keys_of = [{k for n in found.rows for k in rows[n][1]} for found in groups]
    assert sum(map(len, keys_of)) == len(set().union(*keys_of))
    named = [found.known_person for found in groups if found.known_person is not None]
    assert len(named) == len(set(named))
