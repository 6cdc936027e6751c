"""Another service asked: it accepts, declines, asks, or is told no more."""

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.care.referrals import operations as referrals
from alongside.care.referrals.types import EndReason, ReferralState
from alongside.foundation.accounts.queries import list_notices
from alongside.foundation.lib.errors import NotFound
from alongside.walls.context import acting_as
from alongside.workflows import share_case
from alongside.workflows.read_shared import read_inbox, read_shared
from alongside.workflows.read_sharing import read_sharing
from tests.factories.sharing import agree, plan
from tests.integration.sharing.test_sharing import withdraw

ASKED = "Would you offer a place?"


@pytest.fixture
def agreed(stage, agreement):
    with acting_as(stage.worker):
        return agree(stage.worker, stage.asha, now=stage.now)


@pytest.fixture
def referred(stage, agreed):
    with acting_as(stage.worker):
        asked = plan(stage.asha, asked=ASKED)
        return share_case.share(actor=stage.worker, now=stage.now, plan=asked)


def accept(stage, share):
    with acting_as(stage.maeve):
        referrals.accept_referral(actor=stage.maeve, now=stage.now, share_id=share)


def sent(stage):
    with acting_as(stage.worker):
        view = read_sharing(actor=stage.worker, now=stage.now, case_id=stage.asha)
    return view.shares[0]


def told(actor):
    with acting_as(actor):
        return [line.words for line in list_notices(actor=actor, limit=9)]


def test_it_waits_for_an_answer_by_a_working_day(stage, referred):
    with acting_as(stage.maeve):
        line = read_inbox(actor=stage.maeve, now=stage.now).lines[0]

    assert line.referral is not None
    assert line.referral.state is ReferralState.SENT
    assert line.referral.asked == ASKED
    with acting_as(stage.worker):
        usual = share_case.usual_answer_by(stage.now)
    assert line.referral.answer_by == usual
    assert told(stage.maeve) == ["Somebody has been referred to you"]


def test_accepting_tells_who_referred(stage, referred):
    accept(stage, referred)

    assert sent(stage).referral.state is ReferralState.ACCEPTED
    assert "A service has accepted a referral" in told(stage.worker)


def test_declining_closes_it_for_the_service(stage, referred):
    with acting_as(stage.maeve):
        referrals.decline_referral(
            actor=stage.maeve,
            now=stage.now,
            share_id=referred,
            code="no_capacity",
            words="",
        )
        with pytest.raises(NotFound):
            read_shared(actor=stage.maeve, now=stage.now, share_id=referred)

    line = sent(stage)
    assert line.referral.state is ReferralState.DECLINED
    assert line.share.ended_why is EndReason.DECLINED
    assert "A service has declined a referral" in told(stage.worker)


@pytest.mark.parametrize(("code", "words"), [("", ""), ("x", "why"), ("other", " ")])
def test_declining_says_why(stage, referred, code, words):
    with acting_as(stage.maeve), pytest.raises(referrals.ReasonNeeded):
        referrals.decline_referral(
            actor=stage.maeve,
            now=stage.now,
            share_id=referred,
            code=code,
            words=words,
        )


def test_it_ends_when_its_part_is_done(stage, referred):
    accept(stage, referred)
    with acting_as(stage.maeve):
        referrals.end_referral(actor=stage.maeve, now=stage.now, share_id=referred)

    line = sent(stage)
    assert line.referral.state is ReferralState.ENDED
    assert line.share.ended_why is EndReason.FINISHED
    assert not line.is_open


def test_an_unanswered_referral_cannot_be_done(stage, referred):
    with acting_as(stage.maeve), pytest.raises(referrals.CannotMove):
        referrals.end_referral(actor=stage.maeve, now=stage.now, share_id=referred)


def test_withdrawal_withdraws_it_and_tells_both(stage, agreed, referred):
    accept(stage, referred)
    withdraw(stage.worker, stage.asha, agreed, stage.now)

    line = sent(stage)
    assert line.referral.state is ReferralState.WITHDRAWN
    assert line.share.ended_why is EndReason.CONSENT_WITHDRAWN
    gone = "Something that was shared with you has been withdrawn"
    # To the managers, and to whoever had accepted it: here the same person.
    assert told(stage.maeve).count(gone) == 2
    ended = "A referral has ended because consent was withdrawn"
    assert ended in told(stage.worker)


def test_questions_go_to_and_fro(stage, referred):
    for actor, words in ((stage.maeve, "Which evening?"), (stage.worker, "Tuesday")):
        with acting_as(actor):
            referrals.write_message(
                actor=actor, now=stage.now, share_id=referred, words=words
            )

    assert [one.words for one in sent(stage).messages] == ["Which evening?", "Tuesday"]
    with acting_as(stage.maeve):
        view = read_shared(actor=stage.maeve, now=stage.now, share_id=referred)
    assert [one.by for one in view.messages] == ["Maeve Tindall", "Tom Hollis"]
    assert "A service asks you about a referral" in told(stage.worker)


def test_the_sender_cannot_answer_for_the_service(stage, referred):
    with (
        acting_as(stage.worker),
        pytest.raises(IntegrityError, match="cannot move"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE referrals_servicereferral SET state = 'accepted'")


def test_another_agency_can_neither_see_nor_answer_it(stage, actor_as, referred):
    police = actor_as("police")
    with acting_as(police), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_servicereferral")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE referrals_caseshare SET ended_at = now()")
        assert cursor.rowcount == 0
