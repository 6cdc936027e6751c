"""Who may consent at what age, for every age and everybody who may say it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.care.consent.rules import standing, why_may_not_give
from alongside.care.consent.tables import GIVING
from alongside.care.consent.types import EntryKind, Giver, Said, Standing

ANYBODY = st.builds(
    Said,
    giver=st.sampled_from(Giver),
    age=st.integers(min_value=0, max_value=120),
    assessed_by=st.sampled_from(["", " ", "Priya Raval, support worker"]),
    guardian_checked=st.booleans(),
    unsafe_to_ask=st.booleans(),
)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def counts(said):
    """Whether consent counts, told without the rows of data."""
    understood = bool(said.assessed_by.strip())
    match said.giver:
        case Giver.COURT:
            return True
        case Giver.ATTORNEY:
            return said.age >= 18
        case Giver.GUARDIAN:
            return said.age < 18 and said.guardian_checked
        case Giver.PERSON:
            if said.age >= 18:
                return True
            return understood and (said.age >= 13 or said.unsafe_to_ask)


@given(ANYBODY)
def test_consent_counts_exactly_where_it_should(said):
    assert (why_may_not_give(said, GIVING) == "") is counts(said)


@given(ANYBODY)
def test_a_suspected_guardian_never_consents(said):
    unchecked = Said(giver=Giver.GUARDIAN, age=said.age, guardian_checked=False)
    assert why_may_not_give(unchecked, GIVING)


@given(ANYBODY)
def test_why_not_is_one_sentence_without_an_age(said):
    why = why_may_not_give(said, GIVING)
    assert not why.endswith(".")
    assert str(said.age) not in why.replace("13", "")


def test_without_rules_nobody_consents():
    assert all(why_may_not_give(Said(giver=who, age=40), ()) for who in Giver)


@pytest.mark.parametrize(
    ("kind", "until", "stands"),
    [
        (EntryKind.GIVEN, None, Standing.AGREED),
        (EntryKind.GIVEN, datetime(2026, 11, 23, tzinfo=UTC), Standing.AGREED),
        (EntryKind.GIVEN, NOON, Standing.LAPSED),
        (EntryKind.REFUSED, None, Standing.REFUSED),
        (EntryKind.WITHDRAWN, None, Standing.WITHDRAWN),
    ],
)
def test_how_it_stands(kind, until, stands):
    assert standing(kind, until=until, now=NOON) is stands
