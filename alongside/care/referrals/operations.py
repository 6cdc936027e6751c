"""Sharing part of a case, asking another service, and answering one.

What may not be is refused by the database; here its refusals become sentences.
"""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.care.consent.types import BasisCode
from alongside.care.referrals import rules
from alongside.care.referrals.models import (
    CaseShare,
    ReferralMessage,
    ServiceReferral,
)
from alongside.care.referrals.tables import DECLINES
from alongside.care.referrals.types import EndReason, ReferralState, ShareKind
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound

# By the name of the rule the database found broken.
REFUSALS = {
    "share_of_own_case": "Only the agency that holds a case can share it",
    "share_to_agency_of_area": "That agency does not work in this area",
    "share_hidden_from_police": "This case is hidden from the police",
    "share_restricted": "What may be done with this person's details is restricted,"
    " so nothing can be shared",
    "share_contact_with_identity": "How to reach somebody can only be shared"
    " together with who they are",
    "share_needs_agreement": "No live agreement covers this. Information governance"
    " can make one",
    "share_needs_consent": "What this rests on no longer holds: look again at what"
    " they have said",
    "share_wider_than_consent": "They did not agree to all of this",
    "share_until_past": "The last day must be a day to come",
}


class SharingRefused(DomainError):
    """The database let nothing flow. The text says why. `rule` names what it broke."""

    def __init__(self, rule: str) -> None:
        super().__init__(REFUSALS[rule])
        self.rule = rule


class CannotMove(DomainError):
    """The referral's state does not allow it."""


class WordsNeeded(DomainError):
    user_message = "Write something first"


class ReasonNeeded(DomainError):
    user_message = "Choose why you do not take this on"


@transaction.atomic
def share_case(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    recipient_id: int,
    kind: ShareKind,
    purpose: str,
    fields: int,
    basis: BasisCode,
    entry_id: int,
    agreement_id: int,
    until: datetime | None,
) -> CaseShare:
    """Let another agency see parts of a case; it may from this moment on.

    Raises:
        NotAllowed: the actor may not share.
        SharingRefused: no agreement, no consent or other basis, or not so much.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    share = _or_refused(
        lambda: CaseShare.objects.create(
            area_id=actor.area_id,
            agency_id=actor.agency_id,
            case_id=case_id,
            recipient_id=recipient_id,
            kind=kind,
            purpose=purpose,
            fields=fields,
            basis=basis,
            entry_id=entry_id,
            agreement_id=agreement_id,
            until=until,
            made_by_id=actor.user_id,
            made_at=now,
        )
    )
    _audit(actor, now, AuditAction.SHARE_MADE, share.public_id)
    return share


@transaction.atomic
def stop_share(*, actor: Actor, now: datetime, share_id: UUID) -> None:
    """Stop sharing at once, and withdraw the referral that came with it.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CannotMove: it has ended already.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    rows = CaseShare.objects.select_for_update(of=("self",))
    share = rows.filter(public_id=share_id, agency_id=actor.agency_id).first()
    if share is None:
        raise NotFound("We could not find that")
    if share.ended_at is not None:
        raise CannotMove("This is no longer shared")
    share.ended_at, share.ended_by_id = now, actor.user_id
    share.ended_why = EndReason.STOPPED
    share.save(update_fields=["ended_at", "ended_by", "ended_why"])
    _audit(actor, now, AuditAction.SHARE_ENDED, share_id)


