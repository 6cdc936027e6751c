"""One second factor is enough for a sitting at the review desk, and nowhere else."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from alongside.care.linking.tables import LIMITS
from alongside.web.middleware import STRONG
from alongside.workflows import merge_people, review_people
from tests.factories.reviews import make_review
from tests.integration.linking.merging import (
    FIRST,
    SECOND,
    join,
    part,
    person_of,
    supervisor,
    take_in,
)
from tests.integration.rights.people import NOW, acts
from tests.integration.web.conftest import *  # noqa: F403  how somebody signs in
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db
MINUTES = LIMITS["review_sitting_minutes"].number


@pytest.fixture
def two():
    return take_in(FIRST, SECOND)


@pytest.fixture
def task(two):
    return make_review(SECOND["crime_ref"], FIRST["crime_ref"], now=NOW)


def reviewer(minutes):
    """The supervisor, whose second factor is that old."""
    return replace(supervisor(), strong_at=int(time.time()) - 60 * minutes)


def answer(task, minutes):
    now = datetime.now(tz=UTC)
    with acts(reviewer(minutes)) as who:
        return review_people.answer(actor=who, now=now, review_id=task, same=True)


def test_the_database_goes_by_the_same_number():
    assert ask("SELECT linking_sitting_minutes()") == [(MINUTES,)]


def test_what_is_answered_at_the_desk_joins_until_the_sitting_ends(two, task):
    with pytest.raises(merge_people.SecondFactorNeeded):
        answer(task, MINUTES + 1)
    assert person_of(FIRST) != person_of(SECOND)
    answer(task, MINUTES - 1)
    assert person_of(FIRST) == person_of(SECOND)

    now = datetime.now(tz=UTC)
    with acts(reviewer(MINUTES - 1)) as who:
        assert review_people.undo(actor=who, now=now, review_id=task)
    assert person_of(FIRST) != person_of(SECOND)


def test_joining_and_parting_elsewhere_need_one_given_a_moment_ago(two):
    with pytest.raises(merge_people.SecondFactorNeeded):
        join(*two, actor=reviewer(11))
    merge_id = join(*two, now=NOW - timedelta(days=1))
    with pytest.raises(merge_people.SecondFactorNeeded):
        part(merge_id, actor=reviewer(11))


def test_the_desk_opens_for_a_sitting_less_the_time_to_answer(client_as, task):
    client = client_as("supervisor")
    for minutes, opens in ((MINUTES - 6, True), (MINUTES - 4, False)):
        session = client.session
        session[STRONG] = int(time.time()) - 60 * minutes
        session.save()
        status = client.get(f"/same-person/{task}").status_code
        assert (status == 200) is opens
        assert client.post(f"/same-person/{task}").status_code == 200


def test_nobody_asks_the_database_what_was_just_answered():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege('alongside_app',"
            " 'linking_just_answered(uuid, uuid, timestamptz)', 'EXECUTE')"
        )
        assert cursor.fetchone() == (False,)
