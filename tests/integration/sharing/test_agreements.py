"""The register of agreements: drafted, live, extended, chased, ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from alongside.foundation.accounts.queries import get_receiver, list_notices
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import operations, queries
from alongside.foundation.organisations.types import AgreementState
from alongside.walls.context import acting_as
from alongside.workflows import keep_agreements
from alongside.workflows.keep_agreements import chase_agreements
from tests.factories.sharing import agency, make_agreement


def read(stage, agreement):
    with acting_as(stage.keeper):
        return keep_agreements.read_agreement(
            actor=stage.keeper, agreement_id=agreement
        )


def chase(stage, *, days=0):
    """How many were told, `days` from now."""
    now = stage.now + timedelta(days=days)
    receiver = get_receiver(agency_id=stage.worker.agency_id, now=stage.now)
    with acting_as(receiver):
        return chase_agreements(actor=receiver, now=now)


def told(stage):
    with acting_as(stage.keeper):
        return [n.words for n in list_notices(actor=stage.keeper, limit=20)]


def test_a_draft_is_put_live_and_keeps_its_history(stage):
    made = make_agreement(stage.keeper, now=stage.now)

    view = read(stage, made)
    assert view.agreement.state is AgreementState.LIVE
    assert [n.words for n in view.news] == ["Put live", "Draft written"]
    assert {n.by_name for n in view.news} == {"Bea Lindqvist"}


def test_only_a_draft_is_rewritten(stage):
    made = make_agreement(stage.keeper, now=stage.now)
    with acting_as(stage.keeper), connection.cursor() as cursor:
        cursor.execute("DELETE FROM organisations_agreementflow")
        assert cursor.rowcount == 0
        with pytest.raises(operations.CannotMove):
            keep_agreements.put_live(
                actor=stage.keeper, now=stage.now, agreement_id=made
            )


def test_a_worker_keeps_no_register(stage):
    with pytest.raises(NotAllowed):
        make_agreement(stage.worker, now=stage.now)


def test_another_agency_changes_nothing_of_it(stage, agreement):
    stranger = replace(stage.keeper, agency_id=agency("harbour").pk)
    with acting_as(stranger), pytest.raises(NotFound):
        keep_agreements.end(
            actor=stranger, now=stage.now, agreement_id=agreement, reason="x"
        )
    with acting_as(stage.maeve), connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_sharingagreement SET state = 'live'")
        assert cursor.rowcount == 0


def test_it_is_extended_as_a_new_version(stage, agreement):
    before = read(stage, agreement).agreement
    last = before.last_day + timedelta(days=365)
    with acting_as(stage.keeper):
        keep_agreements.extend(
            actor=stage.keeper,
            now=stage.now,
            agreement_id=agreement,
            last_day=last,
            review_on=last,
            reference="ISA-1b",
        )

    after = read(stage, agreement).agreement
    assert (after.version, after.last_day, after.reference) == (2, last, "ISA-1b")


def test_one_that_has_lapsed_is_not_extended(stage):
    made = make_agreement(stage.keeper, now=stage.now, days=3)
    later = stage.now + timedelta(days=5)
    with acting_as(stage.keeper), pytest.raises(operations.CannotMove):
        keep_agreements.extend(
            actor=stage.keeper,
            now=later,
            agreement_id=made,
            last_day=local_day(later) + timedelta(days=9),
            review_on=local_day(later) + timedelta(days=8),
            reference="x",
        )


def test_expiring_ones_are_chased_once_for_each_stage(stage):
    make_agreement(stage.keeper, now=stage.now, days=100)

    assert chase(stage) == 0
    # Day 11: ninety days before its end.
    assert chase(stage, days=11) == 1
    assert chase(stage, days=11) == 0
    assert chase(stage, days=12) == 0
    # Day 71: thirty days before its end, and before the review on day 100.
    assert chase(stage, days=71) == 2
    assert sum("An agreement ends on" in words for words in told(stage)) == 2


def test_one_whose_last_day_passed_is_ended(stage):
    made = make_agreement(stage.keeper, now=stage.now, days=10)
    chase(stage, days=11)

    assert read(stage, made).agreement.state is AgreementState.ENDED
    assert any("its last day passed" in words for words in told(stage))


def test_the_register_costs_the_same_whatever_is_in_it(
    stage, django_assert_num_queries
):
    for _ in range(3):
        make_agreement(stage.keeper, now=stage.now)
    with acting_as(stage.keeper), django_assert_num_queries(3):
        lines = queries.list_agreements(agency_id=stage.keeper.agency_id)
    assert len(lines) == 3