@transaction.atomic
def send_referral(
    *, actor: Actor, now: datetime, share: CaseShare, asked: str, answer_by: date
) -> ServiceReferral:
    """Ask the service a share is for to support the person, and answer by a day.

    Raises:
        NotAllowed: the actor may not.
        WordsNeeded: nothing is asked of it.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    if not asked.strip():
        raise WordsNeeded("Say what you ask of them")
    referral = ServiceReferral.objects.create(
        area_id=actor.area_id,
        share=share,
        state=ReferralState.SENT,
        asked=asked.strip(),
        answer_by=answer_by,
    )
    _audit(actor, now, AuditAction.SERVICE_REFERRED, referral.public_id)
    return referral


@transaction.atomic
def accept_referral(*, actor: Actor, now: datetime, share_id: UUID) -> None:
    """Take on what another agency referred to ours.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is not shared with them.
        CannotMove: it was answered already.
    """
    referral = _theirs(actor, share_id, ReferralState.ACCEPTED)
    _answer(referral, actor, now, ReferralState.ACCEPTED)
    _tell_maker(referral, actor, now, "A service has accepted a referral")
    _audit(actor, now, AuditAction.SERVICE_ACCEPTED, referral.public_id)


@transaction.atomic
def decline_referral(
    *, actor: Actor, now: datetime, share_id: UUID, code: str, words: str
) -> None:
    """Say no to a referral, and why. Nothing of it can be seen any more.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is not shared with them.
        CannotMove: it has ended.
        ReasonNeeded: no reason was chosen, or one that needs words has none.
    """
    reason = DECLINES.get(code)
    if reason is None:
        raise ReasonNeeded
    if reason.needs_words and not words.strip():
        raise ReasonNeeded("Say what the reason is")
    referral = _theirs(actor, share_id, ReferralState.DECLINED)
    referral.decline_code, referral.decline_words = code, words.strip()
    _answer(referral, actor, now, ReferralState.DECLINED)
    _audit(actor, now, AuditAction.SERVICE_DECLINED, referral.public_id)


@transaction.atomic
def end_referral(*, actor: Actor, now: datetime, share_id: UUID) -> None:
    """Say that our part is done. Nothing of it can be seen any more.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is not shared with them.
        CannotMove: it was never accepted, or has ended.
    """
    referral = _theirs(actor, share_id, ReferralState.ENDED)
    if referral.state != ReferralState.ACCEPTED:
        raise CannotMove("Answer this referral first")
    referral.state = ReferralState.ENDED
    referral.save(update_fields=["state"])
    _audit(actor, now, AuditAction.SERVICE_ENDED, referral.public_id)


@transaction.atomic
def write_message(*, actor: Actor, now: datetime, share_id: UUID, words: str) -> None:
    """Ask the other service something about a referral, or answer it.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        WordsNeeded: nothing was written.
    """
    if not actor.has(Permission.CASE_WORK):
        permissions.check_has(actor, Permission.SHARE_ANSWER)
    if not words.strip():
        raise WordsNeeded
    referral = _referral(share_id)
    ReferralMessage.objects.create(
        area_id=actor.area_id,
        referral=referral,
        agency_id=actor.agency_id,
        by_id=actor.user_id,
        at=now,
        words=words.strip(),
    )
    if referral.share.agency_id != actor.agency_id:
        _tell_maker(referral, actor, now, "A service asks you about a referral")
    elif referral.answered_by_id:
        send_notice(
            actor=actor,
            now=now,
            kind=NoticeKind.SHARE,
            words="There is an answer about a referral to you",
            subject=Subject(kind="share", public_id=share_id),
            agency_id=referral.share.recipient_id,
            to_user_id=referral.answered_by_id,
        )
    _audit(actor, now, AuditAction.SERVICE_ASKED, referral.public_id)


def _or_refused(write: Callable[[], CaseShare]) -> CaseShare:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        rule = getattr(diagnosis, "constraint_name", "")
        if rule not in REFUSALS:
            raise
        raise SharingRefused(rule) from None


def _referral(share_id: UUID) -> ServiceReferral:
    rows = ServiceReferral.objects.select_for_update(of=("self",))
    found = rows.select_related("share").filter(share__public_id=share_id).first()
    if found is None:
        raise NotFound("This is not shared with you, or no longer")
    return found


def _theirs(actor: Actor, share_id: UUID, to: ReferralState) -> ServiceReferral:
    permissions.check_has(actor, Permission.SHARE_ANSWER)
    referral = _referral(share_id)
    if referral.share.recipient_id != actor.agency_id:
        raise NotFound("This is not shared with you, or no longer")
    if not rules.can_move(ReferralState(referral.state), to):
        raise CannotMove("This referral was answered already")
    return referral


def _answer(
    referral: ServiceReferral, actor: Actor, now: datetime, state: ReferralState
) -> None:
    referral.state = state
    referral.answered_at, referral.answered_by_id = now, actor.user_id
    referral.save(
        update_fields=[
            *("state", "answered_at", "answered_by"),
            *("decline_code", "decline_words"),
        ]
    )


def _tell_maker(
    referral: ServiceReferral, actor: Actor, now: datetime, words: str
) -> None:
    send_notice(
        actor=actor,
        now=now,
        kind=NoticeKind.SHARE,
        words=words,
        # Not "share": that leads to what is shared with the reader.
        subject=Subject(kind="given_share", public_id=referral.share.public_id),
        agency_id=referral.share.agency_id,
        to_user_id=referral.share.made_by_id,
    )


def _audit(actor: Actor, now: datetime, action: AuditAction, public_id: UUID) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind=action.partition(".")[0], public_id=public_id),
    )
