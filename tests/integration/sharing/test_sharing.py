"""What flows, what the database refuses, and what closes it."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.care.consent.operations import ReasonNeeded
from alongside.care.consent.types import BasisCode, Giver, Way
from alongside.care.referrals.operations import SharingRefused
from alongside.care.referrals.types import EndReason
from alongside.foundation.accounts.queries import list_notices
from alongside.foundation.lib.errors import NotFound
from alongside.walls.bits import FACETS
from alongside.walls.context import acting_as
from alongside.workflows import keep_agreements, share_case
from alongside.workflows.read_shared import read_inbox, read_shared
from alongside.workflows.read_sharing import NoAgreement, read_sharing
from tests.factories.sharing import (
    SUPPORT,
    WHO_AND_WHAT,
    agency,
    agree,
    make_agreement,
    mask,
    plan,
    said_now,
)

RAW = """
    INSERT INTO referrals_caseshare (area_id, case_id, agency_id, recipient_id, kind,
        purpose, fields, basis, entry_id, agreement_id, made_by_id, made_at, until)
    SELECT c.area_id, c.id, c.agency_id, %(recipient)s, 'share', %(purpose)s,
           %(fields)s, e.basis, e.id, g.id, %(me)s, now(), %(until)s
      FROM casework_case c, consent_consententry e, organisations_sharingagreement g
     WHERE e.person_id = c.person_id ORDER BY e.id DESC, g.id DESC LIMIT 1
