"""What is shared with whom. Row security shows each side what is its own to see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from alongside.care.consent.types import BasisCode
from alongside.care.referrals.models import (
    CaseShare,
    ReferralMessage,
    ServiceReferral,
)
from alongside.care.referrals.types import EndReason, ReferralState, ShareKind
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound

PEOPLE = "SELECT * FROM referrals_shared_people(%s::uuid[])"
CLOSED = "SELECT * FROM referrals_closed_to_us(%s)"


@dataclass(frozen=True, kw_only=True)
class ShareLine:
    """One share. `fields` is a mask of facets; `until` the share's own end, if any.

    `last_day` is the last day of its agreement, which ends it too.
    """

    share_id: int
    public_id: UUID
    case_id: int
    kind: ShareKind
    sender_name: str
    recipient_id: int
    recipient_name: str
    purpose: str
    fields: int
    basis: BasisCode
    entry_id: int
    agreement_title: str
    agreement_id: UUID
    last_day: date
    until: datetime | None
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_why: EndReason | None

    def is_open(self, *, now: datetime, on: date) -> bool:
        """Whether the recipient sees it at that moment of that day."""
        in_time = self.until is None or self.until > now
        return self.ended_at is None and in_time and on <= self.last_day


@dataclass(frozen=True, kw_only=True)
class ReferralLine:
    """What another service was asked to do, and what it answered."""

    referral_id: int
    public_id: UUID
    share_id: int
    state: ReferralState
    asked: str
    answer_by: date
    answered_at: datetime | None
    answered_by: str
    decline_code: str
    decline_words: str


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """That something was shared with us and is no longer. Nothing else is known."""

    public_id: UUID
    kind: ShareKind
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class SharedPerson:
    """The keys of the person a share is about: nothing that says who they are."""

    person_id: int
    public_id: UUID
    shown_record_id: int


@dataclass(frozen=True, kw_only=True)
class MessageLine:
    """A question about a referral, or its answer."""

    at: datetime
    by: str
    agency_id: int
    words: str


def list_case_shares(*, actor: Actor, case_id: int) -> list[ShareLine]:
    """What of a case is, or was, shared by the actor's agency, newest first."""
    rows = _shares().filter(case_id=case_id, agency_id=actor.agency_id)
    return [_share(row) for row in rows.order_by("-pk")]


def get_own_share(*, actor: Actor, case_id: int, public_id: UUID) -> ShareLine:
    """One share of a case, by whoever made it.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = _shares().filter(case_id=case_id, agency_id=actor.agency_id)
    return _one(rows.filter(public_id=public_id))


def list_given(
    *, actor: Actor, open_only: bool, limit: int, skip: int = 0
) -> list[tuple[UUID, ShareLine]]:
    """What the agency shares with anybody, newest first, with each case's public id."""
    rows = _shares().filter(agency_id=actor.agency_id).select_related("case")
    if open_only:
        rows = rows.filter(ended_at=None)
    rows = rows.order_by("-made_at", "-pk")[skip : skip + limit]
    return [(row.case.public_id, _share(row)) for row in rows]


def count_given(*, actor: Actor, open_only: bool) -> int:
    """How many shares `list_given` would name without a limit."""
    rows = CaseShare.objects.filter(agency_id=actor.agency_id)
    return (rows.filter(ended_at=None) if open_only else rows).count()


def list_shared_with_us(*, actor: Actor, limit: int) -> list[ShareLine]:
    """What other agencies share with the actor's now, newest first."""
    rows = _shares().filter(recipient_id=actor.agency_id, ended_at=None)
    return [_share(row) for row in rows.order_by("-made_at", "-pk")[:limit]]


def get_shared_with_us(*, actor: Actor, public_id: UUID) -> ShareLine:
    """One thing that is shared with the actor's agency now.

    Raises:
        NotFound: nothing of that name is shared with them, or no longer.
    """
    rows = _shares().filter(recipient_id=actor.agency_id, ended_at=None)
    return _one(rows.filter(public_id=public_id))


def find_people(*, actor: Actor, share_ids: Sequence[UUID]) -> dict[UUID, SharedPerson]:
    """Whom each open share with the actor's agency is about. One statement."""
    if not share_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [list(share_ids)])
        return {row[0]: SharedPerson(*row[1:]) for row in cursor.fetchall()}


def list_closed_to_us(*, actor: Actor, limit: int) -> list[ClosedLine]:
    """What is no longer shared with the actor's agency, newest end first."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, [limit])
        return [ClosedLine(r[0], ShareKind(r[1]), r[2]) for r in cursor.fetchall()]


def list_referrals(*, share_ids: Iterable[int]) -> dict[int, ReferralLine]:
    """The referral of each share that has one. One statement."""
    rows = ServiceReferral.objects.filter(share_id__in=list(share_ids))
    return {
        row.share_id: ReferralLine(
            referral_id=row.pk,
            public_id=row.public_id,
            share_id=row.share_id,
            state=ReferralState(row.state),
            asked=row.asked,
            answer_by=row.answer_by,
            answered_at=row.answered_at,
            answered_by=row.answered_by.name if row.answered_by else "",
            decline_code=row.decline_code,
            decline_words=row.decline_words,
        )
        for row in rows.select_related("answered_by")
    }


def list_messages(*, referral_ids: Iterable[int]) -> dict[int, list[MessageLine]]:
    """What was asked about each referral and answered, oldest first. One statement."""
    rows = ReferralMessage.objects.filter(referral_id__in=list(referral_ids))
    found: dict[int, list[MessageLine]] = {}
    for row in rows.select_related("by").order_by("at", "pk"):
        line = MessageLine(
            at=row.at, by=row.by.name, agency_id=row.agency_id, words=row.words
        )
        found.setdefault(row.referral_id, []).append(line)
    return found


def _shares() -> QuerySet[CaseShare]:
    return CaseShare.objects.select_related(
        "agency", "recipient", "agreement", "made_by"
    )


def _one(rows: QuerySet[CaseShare]) -> ShareLine:
    row = rows.first()
    if row is None:
        raise NotFound("This is not shared with you, or no longer")
    return _share(row)


def _share(row: CaseShare) -> ShareLine:
    return ShareLine(
        share_id=row.pk,
        public_id=row.public_id,
        case_id=row.case_id,
        kind=ShareKind(row.kind),
        sender_name=row.agency.name,
        recipient_id=row.recipient_id,
        recipient_name=row.recipient.name,
        purpose=row.purpose,
        fields=row.fields,
        basis=BasisCode(row.basis),
        entry_id=row.entry_id,
        agreement_title=row.agreement.title,
        agreement_id=row.agreement.public_id,
        last_day=row.agreement.last_day,
        until=row.until,
        made_at=row.made_at,
        made_by=row.made_by.name,
        ended_at=row.ended_at,
        ended_why=EndReason(row.ended_why) if row.ended_why else None,
    )


def list_helpers(*, actor: Actor) -> list[tuple[int, str]]:
    """Each case that another service took on, with its name. One statement."""
    taken = (ReferralState.ACCEPTED, ReferralState.ENDED)
    rows = ServiceReferral.objects.filter(
        state__in=taken, share__agency_id=actor.agency_id
    )
    found = rows.values_list("share__case_id", "share__recipient__name").distinct()
    return [(case_id, name) for case_id, name in found]
