"""What the audit trail can say."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class AuditAction(StrEnum):
    """What somebody did, or looked at."""

    SIGNED_IN = "account.signed_in"
    SIGNED_OUT = "account.signed_out"
    ACCOUNT_MADE = "account.made"
    API_ACCESS_MADE = "account.api_access_made"
    DELIVERY_QUEUED = "delivery.queued"
    DELIVERY_RECEIVED = "delivery.received"
    DELIVERY_REFUSED = "delivery.refused"
    DELIVERY_READ = "delivery.read"
    REFERRAL_RECEIVED = "referral.received"
    REFERRAL_ACCEPTED = "referral.accepted"
    REFERRAL_RETURNED = "referral.returned"
    REFERRAL_WAITING = "referral.waiting"
    PERSON_SEEN = "person.seen"
    CASE_SEEN = "case.seen"
    CASE_OPENED = "case.opened"
    CASE_ALLOCATED = "case.allocated"
    CASE_NOTED = "case.noted"
    CASE_NEXT_ACTION = "case.next_action_set"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"
    CONTACT_LOGGED = "contact.logged"
    SAFETY_SET = "contact.safety_set"
    CLOCK_MET = "clock.met"
    CLOCK_NOT_OWED = "clock.not_owed"
    NOTICE_READ = "notice.read"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What was acted on: its kind, its public id, and which people it shows."""

    kind: str
    public_id: UUID | None = None
    person_ids: tuple[UUID, ...] = field(default_factory=tuple)
