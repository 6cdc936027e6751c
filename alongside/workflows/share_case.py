"""Writing down what somebody agreed to, sharing on the strength of it, and stopping."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.consent import operations as consent
from alongside.care.consent import queries as ledger
from alongside.care.consent.tables import BASES
from alongside.care.consent.types import BasisCode, Giver, Said, Way
from alongside.care.journey.types import DutyHolder
from alongside.care.referrals import operations as referrals
from alongside.care.referrals import queries as shared
from alongside.care.referrals.tables import LIMITS
from alongside.care.referrals.types import ShareKind
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import Subject
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.local import LONDON, local_day
from alongside.foundation.lib.working_days import add_working_days
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.workflows.read_case import CaseBrief
from alongside.workflows.read_sharing import Offer, find_offer, read_own_brief

NEW_SHARE = "Something has been shared with you"
NEW_REFERRAL = "Somebody has been referred to you"
TOLD = {
    AgencyKind.PROVIDER: Role.PROVIDER_MANAGER,
    AgencyKind.FORCE: Role.POLICE_LIAISON,
    AgencyKind.SERVICE: Role.SUPERVISOR,
}


class WiderThanAllowed(DomainError):
    """More was asked for than agreement or consent covers. The text says which."""


class WishesStand(DomainError):
    user_message = "They have said no to this, and this basis does not override that"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be shared. With `asked`, another service is asked to support them.

    `reason` says why, where the basis is not consent. `last_day` is included.
    """

    case_id: UUID
    recipient_id: UUID
    purpose: str
    fields: int
    basis: BasisCode
    reason: str
    last_day: date | None
    asked: str | None = None
    answer_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class SaidNow:
    """What somebody has said about one purpose with one agency (`None`: us)."""

    case_id: UUID
    purpose: str
    recipient_id: UUID | None
    said: Said
    way: Way
    said_on: date
    words: str


@transaction.atomic
def record_agreed(
    *,
    actor: Actor,
    now: datetime,
    said_now: SaidNow,
    fields: int,
    basis: BasisCode,
    last_day: date | None,
) -> UUID:
    """Write down a yes; the line's public id.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        CannotGive, DayImpossible, NothingAgreed, UnknownPurpose: it cannot be so.
    """
    brief = read_own_brief(actor=actor, now=now, case_id=said_now.case_id)
    return consent.record_consent(
        actor=actor,
        now=now,
        person_id=brief.case.person_id,
        purpose=said_now.purpose,
        recipient_id=_agency(actor, said_now.recipient_id),
        fields=fields,
        basis=basis,
        said=said_now.said,
        way=said_now.way,
        said_on=said_now.said_on,
        until=_day_after(last_day),
        words=said_now.words,
    )


@transaction.atomic
def record_refused(*, actor: Actor, now: datetime, said_now: SaidNow) -> UUID:
    """Write down a no; whatever rests on an earlier yes closes with it.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        DayImpossible, UnknownPurpose: it cannot be so.
    """
    brief = read_own_brief(actor=actor, now=now, case_id=said_now.case_id)
    return consent.record_refusal(
        actor=actor,
        now=now,
        person_id=brief.case.person_id,
        purpose=said_now.purpose,
        recipient_id=_agency(actor, said_now.recipient_id),
        said=said_now.said,
        way=said_now.way,
        said_on=said_now.said_on,
        words=said_now.words,
    )


@transaction.atomic
def withdraw(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    entry_id: UUID,
    giver: Giver,
    way: Way,
    words: str,
) -> UUID:
    """Take back a yes. What rests on it closes before this returns.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CannotWithdraw: it is no consent.
    """
    brief = read_own_brief(actor=actor, now=now, case_id=case_id)
    return consent.withdraw_consent(
        actor=actor,
        now=now,
        person_id=brief.case.person_id,
        entry_id=entry_id,
        giver=giver,
        way=way,
        words=words,
    )


def check_plan(*, actor: Actor, now: datetime, plan: Plan) -> Offer:
    """What a plan would share under which agreement, before anything is written.

    Raises:
        NotFound: the actor may not know of the case, or there is no such agency.
        NoAgreement: no live agreement covers it.
        WiderThanAllowed, WishesStand: agreement or consent do not reach so far.
        ReasonNeeded: another basis than consent says why.
    """
    brief = read_own_brief(actor=actor, now=now, case_id=plan.case_id)
    offer = find_offer(
        actor=actor,
        now=now,
        person_id=brief.case.person_id,
        recipient_id=plan.recipient_id,
        purpose=plan.purpose,
    )
    basis = BASES[plan.basis]
    if plan.fields & ~offer.fields:
        title = offer.agreement.title
        raise WiderThanAllowed(f"The agreement “{title}” does not cover all of this")
    if not basis.is_consent:
        if offer.against_wishes and not basis.against_wishes:
            raise WishesStand
        if not plan.reason.strip():
            raise consent.ReasonNeeded
    elif plan.fields & ~offer.consented:
        raise WiderThanAllowed(referrals.REFUSALS["share_wider_than_consent"])
    return offer