"""


@pytest.fixture
def agreed(worker, asha, agreement, now):
    """Asha has agreed, on the phone, that Harbour may have who, how and what."""
    with acting_as(worker):
        return agree(worker, asha, now=now)


@pytest.fixture
def shared(worker, asha, agreed, now):
    with acting_as(worker):
        return share_case.share(actor=worker, now=now, plan=plan(asha))


def insert(worker, **changes):
    """A share as nothing but SQL would write it."""
    given = {
        "recipient": agency("harbour").pk,
        "purpose": SUPPORT,
        "fields": WHO_AND_WHAT,
        "me": worker.user_id,
        "until": None,
    }
    with acting_as(worker), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW, given | changes)
        return cursor.rowcount


def inbox(actor, now):
    with acting_as(actor):
        return read_inbox(actor=actor, now=now)


def notices(actor):
    with acting_as(actor):
        return [line.words for line in list_notices(actor=actor, limit=9)]


def test_what_is_shared_is_seen_and_nothing_else(stage, shared):
    with acting_as(stage.maeve):
        view = read_shared(actor=stage.maeve, now=stage.now, share_id=shared)

    assert view.label is not None and view.channels is not None
    assert view.label.name == "Asha Reed"
    assert {c.value for c in view.channels.person.contacts} >= {"asha@people.example"}
    assert [crime.crime_ref for crime in view.crimes] == ["26000000001"]
    assert (view.case, view.grounds, view.notes, view.clocks) == (None, (), (), ())
    assert notices(stage.maeve) == ["Something has been shared with you"]


def test_before_it_is_shared_there_is_nothing(stage, agreed):
    assert inbox(stage.maeve, stage.now).lines == ()


def test_without_an_agreement_it_is_refused_and_the_missing_one_is_named(stage):
    make_agreement(stage.keeper, now=stage.now, live=False)
    with acting_as(stage.worker), pytest.raises(NoAgreement) as refusal:
        share_case.share(actor=stage.worker, now=stage.now, plan=plan(stage.asha))

    assert "LLR Victim and Witness Service and Harbour" in str(refusal.value)
    assert "“Support from another service”" in str(refusal.value)
    assert "Information governance can make one" in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"fields": WHO_AND_WHAT | FACETS["notes"]}, "share_needs_agreement"),
        ({"purpose": "research"}, "share_needs_agreement"),
        ({"fields": FACETS["contact"]}, "share_contact_with_identity"),
        ({"until": "2020-01-01T00:00Z"}, "share_until_past"),
        ({"me": 1}, "share_of_own_case"),
    ],
)
def test_the_database_itself_refuses(stage, agreed, changes, rule):
    with pytest.raises(IntegrityError, match=rule):
        insert(stage.worker, **changes)


def test_the_database_lets_through_what_is_covered(stage, agreed):
    assert insert(stage.worker) == 1


def test_another_agency_than_the_agreements_is_refused(stage, agreed):
    with pytest.raises(IntegrityError, match="share_needs_agreement"):
        insert(stage.worker, recipient=agency("force").pk)


def test_a_draft_covers_nothing(stage):
    make_agreement(stage.keeper, now=stage.now, live=False)
    with acting_as(stage.worker):
        agree(stage.worker, stage.asha, now=stage.now)
    with pytest.raises(IntegrityError, match="share_needs_agreement"):
        insert(stage.worker)


def test_narrower_consent_than_the_agreement_narrows(stage, agreement):
    with acting_as(stage.worker):
        agree(stage.worker, stage.asha, now=stage.now, fields=mask("identity"))
    with pytest.raises(IntegrityError, match="share_wider_than_consent"):
        insert(stage.worker)


def test_without_consent_it_is_refused(stage, agreement):
    wider = share_case.WiderThanAllowed
    with acting_as(stage.worker), pytest.raises(wider, match="did not agree"):
        share_case.share(actor=stage.worker, now=stage.now, plan=plan(stage.asha))


def test_another_basis_needs_a_reason_and_is_kept_in_the_ledger(stage, agreement):
    vital = plan(stage.asha, basis=BasisCode.VITAL_INTERESTS)
    with acting_as(stage.worker):
        with pytest.raises(ReasonNeeded):
            share_case.share(actor=stage.worker, now=stage.now, plan=vital)
        reasoned = plan(
            stage.asha, basis=BasisCode.VITAL_INTERESTS, reason="Threat to life"
        )
        share_case.share(actor=stage.worker, now=stage.now, plan=reasoned)
        view = read_sharing(actor=stage.worker, now=stage.now, case_id=stage.asha)

    assert [e.words for e in view.entries] == ["Threat to life"]
    assert (
        inbox(stage.maeve, stage.now).lines[0].share.basis is BasisCode.VITAL_INTERESTS
    )


def test_a_no_is_overridden_only_by_a_basis_that_may(stage, agreement):
    with acting_as(stage.worker):
        share_case.record_refused(
            actor=stage.worker,
            now=stage.now,
            said_now=said_now(stage.asha, now=stage.now),
        )
        interest = plan(
            stage.asha,
            basis=BasisCode.LEGITIMATE_INTERESTS,
            reason="They would like it",
        )
        with pytest.raises(share_case.WishesStand):
            share_case.share(actor=stage.worker, now=stage.now, plan=interest)
        life = plan(
            stage.asha, basis=BasisCode.VITAL_INTERESTS, reason="A threat to kill"
        )
        share_case.share(actor=stage.worker, now=stage.now, plan=life)


def withdraw(worker, asha, entry, now):
    with acting_as(worker):
        return share_case.withdraw(
            actor=worker,
            now=now,
            case_id=asha,
            entry_id=entry,
            giver=Giver.PERSON,
            way=Way.SPOKEN,
            words="She has changed her mind",
        )


def test_withdrawal_closes_at_once(stage, agreed, shared):
    assert len(inbox(stage.maeve, stage.now).lines) == 1

    withdraw(stage.worker, stage.asha, agreed, stage.now)

    after = inbox(stage.maeve, stage.now)
    assert after.lines == ()
    assert [line.public_id for line in after.closed] == [shared]
    with acting_as(stage.maeve), pytest.raises(NotFound):
        read_shared(actor=stage.maeve, now=stage.now, share_id=shared)
    assert (
        notices(stage.maeve)[0]
        == "Something that was shared with you has been withdrawn"
    )


def test_a_refusal_closes_too_and_nothing_rests_on_the_old_yes(stage, agreed, shared):
    with acting_as(stage.worker):
        share_case.record_refused(
            actor=stage.worker,
            now=stage.now,
            said_now=said_now(stage.asha, now=stage.now),
        )
        view = read_sharing(actor=stage.worker, now=stage.now, case_id=stage.asha)

    assert inbox(stage.maeve, stage.now).lines == ()
    assert view.shares[0].share.ended_why is EndReason.CONSENT_WITHDRAWN


def test_a_refusal_of_something_else_closes_nothing(stage, shared):
    other = said_now(stage.asha, now=stage.now, purpose="research")
    with acting_as(stage.worker):
        share_case.record_refused(actor=stage.worker, now=stage.now, said_now=other)

    assert len(inbox(stage.maeve, stage.now).lines) == 1


def test_given_again_it_can_be_shared_again(stage, agreed, shared):
    withdraw(stage.worker, stage.asha, agreed, stage.now)
    with pytest.raises(IntegrityError, match="share_needs_consent"):
        insert(stage.worker)
    with acting_as(stage.worker):
        agree(stage.worker, stage.asha, now=stage.now)
        again = share_case.share(
            actor=stage.worker, now=stage.now, plan=plan(stage.asha)
        )

    assert [line.share.public_id for line in inbox(stage.maeve, stage.now).lines] == [
        again
    ]


def test_a_share_lasts_no_longer_than_the_consent(stage, agreement):
    with acting_as(stage.worker):
        agree(stage.worker, stage.asha, now=stage.now, days=10)
        share_case.share(actor=stage.worker, now=stage.now, plan=plan(stage.asha))
        view = read_sharing(actor=stage.worker, now=stage.now, case_id=stage.asha)

    assert view.shares[0].share.until == view.entries[0].until


def test_what_has_run_out_is_not_seen(stage, agreed):
    insert(stage.worker, until=datetime.now(tz=UTC) + timedelta(seconds=1))
    assert len(inbox(stage.maeve, stage.now).lines) == 1

    time.sleep(1.1)

    after = inbox(stage.maeve, stage.now)
    assert after.lines == ()
    assert len(after.closed) == 1


def test_an_agreement_that_ends_takes_its_shares_along(stage, agreement, shared):
    with acting_as(stage.keeper):
        keep_agreements.end(
            actor=stage.keeper,
            now=stage.now,
            agreement_id=agreement,
            reason="Service closed",
        )

    assert inbox(stage.maeve, stage.now).lines == ()
    with acting_as(stage.worker):
        view = read_sharing(actor=stage.worker, now=stage.now, case_id=stage.asha)
    assert view.shares[0].share.ended_why is EndReason.AGREEMENT_ENDED
    assert view.offers == ()
    assert "Something we share has ended with its agreement" in notices(stage.worker)


def test_stopping_closes(stage, shared):
    with acting_as(stage.worker):
        share_case.stop(
            actor=stage.worker, now=stage.now, case_id=stage.asha, share_id=shared
        )

    assert inbox(stage.maeve, stage.now).lines == ()


def test_hidden_from_the_police_is_refused_to_a_force(stage):
    make_agreement(stage.keeper, now=stage.now, partner="force", purpose="police_back")
    with acting_as(stage.worker), connection.cursor() as cursor:
        agree(
            stage.worker,
            stage.asha,
            now=stage.now,
            partner="force",
            purpose="police_back",
        )
        cursor.execute("UPDATE casework_case SET compartments = 1")
        back = plan(
            stage.asha, recipient_id=agency("force").public_id, purpose="police_back"
        )
        with pytest.raises(SharingRefused, match="hidden from the police"):
            share_case.share(actor=stage.worker, now=stage.now, plan=back)


def test_the_ledger_is_only_added_to(stage, agreed):
    for statement in (
        "UPDATE consent_consententry SET words = ''",
        "DELETE FROM consent_consententry",
        "UPDATE referrals_caseshare SET fields = 255",
        "DELETE FROM referrals_caseshare",
    ):
        with (
            acting_as(stage.worker),
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_what_they_said_is_not_for_recipients(stage, shared):
    with acting_as(stage.maeve), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM consent_consententry")
        assert cursor.fetchone() == (0,)


def test_shares_of_a_case_cost_the_same(stage, agreed, shared):
    def statements():
        with acting_as(stage.worker), CaptureQueriesContext(connection) as captured:
            read_sharing(actor=stage.worker, now=stage.now, case_id=stage.asha)
        return len(captured)

    few = statements()
    with acting_as(stage.worker):
        for _ in range(3):
            share_case.share(actor=stage.worker, now=stage.now, plan=plan(stage.asha))
    assert statements() == few
