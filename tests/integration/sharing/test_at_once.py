"""Withdrawal by another connection is seen by a transaction that is already open."""

import threading
import time
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connections, transaction

from alongside.care.consent.types import Giver, Way
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.lib.errors import DomainError
from alongside.walls.context import SETTING, acting_as, current_token
from alongside.workflows import share_case
from tests.factories.feeds import receive
from tests.factories.sharing import agree, case_of, make_agreement, plan
from tests.integration.sharing.conftest import ASHA

COUNTS = """
    SELECT (SELECT count(*) FROM referrals_caseshare),
           (SELECT count(*) FROM casework_victimisation),
           (SELECT count(*) FROM referrals_shared_people(%s))
"""


def account(name, now):
    user = User.objects.get(email=f"{name}@llr.example")
    return get_actor(user_id=user.pk, now=now)


@pytest.fixture
def scene(fresh_database):
    """A share that is committed, so that other connections see it."""
    now = datetime.now(tz=UTC)
    receive([ASHA], now=now - timedelta(days=1))
    make_agreement(account("information", now), now=now)
    worker = account("worker", now)
    with acting_as(worker), transaction.atomic():
        case = case_of(ASHA["crime_ref"])
        entry = agree(worker, case, now=now)
    with acting_as(worker), transaction.atomic():
        share = share_case.share(actor=worker, now=now, plan=plan(case))
    return fresh_database, now, worker, (case, entry, share)


def withdraw(worker, now, case, entry):
    with acting_as(worker), transaction.atomic():
        share_case.withdraw(
            actor=worker,
            now=now,
            case_id=case,
            entry_id=entry,
            giver=Giver.PERSON,
            way=Way.SPOKEN,
            words="",
        )


def test_the_next_statement_of_an_open_transaction_sees_nothing(scene):
    reach, now, worker, (case, entry, share) = scene
    with acting_as(account("provider", now)):
        token = current_token()
    with psycopg.connect(reach.app.conninfo()) as recipient:
        recipient.execute(SETTING, [token])
        assert recipient.execute(COUNTS, [[share]]).fetchone() == (1, 1, 1)

        withdraw(worker, now, case, entry)

        assert recipient.execute(COUNTS, [[share]]).fetchone() == (0, 0, 0)


def test_a_share_and_a_withdrawal_never_pass_each_other(scene):
    """The share waits for the withdrawal under way, and is then refused."""
    _, now, worker, (case, entry, _) = scene
    outcome = []

    def share():
        try:
            with acting_as(worker), transaction.atomic():
                share_case.share(actor=worker, now=now, plan=plan(case))
            outcome.append("shared")
        except DomainError as refusal:
            outcome.append(type(refusal).__name__)
        finally:
            connections.close_all()

    with acting_as(worker), transaction.atomic():
        share_case.withdraw(
            actor=worker,
            now=now,
            case_id=case,
            entry_id=entry,
            giver=Giver.PERSON,
            way=Way.SPOKEN,
            words="",
        )
        other = threading.Thread(target=share)
        other.start()
        time.sleep(0.5)
        assert outcome == []  # it waits for us
    other.join(timeout=20)

    assert outcome == ["SharingRefused"]
