"""Joining two people by hand, and parting them: the pages a supervisor goes through."""

from datetime import UTC, datetime

import pytest

from tests.integration.linking.merging import (
    FIRST,
    SECOND,
    case_of,
    person_of,
    take_in,
)
from tests.integration.web.conftest import *  # noqa: F403  how somebody signs in
from tests.integration.web.linking.test_confirming import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return take_in(FIRST, SECOND, now=datetime.now(tz=UTC))


@pytest.fixture
def sarah(client_as):
    return client_as("supervisor")


def test_two_are_joined_by_a_reference_after_a_look_at_the_plan(sarah, two):
    kept, gone = two
    start = f"/people/{kept}/joined"
    assert "have not been joined with anybody" in text_of(sarah.get(start))
    reference = str(case_of(SECOND)[1])[:8]
    found = sarah.post(start, {"other": f"{reference[:4]}-{reference[4:]}"})
    assert found["Location"] == f"/people/{kept}/join/{gone}"

    plan = text_of(sarah.get(found["Location"]))
    assert "Join Omar Bell with Asha Reed?" in plan
    assert "Records 1" in plan and "One of the two open cases would close." in plan
    empty = text_of(sarah.post(found["Location"], {"reason": ""}))
    assert "Say how you know" in empty
    assert person_of(SECOND)[1] == gone

    done = sarah.post(found["Location"], {"reason": "They told us"})
    assert done["Location"] == start
    assert person_of(SECOND)[1] == kept
    assert "They told us" in text_of(sarah.get(start))


def test_two_are_parted_again_and_never_taken_for_one(sarah, two):
    kept, gone = two
    sarah.post(f"/people/{kept}/join/{gone}", {"reason": "They told us"})
    page = sarah.get(f"/people/{kept}/joined").content.decode()
    address = page.split('href="/joined/')[1].split('"')[0]
    words = text_of(sarah.get(f"/joined/{address}"))
    assert "Part them again?" in words
    assert "may stay as it is now" not in words
    done = sarah.post(f"/joined/{address}", {"reason": "Sisters", "never_again": "on"})
    assert done["Location"] == f"/people/{kept}/joined"
    assert person_of(SECOND)[1] == gone
    again = sarah.post(f"/people/{kept}/join/{gone}", {"reason": "They told us"})
    assert "Somebody has said that these are two people" in text_of(again)


@pytest.mark.parametrize("typed", ["Nobody Atall", "", "0000-0000"])
def test_who_is_not_found_is_said_beside_the_field(sarah, two, typed):
    words = text_of(sarah.post(f"/people/{two[0]}/joined", {"other": typed}))
    assert "Give the case reference" in words or "Enter a case reference" in words


def test_a_worker_is_not_let_in(client_as, two):
    kept, gone = two
    tom = client_as("worker")
    for page in (f"/people/{kept}/joined", f"/people/{kept}/join/{gone}"):
        assert tom.get(page).status_code == 403
