"""What the audit trail can say."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alongside.foundation.lib.provenance import Sourced


class AuditAction(StrEnum):
    """What somebody did, or looked at."""

    SIGNED_IN = "account.signed_in"
    SIGNED_OUT = "account.signed_out"
    SIGN_IN_FAILED = "account.sign_in_failed"
    SIGN_IN_THROTTLED = "account.sign_in_throttled"
    FACTOR_ADDED = "account.second_factor_added"
    FACTOR_REMOVED = "account.second_factor_removed"
    FACTOR_GIVEN = "account.second_factor_given"
    FACTOR_FAILED = "account.second_factor_failed"
    FACTORS_RESET = "account.second_factors_reset"
    RECOVERY_CODES_MADE = "account.recovery_codes_made"
    RECOVERY_CODE_USED = "account.recovery_code_used"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105  the name of an act
    SESSION_ENDED = "account.session_ended"
    IDENTITY_JOINED = "account.identity_joined"
    ACCOUNT_MADE = "account.made"
    ACCOUNT_INVITED = "account.invited"
    ACCOUNT_ENDED = "account.ended"
    MEMBERSHIP_ADDED = "account.membership_added"
    MEMBERSHIP_ENDED = "account.membership_ended"
    API_ACCESS_ENDED = "account.api_access_ended"
    API_ACCESS_MADE = "account.api_access_made"
    DELIVERY_QUEUED = "delivery.queued"
    DELIVERY_RECEIVED = "delivery.received"
    DELIVERY_REFUSED = "delivery.refused"
    DELIVERY_READ = "delivery.read"
    REFERRAL_RECEIVED = "referral.received"
    REFERRAL_ACCEPTED = "referral.accepted"
    REFERRAL_RETURNED = "referral.returned"
    REFERRAL_WAITING = "referral.waiting"
    PERSON_ADDED = "person.added"
    PERSON_SEEN = "person.seen"
    PERSON_REFUSED = "person.refused"
    PERSON_SEARCHED = "person.searched"
    PERSON_COMPARED = "person.compared"
    HOUSEHOLD_SAID = "household.said"
    PERSON_ASKED_WHY = "person.reason_given"
    PERSON_MERGED = "person.merge"
    PERSON_PARTED = "person.unmerge"
    PERSON_MERGE_REFUSED = "person.merge_refused"
    WEIGHTS_LEARNT = "linking.weights_learnt"
    WEIGHTS_CHANGED = "linking.weights_changed"
    CONTACT_CONFIRMED = "contact.confirmed"
    REVIEW_ANSWERED = "review.answered"
    REVIEW_ASKED = "review.asked"
    REVIEW_UNDONE = "review.undone"
    TRAIL_READ = "audit.read"
    TRAIL_REFUSED = "audit.read_refused"
    CASE_SEEN = "case.seen"
    CASE_OPENED = "case.opened"
    CASE_ALLOCATED = "case.allocated"
    CASE_NOTED = "case.noted"
    CASE_NEXT_ACTION = "case.next_action_set"
    CASE_TASKS_ADDED = "case.tasks_added"
    CASE_TASK_DONE = "case.task_done"
    CASE_TASK_DROPPED = "case.task_dropped"
    GROUNDS_PROPOSED = "ground.proposed"
    GROUND_CONFIRMED = "ground.confirmed"
    GROUND_DECLINED = "ground.declined"
    GROUND_ADDED = "ground.added"
    GROUNDS_ENDED = "ground.ended"
    CASE_TIER_SET = "case.tier_set"
    PROMPT_ANSWERED = "prompt.answered"
    PLAN_CHANGED = "plan.changed"
    PLAN_APPROVED = "plan.approved"
    SAFETY_PLAN_WRITTEN = "plan.safety_written"
    SAFETY_PLAN_READ = "plan.safety_read"
    APPOINTMENT_CHANGED = "appointment.changed"
    CODE_RIGHT_RECORDED = "code_right.recorded"
    WARNING_CHANGED = "warning.changed"
    RELATION_CHANGED = "relationship.changed"
    CASE_SUPERVISED = "case.supervised"
    WORKLOAD_EXPORTED = "workload.listed"
    VOLUNTEER_CHANGED = "volunteer.changed"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"
    CASE_HIGH_RISK = "case.high_risk"
    ASSESSMENT_STARTED = "assessment.started"
    ASSESSMENT_SAVED = "assessment.saved"
    ASSESSMENT_COMPLETED = "assessment.completed"
    ASSESSMENT_JUDGED = "assessment.judged"
    ASSESSMENT_WITHDRAWN = "assessment.withdrawn"
    ASSESSMENT_SEEN = "assessment.seen"
    ASSESSMENT_FORM_MADE = "assessment.form_made"
    OUTCOMES_COUNTED = "outcomes.counted"
    CONTACT_LOGGED = "contact.logged"
    UPDATE_DRAFTED = "update.drafted"
    UPDATE_ASKED = "update.asked"
    UPDATE_TAKEN_BACK = "update.taken_back"
    UPDATE_SENDING = "update.sending"
    UPDATE_SENT = "update.sent"
    UPDATE_TOLD = "update.told"
    UPDATE_FAILED = "update.failed"
    UPDATE_DROPPED = "update.dropped"
    UPDATES_LISTED = "update.listed"
    WORDS_DRAFTED = "words.drafted"
    WORDS_LIVE = "words.live"
    WORDS_RETIRED = "words.retired"
    WORDS_READ_OVER = "words.read_over"
    WORDS_TAKEN_BACK = "words.taken_back"
    SAFETY_SET = "contact.safety_set"
    PAGE_REFUSED = "page.refused"
    API_REFUSED = "api.refused"
    TOKEN_REFUSED = "api.token_refused"  # noqa: S105  the name of an act
    TRAIL_ANCHORED = "trail.anchored"
    EVENT_RECORDED = "journey.recorded"
    EVENT_CORRECTED = "journey.corrected"
    EVENT_TOLD = "journey.told"
    TELLING_TAKEN_BACK = "journey.telling_taken_back"
    CLOCK_MET = "clock.met"
    CLOCK_NOT_OWED = "clock.not_owed"
    CLOCK_REOPENED = "clock.reopened"
    CLOCKS_REPLANNED = "clocks.replanned"
    MATTERS_SETTLED = "matters.settled"
    MESSAGES_APPLIED = "messages.applied"
    MESSAGE_LOOKED = "message.looked"
    MESSAGE_ERASED = "message.erased"
    WISH_RECORDED = "wish.recorded"
    REACH_LOST = "reach.lost"
    REACH_LOOKED_AT = "reach.looked_at"
    REACH_ENDED = "reach.ended"
    REACH_EXPORTED = "reach.exported"
    CLOSED_DAY_ADDED = "calendar.added"
    CLOSED_DAY_WITHDRAWN = "calendar.withdrawn"
    OWED_EXPORTED = "owed.exported"
    REGISTER_READ = "register.read"
    COMPLIANCE_COUNTED = "compliance.counted"
    PROMISE_ESCALATED = "promise.escalated"
    ESCALATION_ANSWERED = "promise.escalation_answered"
    NOTICE_READ = "notice.read"
    EMERGENCY_OPENED = "emergency.opened"
    EMERGENCY_REFUSED = "emergency.refused"
    EMERGENCY_CLOSED = "emergency.closed"
    EMERGENCY_REVIEWED = "emergency.reviewed"
    EMERGENCY_REVIEW_REFUSED = "emergency.review_refused"
    CONFLICT_DECLARED = "conflict.declared"
    CONFLICT_MADE = "conflict.made"
    CONFLICT_LIFTED = "conflict.lifted"
    CONFLICT_DETAILS_REGISTERED = "conflict.details_registered"
    CONFLICT_SUSPECT_REGISTERED = "conflict.suspect_registered"
    APART_NOTED = "apart.noted"
    APART_MADE = "apart.made"
    APART_LIFTED = "apart.lifted"
    CASE_WALLED = "case.walled"
    CLEARANCE_GIVEN = "clearance.given"
    CLEARANCE_ENDED = "clearance.ended"
    DETAIL_ADDED = "vault.added"
    DETAIL_ENDED = "vault.ended"
    KEYS_CHANGED = "vault.keys_changed"
    KEYS_EXPORTED = "vault.keys_exported"
    BACKUP_MADE = "backup.made"
    BACKUP_RESTORED = "backup.restored"
    CONSENT_GIVEN = "consent.given"
    CONSENT_REFUSED = "consent.refused"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    BASIS_RELIED_ON = "consent.other_basis"
    SHARE_MADE = "share.made"
    SHARE_SEEN = "share.seen"
    SHARE_ENDED = "share.ended"
    SERVICE_REFERRED = "service_referral.sent"
    SERVICE_ACCEPTED = "service_referral.accepted"
    SERVICE_DECLINED = "service_referral.declined"
    SERVICE_ENDED = "service_referral.ended"
    SERVICE_ASKED = "service_referral.asked"
    SHARES_EXPORTED = "share.listed"
    AGREEMENT_DRAFTED = "agreement.drafted"
    AGREEMENT_LIVE = "agreement.live"
    AGREEMENT_EXTENDED = "agreement.extended"
    AGREEMENT_REVIEWED = "agreement.reviewed"
    AGREEMENT_ENDED = "agreement.ended"
    AGREEMENT_CHASED = "agreement.chased"
    INSTRUMENT_DRAFTED = "instrument.drafted"
    INSTRUMENT_LIVE = "instrument.live"
    INSTRUMENT_RETIRED = "instrument.retired"
    RIGHTS_REQUESTED = "rights.requested"
    RIGHTS_WORKED = "rights.worked"
    RIGHTS_ENDED = "rights.ended"
    PACK_DECIDED = "rights.pack_decided"
    PACK_MADE = "rights.pack_made"
    PACK_FETCHED = "rights.pack_fetched"
    PACK_DELETED = "rights.pack_deleted"
    RECORD_CORRECTED = "rights.corrected"
    INFORMATION_REQUEST_MADE = "information_request.made"
    INFORMATION_REQUEST_WORKED = "information_request.worked"
    INFORMATION_REQUEST_DECIDED = "information_request.decided"
    INFORMATION_REQUEST_ENDED = "information_request.ended"
    LEGAL_HOLD_LAID = "rights.legal_hold_laid"
    LEGAL_HOLD_LIFTED = "rights.legal_hold_lifted"
    ERASURE_PROPOSED = "erasure.proposed"
    ERASURE_DECLINED = "erasure.declined"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What was acted on: its kind, its public id, and which people it shows."""

    kind: str
    public_id: UUID | None = None
    person_ids: tuple[UUID, ...] = field(default_factory=tuple)


