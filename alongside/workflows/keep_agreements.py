"""Keeping the register of information-sharing agreements, and chasing it.

Agreements lie below the accounts and the trail; what is done to one is allowed and
written down here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.consent.tables import PURPOSES
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Permission, Role
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import operations, queries
from alongside.foundation.organisations.queries import AgreementLine, AgreementNews
from alongside.foundation.organisations.tables import CHASES
from alongside.foundation.organisations.types import (
    AgencyKind,
    AgreementState,
    AgreementTerms,
    ChaseKind,
    ChaseStage,
)
from alongside.walls.context import acting_as

LAPSED = "Its last day passed"


@dataclass(frozen=True, kw_only=True)
class AgreementView:
    """One agreement and what has happened to it."""

    agreement: AgreementLine
    news: tuple[AgreementNews, ...]


def read_agreement(*, actor: Actor, agreement_id: UUID) -> AgreementView:
    """One agreement of the register of the actor's agency. Four statements.

    Raises:
        NotFound: the agency keeps no such agreement.
    """
    found = queries.get_agreement(agency_id=actor.agency_id, public_id=agreement_id)
    news = queries.list_agreement_news(agreement_id=found.agreement_id)
    return AgreementView(agreement=found, news=tuple(news))


@transaction.atomic
def draft(
    *,
    actor: Actor,
    now: datetime,
    terms: AgreementTerms,
    agreement_id: UUID | None = None,
) -> UUID:
    """Write a draft, or write it anew; its public id.

    Raises:
        NotAllowed, NotFound, CannotMove: the actor may not, or it is no draft.
        DaysImpossible, NothingFlows: what it says cannot be.
    """
    permissions.check_has(actor, Permission.AGREEMENT_KEEP)
    known = tuple(flow for flow in terms.flows if flow.purpose in PURPOSES)
    if known != terms.flows:
        raise operations.NothingFlows
    made = operations.draft_agreement(
        actor=actor, now=now, terms=terms, agreement_id=agreement_id
    )
    public_id: UUID = made.public_id
    _audit(actor, now, AuditAction.AGREEMENT_DRAFTED, public_id)
    return public_id


@transaction.atomic
def put_live(*, actor: Actor, now: datetime, agreement_id: UUID) -> None:
    """Have a signed draft hold.

    Raises:
        NotAllowed, NotFound, CannotMove, DaysImpossible: it cannot.
    """
    permissions.check_has(actor, Permission.AGREEMENT_KEEP)
    operations.put_live(actor=actor, now=now, agreement_id=agreement_id)
    _audit(actor, now, AuditAction.AGREEMENT_LIVE, agreement_id)


@transaction.atomic
def extend(
    *,
    actor: Actor,
    now: datetime,
    agreement_id: UUID,
    last_day: date,
    review_on: date,
    reference: str,
) -> None:
    """Give a live agreement a later last day; what is shared under it goes on.

    Raises:
        NotAllowed, NotFound, CannotMove, DaysImpossible: it cannot.
    """
    permissions.check_has(actor, Permission.AGREEMENT_KEEP)
    operations.extend_agreement(
        actor=actor,
        now=now,
        agreement_id=agreement_id,
        last_day=last_day,
        review_on=review_on,
        reference=reference,
    )
    _audit(actor, now, AuditAction.AGREEMENT_EXTENDED, agreement_id)


@transaction.atomic
def note_review(
    *, actor: Actor, now: datetime, agreement_id: UUID, next_review_on: date
) -> None:
    """Say that a live agreement has been reviewed.

    Raises:
        NotAllowed, NotFound, CannotMove, DaysImpossible: it cannot be so.
    """
    permissions.check_has(actor, Permission.AGREEMENT_KEEP)
    operations.note_review(
        actor=actor, now=now, agreement_id=agreement_id, next_review_on=next_review_on
    )
    _audit(actor, now, AuditAction.AGREEMENT_REVIEWED, agreement_id)


@transaction.atomic
def end(*, actor: Actor, now: datetime, agreement_id: UUID, reason: str) -> None:
    """End an agreement; what is shared under it closes with it.

    Raises:
        NotAllowed, NotFound, CannotMove: it cannot.
    """
    permissions.check_has(actor, Permission.AGREEMENT_KEEP)
    operations.end_agreement(
        actor=actor, now=now, agreement_id=agreement_id, reason=reason
    )
    _audit(actor, now, AuditAction.AGREEMENT_ENDED, agreement_id)


@transaction.atomic
def chase_agreements(*, actor: Actor, now: datetime) -> int:
    """Tell information governance which agreements end or need a review; how many.

    Each is said once for each stage and date. One whose last day has passed is ended.
    `actor` is whoever receives for the agency whose register it is.
    """
    live = queries.list_agreements(agency_id=actor.agency_id, state=AgreementState.LIVE)
    on, told = local_day(now), 0
    for agreement in live:
        if agreement.has_lapsed(on):
            operations.end_agreement(
                actor=actor, now=now, agreement_id=agreement.public_id, reason=LAPSED
            )
            _tell(actor, now, agreement, "An agreement has ended: its last day passed")
            _audit(actor, now, AuditAction.AGREEMENT_ENDED, agreement.public_id)
            told += 1
            continue
        for stage, day in _due(agreement, on):
            fresh = operations.note_chase(
                actor=actor,
                now=now,
                agreement_id=agreement.agreement_id,
                stage=stage.code,
                for_day=day,
            )
            if fresh:
                _tell(actor, now, agreement, _words(stage, day, on))
                _audit(actor, now, AuditAction.AGREEMENT_CHASED, agreement.public_id)
                told += 1
    return told


def chase_everywhere(*, now: datetime) -> int:
    """Chase the registers of every service, each as whoever receives for it."""
    told = 0
    for agency in queries.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        with acting_as(actor), transaction.atomic():
            told += chase_agreements(actor=actor, now=now)
    return told


def _due(agreement: AgreementLine, on: date) -> Iterator[tuple[ChaseStage, date]]:
    """The latest stage of each kind that has been reached, with its date."""
    days = {ChaseKind.ENDS: agreement.last_day, ChaseKind.REVIEW: agreement.review_on}
    for kind, day in days.items():
        reached = [
            stage
            for stage in CHASES
            if stage.kind is kind
            and stage.holds_on(on)
            and on >= day - timedelta(days=stage.days_before)
        ]
        if reached:
            yield reached[-1], day


def _words(stage: ChaseStage, day: date, on: date) -> str:
    said = f"{day.day} {day:%B %Y}"
    if stage.kind is ChaseKind.ENDS:
        return f"An agreement ends on {said}: what is shared under it stops then"
    past = "was" if day < on else "is"
    return f"The review of an agreement {past} due on {said}"


def _tell(actor: Actor, now: datetime, agreement: AgreementLine, words: str) -> None:
    send_notice(
        actor=actor,
        now=now,
        kind=NoticeKind.AGREEMENT,
        words=f"{words} ({agreement.title})",
        subject=Subject(kind="agreement", public_id=agreement.public_id),
        agency_id=agreement.agency_id,
        to_role=Role.INFORMATION_GOVERNANCE,
    )


def _audit(
    actor: Actor, now: datetime, action: AuditAction, agreement_id: UUID
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="agreement", public_id=agreement_id),
    )
