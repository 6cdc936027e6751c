"""Emergency access where it is committed: it ends, stays, and is reviewed by others."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connections, transaction

from alongside.care.guarding import queries
from alongside.care.guarding.types import Refusal
from alongside.foundation.accounts.models import Membership, User
from alongside.foundation.accounts.types import Role
from alongside.walls.context import acting_as
from tests.factories.feeds import receive
from tests.integration.api.machines import trail
from tests.integration.guarding.conftest import ASHA, sees
from tests.integration.guarding.test_break_glass import ask, review


def test_it_ends_by_itself(fresh_database, act, now):
    receive([ASHA], now=now)
    tom = act("worker")
    case = ask(tom, now).case_id
    assert sees(tom, case)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE casework_caseaccess SET until = statement_timestamp()"
            " WHERE why = 'break_glass'"
        )
    assert not sees(tom, case)


@pytest.fixture
def two_officers(fresh_database, now):
    """Bea and Sarah are both supervisors and both information governance."""
    for name, role in (
        ("information", Role.SUPERVISOR),
        ("supervisor", Role.INFORMATION_GOVERNANCE),
    ):
        user = User.objects.get(email=f"{name}@llr.example")
        agency = Membership.objects.get(user=user).agency_id
        Membership.objects.using("owner").create(user=user, agency_id=agency, role=role)


def test_two_officers_do_not_approve_each_other(two_officers, act, now):
    """The second is refused, the refusal is on the trail, and nothing is changed."""
    receive([ASHA], now=now)
    permissions = act("information").permissions | act("supervisor").permissions
    bea = replace(act("information"), permissions=permissions, clearance=0)
    sarah = replace(act("supervisor"), permissions=permissions, clearance=0)
    by_bea, by_sarah = ask(bea, now).access_id, ask(sarah, now).access_id
    assert by_bea and by_sarah

    assert review(bea, now, by_bea) is Refusal.OWN
    assert review(sarah, now, by_bea) is None
    refused = trail("emergency.review_refused")
    assert review(bea, now, by_sarah) is Refusal.PAIR
    assert trail("emergency.review_refused") == refused + 1
    with acting_as(sarah), transaction.atomic():
        (waiting,) = queries.list_emergencies(actor=sarah, waiting=True, limit=5)
    assert waiting.access_id == by_sarah


def test_even_a_mistake_of_the_owner_changes_no_use(fresh_database, act, now):
    receive([ASHA], now=now)
    access = ask(act("worker"), now).access_id
    for statement in (
        "UPDATE guarding_emergencyaccess SET user_id = user_id + 1",
        "UPDATE guarding_emergencyaccess SET until = until + interval '1 hour'",
        (
            "UPDATE guarding_emergencyaccess SET reviewed_at = now(),"
            " finding = 'justified', reviewed_by_id = user_id"
        ),
        "DELETE FROM guarding_emergencyaccess",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only|emergency_reviewed"),
            transaction.atomic(using="owner"),
            connections["owner"].cursor() as cursor,
        ):
            cursor.execute(statement)
    assert trail("emergency.opened") == 1 and access