@transaction.atomic
def share(*, actor: Actor, now: datetime, plan: Plan) -> UUID:
    """Share what the plan says, and refer the person where it asks; the share's id.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        NoAgreement, WiderThanAllowed, WishesStand, ReasonNeeded: see `check_plan`.
        SharingRefused: the database let nothing flow.
        WordsNeeded: nothing is asked of the other service.
    """
    offer = check_plan(actor=actor, now=now, plan=plan)
    brief = read_own_brief(actor=actor, now=now, case_id=plan.case_id)
    made = referrals.share_case(
        actor=actor,
        now=now,
        case_id=brief.case.case_id,
        recipient_id=offer.recipient.agency_id,
        kind=ShareKind.SHARE if plan.asked is None else ShareKind.REFERRAL,
        purpose=plan.purpose,
        fields=plan.fields,
        basis=_basis(offer, plan),
        entry_id=_entry(actor=actor, now=now, offer=offer, plan=plan, brief=brief),
        agreement_id=offer.agreement.agreement_id,
        until=_day_after(plan.last_day),
    )
    if plan.asked is not None:
        answer_by = plan.answer_by or usual_answer_by(now)
        referrals.send_referral(
            actor=actor, now=now, share=made, asked=plan.asked, answer_by=answer_by
        )
    public_id: UUID = made.public_id
    send_notice(
        actor=actor,
        now=now,
        kind=NoticeKind.SHARE,
        words=NEW_SHARE if plan.asked is None else NEW_REFERRAL,
        subject=Subject(kind="share", public_id=public_id),
        agency_id=offer.recipient.agency_id,
        to_role=TOLD.get(offer.recipient.kind, Role.INFORMATION_GOVERNANCE),
    )
    return public_id


@transaction.atomic
def stop(*, actor: Actor, now: datetime, case_id: UUID, share_id: UUID) -> None:
    """Stop sharing something of a case at once.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CannotMove: it has ended already.
    """
    brief = read_own_brief(actor=actor, now=now, case_id=case_id)
    shared.get_own_share(actor=actor, case_id=brief.case.case_id, public_id=share_id)
    referrals.stop_share(actor=actor, now=now, share_id=share_id)


def usual_answer_by(now: datetime) -> date:
    """The day by which another service is asked to answer, unless another is set.

    One statement.
    """
    days = LIMITS["answer_working_days"].number
    closed = organisations.read_calendar().closed_for(DutyHolder.ANY_PROVIDER)
    return add_working_days(local_day(now), days, closed)


def _basis(offer: Offer, plan: Plan) -> BasisCode:
    """The basis as the ledger has it: consent is as wide as it was given."""
    if BASES[plan.basis].is_consent and offer.agreed and offer.agreed.entry.basis:
        return offer.agreed.entry.basis
    return plan.basis


def _entry(
    *,
    actor: Actor,
    now: datetime,
    offer: Offer,
    plan: Plan,
    brief: CaseBrief,
) -> int:
    if BASES[plan.basis].is_consent and offer.agreed is not None:
        return offer.agreed.entry.entry_id
    person_id = brief.case.person_id
    public_id = consent.rely_on(
        actor=actor,
        now=now,
        person_id=person_id,
        purpose=plan.purpose,
        recipient_id=offer.recipient.agency_id,
        fields=plan.fields,
        basis=plan.basis,
        until=_day_after(plan.last_day),
        reason=plan.reason,
    )
    entry = ledger.get_entry(actor=actor, person_id=person_id, public_id=public_id)
    return entry.entry_id


def _agency(actor: Actor, public_id: UUID | None) -> int | None:
    """The key of another agency of the area; none for our own."""
    if public_id is None:
        return None
    others = organisations.list_others(area_id=actor.area_id, agency_id=actor.agency_id)
    found = [one.agency_id for one in others if one.public_id == public_id]
    if not found:
        raise consent.UnknownPurpose("Choose with whom")
    return found[0]


def _day_after(last_day: date | None) -> datetime | None:
    """The first moment after a day, in London."""
    if last_day is None:
        return None
    return datetime.combine(last_day + timedelta(days=1), time(), tzinfo=LONDON)
