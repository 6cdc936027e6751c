"""Accepting a held referral: what the delivery would have done, done now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import arrivals
from alongside.care.casework.types import ChangeKind
from alongside.care.intake import queries as intake
from alongside.care.intake.operations import deliveries, holds
from alongside.care.intake.rules.deciding import (
    Plan,
    Verdict,
    crime_key_of,
    identity_key,
)
from alongside.care.intake.rules.judging import judge
from alongside.care.intake.tables import HOLDS
from alongside.care.intake.types import (
    Code,
    ExtractHead,
    ReadRow,
    ReferralState,
    RowFault,
)
from alongside.care.journey import operations as journey
from alongside.care.journey import queries as matters
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.sealing import Sealer, derive_area_key
from alongside.foundation.organisations import queries as organisations
from alongside.workflows.open_row import open_current_row
from alongside.workflows.receive_delivery import reading_context
from alongside.workflows.receiving import cases, clocks
from alongside.workflows.receiving.event_clocks import event_clocks
from alongside.workflows.receiving.piece import Incoming, Receiving
from alongside.workflows.receiving.reaching import follow_arrivals

if TYPE_CHECKING:
    from alongside.care.intake.models import Delivery, Hold, Referral


class CannotBeRead(DomainError):
    user_message = "What the force sent cannot be read any more: return it to the force"


@transaction.atomic
def accept_held(*, actor: Actor, now: datetime, hold_id: UUID, reason: str) -> UUID:
    """Work a held referral anyway, saying why. Returns the case it came to.

    First contact is promised from now: before, the service might not act.

    Raises:
        NotAllowed, NotFound, ReasonNeeded: as `holds.accept_anyway`.
        CannotBeRead: the row kept does not read as a referral any more.
    """
    deliveries.one_at_a_time(actor=actor, now=now)
    hold = holds.accept_anyway(actor=actor, now=now, hold_id=hold_id, reason=reason)
    referral = hold.referral
    feed = organisations.get_feed(force_code=referral.force_code)
    raw, delivery = open_current_row(referral_id=referral.pk, area_code=feed.area_code)
    head = ExtractHead(
        force_code=referral.force_code,
        extract_id=delivery.extract_id,
        extracted_at=referral.extracted_at,
    )
    read = judge(raw, reading_context(head=head, feed=feed, now=now))
    if isinstance(read, RowFault):
        raise CannotBeRead
    key = derive_area_key(settings.AREA_MASTER_KEY, area_code=feed.area_code)
    receiving = Receiving(
        actor=actor,
        now=now,
        feed=feed,
        delivery=delivery,
        said_at=referral.extracted_at,
        teams=feed.teams,
        sealer=Sealer(key),
        link_secret=key.key,
        workable_at=now,
        calendar=organisations.read_calendar(),
    )
    one = _incoming(referral, delivery, Verdict(raw, Code.CREATED), read)
    case_id = _work(receiving, one)
    _say_why(receiving, one, hold)
    return case_id


def _incoming(
    referral: Referral, delivery: Delivery, verdict: Verdict, read: ReadRow
) -> Incoming:
    key = identity_key(read.identity)
    known = intake.find_known_referrals(identity_keys=[key])[key]
    plan = Plan(
        identity_key=key,
        row=read,
        verdict=verdict,
        known=known,
        state=ReferralState.LIVE,
        content_hash=read.content_hash,
        person_changed=False,
    )
    matter = casework.find_matters(referral_ids=[referral.pk])[referral.pk]
    return Incoming(
        plan=plan,
        crime_key=crime_key_of(read.identity),
        referral_id=referral.pk,
        public_id=referral.public_id,
        row_id=referral.current_row_id,
        matter=matter,
        person_id=matter.person_id,
        record_id=matter.record_id,
        victimisation_id=matter.victimisation_id,
        same_as_id=matter.same_as_id,
        case_id=matter.case_id,
    )


def _work(receiving: Receiving, one: Incoming) -> UUID:
    actor, now = receiving.actor, receiving.now
    cases.find_cases(receiving, [one])
    joins = cases.find_joins(receiving, [one])
    cases.keep_cases(receiving, [one], joins)
    cases.keep_matters(receiving, [one])
    clocks.start_first_clocks(
        receiving,
        [one],
        enhanced_cases=cases.enhanced_cases([one]),
        settled=True,
    )
    journey.replace_clocks(actor=actor, now=now, replacements=joins.replacements)
    _start_event_clocks(receiving, one)
    follow_arrivals(receiving, [one])
    case_id = one.case_id or 0
    return casework.list_public_ids(case_ids=[case_id])[case_id]


def _say_why(receiving: Receiving, one: Incoming, hold: Hold) -> None:
    """Tell on the case's timeline what held it and why it is worked all the same."""
    kind = ChangeKind.OPENED if one.new_case else ChangeKind.REFERRAL_JOINED
    words = f"Accepted although held: {HOLDS[Code(hold.code)].label}"
    arrivals.add_changes(
        actor=receiving.actor,
        now=receiving.now,
        changes=[(one.case_id or 0, kind, words)],
        reason=hold.reason,
    )


def _start_event_clocks(receiving: Receiving, one: Incoming) -> None:
    """Start what was owed for news that came while the referral was held."""
    if one.matter is not None and one.matter.case_id is not None:
        return
    found = matters.find_event_matters(crime_keys=[one.crime_key])
    own = [m for group in found.values() for m in group]
    concerned = [m for m in own if m.victimisation_id == one.victimisation_id]
    new = [
        clock
        for matter in concerned
        for event in matters.list_kept(victimisation_id=matter.victimisation_id)
        for clock in event_clocks(event, matter, receiving.calendar)
    ]
    journey.start_clocks(actor=receiving.actor, now=receiving.now, clocks=new)
