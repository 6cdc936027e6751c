"""Opening a case in an emergency: what the database demands, does and refuses."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.care.casework.queries import get_case
from alongside.care.guarding import queries
from alongside.care.guarding.operations.emergency import (
    chase_reviews,
    close_emergency,
    open_in_emergency,
    review_emergency,
)
from alongside.care.guarding.tables import CATEGORIES, LIMITS, limit
from alongside.care.guarding.types import Finding, LimitCode, Refusal
from alongside.care.people.queries import list_public_ids, open_labels
from alongside.foundation.accounts.queries import list_notices
from alongside.foundation.accounts.tables import limit as sign_in_limit
from alongside.foundation.accounts.types import LimitCode as SignInCode
from alongside.foundation.accounts.types import Role
from alongside.foundation.lib.errors import NotAllowed
from alongside.walls.context import acting_as
from alongside.workflows.restrict import restrict
from tests.factories.feeds import receive
from tests.integration.guarding.conftest import ASHA, OMAR, REASON, sees

pytestmark = pytest.mark.django_db


def ask(actor, now, reference=ASHA["crime_ref"], **other):
    asked = {
        "reference": reference,
        "born": None,
        "category": "danger_to_life",
        "reason": REASON,
        **other,
    }
    with acting_as(actor):
        return open_in_emergency(actor=actor, now=now, **asked)


def notices(actor):
    with acting_as(actor):
        return [one.words for one in list_notices(actor=actor, limit=20)]


def review(actor, now, access, **said):
    given = {"finding": Finding.JUSTIFIED, "words": "Rightly done", **said}
    with acting_as(actor):
        return review_emergency(actor=actor, now=now, access_id=access, **given)


def test_a_case_is_opened_for_a_while_and_closed_again(act, case_of, now):
    tom, case = act("worker"), case_of(ASHA)
    assert not sees(tom, case)

    outcome = ask(tom, now)

    assert (outcome.refusal, outcome.case_id) == (None, case)
    assert sees(tom, case)
    assert not sees(act("fitter"), case)
    with acting_as(tom):
        live = queries.find_open_emergency(actor=tom, case_id=case, person_id=None)
        assert live and live.access_id == outcome.access_id
        assert 3.9 < (live.until - now).total_seconds() / 3600 <= 4.1
        assert close_emergency(actor=tom, now=now, access_id=outcome.access_id)
        assert not close_emergency(actor=tom, now=now, access_id=outcome.access_id)
    assert not sees(tom, case)


def test_the_short_reference_of_a_case_is_enough(act, case_of, now):
    case = case_of(ASHA)
    short = f"{case.hex[:4]}-{case.hex[4:8]}".upper()
    assert ask(act("worker"), now, short).case_id == case


def test_governance_and_the_owner_are_told_at_once(act, case_of, now):
    case_of(ASHA)
    ask(act("worker"), now)

    (told,) = notices(act("information"))
    assert told.startswith("Tom Hollis (LLR Victim and Witness Service) opened a case")
    assert "Asha" not in told and "Reed" not in told and REASON not in told
    # Nobody holds the case: the supervisors of its agency are told in their place.
    assert any(
        "opened a case in an emergency" in one for one in notices(act("supervisor"))
    )
    assert notices(act("specialist")) == []


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"reference": "26099999999"}, Refusal.UNKNOWN),
        ({"reference": ""}, Refusal.UNKNOWN),
        ({"reference": "%"}, Refusal.UNKNOWN),
        ({"reference": "2600000000"}, Refusal.UNKNOWN),
        ({"reference": "'; DROP TABLE casework_case; --"}, Refusal.UNKNOWN),
        ({"reference": "0000-0000"}, Refusal.UNKNOWN),
        ({"reason": "   x      y        z       "}, Refusal.REASON),
        ({"reason": "too short"}, Refusal.REASON),
        ({"category": "curiosity"}, Refusal.CATEGORY),
    ],
)
def test_what_is_not_asked_rightly_is_refused(act, case_of, *, other, refusal):
    case, now = case_of(ASHA), datetime.now(tz=UTC)
    outcome = ask(act("worker"), now, **other)
    assert (outcome.refusal, outcome.case_id) == (refusal, None)
    assert not sees(act("worker"), case)
    assert notices(act("information")) == []


@pytest.mark.parametrize("age", [10 * 60 + 5, 10**9, -3600])
def test_a_second_factor_that_is_not_fresh_opens_nothing(act, case_of, now, age):
    case_of(ASHA)
    assert ask(act("worker", strong=age), now).refusal is Refusal.STALE
    never = replace(act("worker"), strong_at=0)
    assert ask(never, now).refusal is Refusal.STALE


def test_the_database_asks_the_membership_and_not_the_program(act, case_of, now):
    case_of(ASHA)
    claims_to_be = replace(
        act("fitter"),
        role=Role.SUPERVISOR,
        permissions=act("supervisor").permissions,
    )
    assert ask(claims_to_be, now).refusal is Refusal.ROLE
    with pytest.raises(NotAllowed):
        ask(act("fitter"), now)


def test_several_people_in_one_crime_are_told_apart_by_their_day_of_birth(
    act, case_of, now
):
    case_of(ASHA)
    receive(
        [
            {
                **ASHA,
                "given_names": "Ben",
                "date_of_birth": "1990-01-01",
                "person_ref": "B",
            }
        ],
        now=now,
        extract_id="LEI-2",
    )
    tom = act("worker")
    assert ask(tom, now).refusal is Refusal.UNKNOWN
    assert ask(tom, now, born="1992-02-03").case_id


def test_who_may_open_it_already_is_sent_there(act, case_of, now):
    outcome = ask(act("worker"), now, OMAR["crime_ref"])
    assert (outcome.refusal, outcome.case_id) == (Refusal.OPEN, case_of(OMAR))


def test_after_a_few_a_day_a_supervisor_must(act, case_of, now):
    case_of(ASHA)
    tom = act("worker")
    for _ in range(limit(LimitCode.USES_A_DAY)):
        outcome = ask(tom, now)
        with acting_as(tom):
            close_emergency(actor=tom, now=now, access_id=outcome.access_id)
    assert ask(tom, now).refusal is Refusal.TOO_MANY


def test_the_numbers_of_the_database_are_those_of_the_data(db):
    with connection.cursor() as cursor:
        for code in LIMITS:
            cursor.execute("SELECT guarding_limit(%s)", [code.value])
            number = cursor.fetchone()[0]
            assert number == (None if code is LimitCode.REVIEW_DAYS else limit(code))
    assert limit(LimitCode.FACTOR_MINUTES) == sign_in_limit(
        SignInCode.FRESH_SAVE_MINUTES
    )


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_database_knows_every_category_of_the_data(act, case_of, now, category):
    case_of(ASHA)
    assert ask(act("worker"), now, category=category).refusal is None


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO guarding_emergencyaccess (area_id) VALUES (1)",
        "UPDATE guarding_emergencyaccess SET until = now() + interval '1 day'",
        "UPDATE guarding_emergencyaccess SET finding = 'justified'",
        "DELETE FROM guarding_emergencyaccess",
        "TRUNCATE guarding_emergencyaccess",
        "SELECT casework_grant(1, 1, 1, 'break_glass', gen_random_uuid(), 255, NULL)",
        "SELECT guarding_bar('{}', '{}', '{}', 'x', '{}', 1, now())",
    ],
)
def test_nothing_goes_round_the_function(act, case_of, now, statement):
    case_of(ASHA)
    ask(act("worker"), now)
    with (
        acting_as(act("worker")),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_governance_reviews_each_use_and_the_user_is_told(act, case_of, now):
    tom, bea, case = act("worker"), act("information"), case_of(ASHA)
    access = ask(tom, now).access_id
    sees(tom, case)

    with acting_as(bea):
        (waiting,) = queries.list_emergencies(actor=bea, waiting=True, limit=5)
        assert (waiting.access_id, waiting.reason) == (access, REASON)
        looks = queries.list_looks(actor=bea, access_id=access, limit=50)
    assert "person.seen" in {look.action for look in looks}
    assert review(bea, now, access, words=" ") is Refusal.REASON
    assert review(bea, now, access, finding=Finding.ENQUIRY) is None
    assert review(bea, now, access) is Refusal.DONE
    assert any("needs an enquiry" in words for words in notices(tom))
    with acting_as(bea):
        assert queries.list_emergencies(actor=bea, waiting=True, limit=5) == []
        assert queries.get_emergency(actor=bea, access_id=access).reviewed_by


def test_only_governance_of_the_agencies_concerned_sees_a_use(act, case_of, now):
    assert case_of(ASHA)
    access = ask(act("worker"), now).access_id
    assert access is not None
    for name in ("supervisor", "specialist", "provider", "police"):
        actor = act(name)
        with acting_as(actor):
            assert queries.list_emergencies(actor=actor, waiting=True, limit=5) == []
            assert queries.list_looks(actor=actor, access_id=access, limit=5) == []
        with pytest.raises(NotAllowed):
            review(actor, now, access)
        forced = replace(actor, permissions=act("information").permissions)
        assert review(forced, now, access) is Refusal.ROLE


def test_what_nobody_reviewed_is_chased_once_a_day(act, case_of, now):
    case_of(ASHA)
    ask(act("worker"), now)
    bea = act("information")
    with acting_as(bea):
        assert chase_reviews(actor=bea, now=now, before=now.replace(year=2020)) == 0
        later = now.replace(year=now.year + 1)
        assert chase_reviews(actor=bea, now=later, before=later) == 1
        assert chase_reviews(actor=bea, now=later, before=later) == 0
    assert any("waits for its review" in words for words in notices(bea))


def test_restricted_processing_gives_way_to_an_emergency_and_stands_again(
    act, case_of, now
):
    tom, bea, case = act("worker"), act("information"), case_of(OMAR)
    with acting_as(tom):
        found = get_case(actor=tom, public_id=case)
        person = list_public_ids(person_ids=[found.person_id])[found.person_id]

    def name():
        with acting_as(tom):
            return open_labels(person_ids=[found.person_id], purpose="test", now=now)

    assert name()
    with acting_as(bea):
        restrict(actor=bea, now=now, person_id=person, request_id=None, reason="Asked")
    assert name() == {}

    access = ask(tom, now, OMAR["crime_ref"]).access_id
    assert name()
    with acting_as(tom):
        close_emergency(actor=tom, now=now, access_id=access)
    assert name() == {}