Place = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """A hash over a stretch of entries and the seal before, and who signed it.

    `era`, `xid` and `id` are the place of its last entry; `total` counts the entries
    under it and all seals before; times are when its first and last were written.
    """

    n: int
    era: int
    xid: int
    id: int
    rows: int
    total: int
    first_id: int
    last_id: int
    first_at: datetime
    last_at: datetime
    chain: bytes
    sealed_at: datetime
    signatures: tuple[tuple[str, bytes], ...] = ()

    @property
    def place(self) -> Place:
        """Where its last entry stands in the order of the trail."""
        return self.era, self.xid, self.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """A seal as it was noted outside the database, with one signature.

    `restored` says why the trail goes on from an earlier seal than was noted before:
    the database was restored from a backup.
    """

    seal: Seal
    anchored_at: datetime
    restored: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """Something wrong with the trail, in one sentence. `seal` is its number, if any."""

    words: str
    seal: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """What is known of the trail outside the database.

    `newest` holds the newest seal the installation noted for itself, if any; `damage`
    is what is wrong with the files.
    """

    anchors: tuple[Anchor, ...] = ()
    newest: tuple[Anchor, ...] = ()
    damage: tuple[Damage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TrailReport:
    """What came of verifying the trail.

    `damage` is what cannot be explained but by tampering or loss; `warnings` are what
    somebody should look at. `unsealed` entries are younger than the last seal.
    """

    entries: int
    seals: int
    unsealed: int
    anchors: int
    sealed_until: datetime | None
    damage: tuple[Damage, ...]
    warnings: tuple[Damage, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.damage


@dataclass(frozen=True, kw_only=True)
class TrailLimit(Sourced):
    """A number that the upkeep of the trail goes by."""

    code: str
    number: int
    unit: str
    label: str
