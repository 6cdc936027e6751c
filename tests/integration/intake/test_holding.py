"""Held referrals and how they are settled."""

import pytest
from django.db import transaction

from alongside.care.intake.operations.holds import return_to_force
from alongside.care.intake.types import ReturnCode
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor, list_memberships
from alongside.walls.context import acting_as
from alongside.workflows.settle_hold import accept_held
from tests.support.receiving import LATER, NOW, ask, codes, count, receiver, send

pytestmark = pytest.mark.django_db
UPDATE = {"action": "update"}
REFUSED = {"consent_referral": "refused"}


@pytest.fixture
def supervisor():
    user = User.objects.get(email="supervisor@llr.example")
    ((membership, _),) = list_memberships(user_id=user.pk, now=NOW)
    return get_actor(user_id=user.pk, now=NOW, membership_id=membership)


def the_hold():
    ((public_id,),) = ask("SELECT public_id FROM intake_hold WHERE ended_at IS NULL")
    return public_id


def accept(supervisor):
    with acting_as(supervisor), transaction.atomic():
        return accept_held(
            actor=supervisor, now=NOW, hold_id=the_hold(), reason="They rang us"
        )


def test_a_hold_accepted_anyway_is_worked_and_its_words_sent_again_are_unchanged(
    supervisor,
):
    send(REFUSED)
    case = accept(supervisor)

    assert ask("SELECT public_id, status FROM casework_case") == [(case, "open")]
    assert ask("SELECT state FROM intake_referral") == [("live",)]
    assert count("journey_clock", "rule = 'FC-FIRST'") == 1

    send(REFUSED, extract="LEI-2", at=LATER)
    assert codes("LEI-2") == ["unchanged"]
    assert count("intake_hold", "ended_at IS NULL") == 0


def test_what_was_accepted_in_spite_of_is_not_held_for_again(supervisor):
    send(REFUSED)
    accept(supervisor)
    send({**UPDATE, **REFUSED, "town": "Oadby"}, extract="LEI-2", at=LATER)

    assert codes("LEI-2") == ["updated"]


def test_another_reason_holds_what_was_accepted(supervisor):
    send(REFUSED)
    accept(supervisor)
    send({**UPDATE, **REFUSED, "do_not_contact": "y"}, extract="LEI-2", at=LATER)

    assert codes("LEI-2") == ["child_protection_do_not_contact"]


def test_a_returned_referral_sent_again_as_it_was_takes_the_same_code(supervisor):
    send(REFUSED)
    with acting_as(supervisor), transaction.atomic():
        return_to_force(
            actor=supervisor,
            now=NOW,
            hold_id=the_hold(),
            code=ReturnCode.CONSENT_NEEDED,
            note="",
        )
    send(REFUSED, extract="LEI-2", at=LATER)

    assert codes("LEI-2") == ["no_consent"]
    assert ask("SELECT state FROM intake_referral") == [("returned",)]


def test_all_reasons_are_kept_and_the_first_is_the_code():
    send({**REFUSED, "offence_code": "999Z", "do_not_contact": "y"})

    assert ask("SELECT code, codes FROM intake_hold") == [
        (
            "child_protection_do_not_contact",
            ["child_protection_do_not_contact", "unknown_offence_code", "no_consent"],
        )
    ]


def test_a_held_referral_is_owned_by_the_referral_desk():
    send(REFUSED)

    owners = ask(
        "SELECT t.kind, t.agency_id FROM intake_hold h"
        " JOIN organisations_team t ON t.id = h.owner_team_id"
    )
    assert owners == [("intake", receiver().agency_id)]
