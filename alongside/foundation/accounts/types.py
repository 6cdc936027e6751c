"""Who is acting, and what they may do."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models

from alongside.foundation.lib.provenance import Sourced


class Permission(StrEnum):
    """Everything a page, an API route or a command can ask for."""

    WORK_VIEW = "work.view"
    CASE_VIEW = "case.view"
    CASE_WORK = "case.work"
    CASE_ALLOCATE = "case.allocate"
    CASE_CLOSE = "case.close"
    HELD_VIEW = "held.view"
    HELD_DECIDE = "held.decide"
    FEED_VIEW = "feed.view"
    FEED_SEND = "feed.send"
    STATUS_VIEW = "status.view"
    ACCOUNT_MANAGE = "account.manage"
    NOTICE_VIEW = "notice.view"
    EMERGENCY_OPEN = "emergency.open"
    EMERGENCY_REVIEW = "emergency.review"
    CONFLICT_DECLARE = "conflict.declare"
    CONFLICT_GOVERN = "conflict.govern"
    COMPARTMENT_SET = "compartment.set"
    CLEARANCE_MANAGE = "clearance.manage"
    PROTECTED_OPEN = "protected.open"
    RIGHTS_WORK = "rights.work"
    RETENTION_MANAGE = "retention.manage"
    SHARE_VIEW = "share.view"
    SHARE_ANSWER = "share.answer"
    SHARE_REVIEW = "share.review"
    AGREEMENT_VIEW = "agreement.view"
    AGREEMENT_KEEP = "agreement.keep"
    PERSON_FIND = "person.find"
    PERSON_ADD = "person.add"
    TRAIL_VIEW = "trail.view"
    TRAIL_WATCH = "trail.watch"
    LINK_REVIEW = "link.review"
    LINK_QUALITY = "link.quality"
    PERSON_MERGE = "person.merge"
    INSTRUMENT_EDIT = "instrument.edit"
    PLAN_APPROVE = "plan.approve"
    CASE_SUPERVISE = "case.supervise"
    OWED_FORCE = "owed.force"
    INFORMATION_REQUEST_WORK = "information_request.work"
    INFORMATION_REQUEST_DECIDE = "information_request.decide"
    INFORMATION_REQUEST_TRACK = "information_request.track"
    WITNESS_CARE = "witness.care"
    COUNTS_VIEW = "counts.view"
    WORDS_VIEW = "words.view"
    WORDS_READ_OVER = "words.read_over"
    WORDS_EDIT = "words.edit"
    CALENDAR_VIEW = "calendar.view"
    CALENDAR_KEEP = "calendar.keep"


class Role(models.TextChoices):
    """What a person is in the service (architecture, section 4)."""

    CONTACT_WORKER = "contact_worker", "Contact worker"
    SPECIALIST_WORKER = "specialist_worker", "Specialist worker"
    PROVIDER_MANAGER = "provider_manager", "Provider manager"
    SUPERVISOR = "supervisor", "Supervisor"
    WITNESS_CARE_WORKER = "witness_care_worker", "Witness care worker"
    RESTORATIVE_FACILITATOR = "restorative_facilitator", "Restorative facilitator"
    HARDENING_FITTER = "hardening_fitter", "Target hardening fitter"
    POLICE_LIAISON = "police_liaison", "Police liaison"
    COMMISSIONER = "commissioner", "Commissioner"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    GRANT_SCORER = "grant_scorer", "Grant scorer"
    GRANT_APPLICANT = "grant_applicant", "Grant applicant"
    ANALYST = "analyst", "Analyst"
    GOVERNANCE_OFFICER = "governance_officer", "Governance officer"
    PANEL_MEMBER = "panel_member", "Panel member"
    INFORMATION_GOVERNANCE = (
        "information_governance",
        "Information governance officer",
    )
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"
    FEED_RECEIVER = "feed_receiver", "Feed receiver (no person signs in as this)"


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    BREAK_GLASS = "break_glass", "Emergency access"
    CONFLICT = "conflict", "Conflict of interest"
    COMPARTMENT = "compartment", "Compartment"
    CONSENT = "consent", "Consent"
    SHARE = "share", "Sharing"
    AGREEMENT = "agreement", "Information-sharing agreement"
    RIGHTS = "rights", "Information rights request"
    RETENTION = "retention", "Keeping and erasing"
    RISK = "risk", "High risk"
    PLAN = "plan", "Support plan"
    ACCOUNT = "account", "Your account"
    PROMISE = "promise", "Promises past their day"


# Everybody who signs in may be told something.
_TOLD = frozenset({Permission.NOTICE_VIEW})
_CASE_WORKER = _TOLD | frozenset(
    {
        Permission.WORK_VIEW,
        Permission.CASE_VIEW,
        Permission.CASE_WORK,
        Permission.CASE_CLOSE,
        Permission.PROTECTED_OPEN,
        Permission.EMERGENCY_OPEN,
        Permission.CONFLICT_DECLARE,
        Permission.PERSON_FIND,
        Permission.PERSON_ADD,
        Permission.INFORMATION_REQUEST_WORK,
        Permission.CALENDAR_VIEW,
    }
)

# Whoever writes words does not say of them that they may be sent.
_READS_WORDS_OVER = frozenset({Permission.WORDS_VIEW, Permission.WORDS_READ_OVER})

# What other services share with ours, and what we answer.
_SHARED_WITH = frozenset({Permission.SHARE_VIEW, Permission.SHARE_ANSWER})

# Who commissions: counts of the whole area, and nobody's name or case.
COUNTING_ROLES = (Role.COMMISSIONER, Role.ANALYST)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CONTACT_WORKER: _CASE_WORKER | {Permission.HELD_VIEW},
    Role.SPECIALIST_WORKER: _CASE_WORKER | _SHARED_WITH,
    Role.PROVIDER_MANAGER: _TOLD | _SHARED_WITH,
    Role.WITNESS_CARE_WORKER: _CASE_WORKER | {Permission.WITNESS_CARE},
    Role.SUPERVISOR: _CASE_WORKER
    | {
        Permission.CASE_ALLOCATE,
        Permission.CALENDAR_KEEP,
        Permission.PLAN_APPROVE,
        Permission.CASE_SUPERVISE,
        Permission.WITNESS_CARE,
        Permission.CONFLICT_GOVERN,
        Permission.COMPARTMENT_SET,
        Permission.HELD_VIEW,
        Permission.HELD_DECIDE,
        Permission.PERSON_MERGE,
        Permission.TRAIL_VIEW,
        Permission.FEED_VIEW,
        Permission.STATUS_VIEW,
        Permission.AGREEMENT_VIEW,
        Permission.LINK_REVIEW,
        Permission.LINK_QUALITY,
        Permission.COUNTS_VIEW,
    }
    | _READS_WORDS_OVER,
    Role.POLICE_LIAISON: _TOLD
    | {
        Permission.FEED_VIEW,
        Permission.FEED_SEND,
        Permission.SHARE_VIEW,
        Permission.OWED_FORCE,
        Permission.INFORMATION_REQUEST_TRACK,
    },
    Role.FEED_RECEIVER: frozenset({Permission.FEED_SEND, Permission.FEED_VIEW}),
    Role.SYSTEM_ADMINISTRATOR: _TOLD
    | {
        Permission.ACCOUNT_MANAGE,
        Permission.INSTRUMENT_EDIT,
        Permission.WORDS_VIEW,
        Permission.WORDS_EDIT,
        Permission.CALENDAR_VIEW,
        Permission.CALENDAR_KEEP,
    },
    Role.INFORMATION_GOVERNANCE: _TOLD
    | {
        Permission.EMERGENCY_REVIEW,
        Permission.CALENDAR_VIEW,
        Permission.CONFLICT_DECLARE,
        Permission.CONFLICT_GOVERN,
        Permission.COMPARTMENT_SET,
        Permission.CLEARANCE_MANAGE,
        Permission.FEED_VIEW,
        Permission.STATUS_VIEW,
        Permission.COUNTS_VIEW,
        Permission.RIGHTS_WORK,
        Permission.INFORMATION_REQUEST_WORK,
        Permission.INFORMATION_REQUEST_DECIDE,
        Permission.RETENTION_MANAGE,
        Permission.SHARE_REVIEW,
        Permission.AGREEMENT_VIEW,
        Permission.AGREEMENT_KEEP,
        Permission.PERSON_FIND,
        Permission.PERSON_MERGE,
        Permission.TRAIL_VIEW,
        Permission.TRAIL_WATCH,
        Permission.LINK_REVIEW,
        Permission.LINK_QUALITY,
    }
    | _READS_WORDS_OVER,
    **dict.fromkeys(COUNTING_ROLES, _TOLD | {Permission.COUNTS_VIEW}),
    **dict.fromkeys(
        (
            Role.RESTORATIVE_FACILITATOR,
            Role.HARDENING_FITTER,
            Role.FINANCE_OFFICER,
            Role.GRANT_SCORER,
            Role.GRANT_APPLICANT,
            Role.GOVERNANCE_OFFICER,
            Role.PANEL_MEMBER,
        ),
        _TOLD,
    ),
}


class FactorKind(models.TextChoices):
    """What somebody has besides their password."""

    APP = "app", "Authenticator app"
    PASSKEY = "passkey", "Passkey"


class LimitCode(StrEnum):
    """The limits of signing in; their rows are in `data/limits.toml`."""

    IDLE_MINUTES = "idle_minutes"
    LIFE_HOURS = "life_hours"
    PENDING_MINUTES = "pending_minutes"
    FRESH_MINUTES = "fresh_minutes"
    FRESH_SAVE_MINUTES = "fresh_save_minutes"
    TRY_MINUTES = "try_minutes"
    TRIES_BY_ACCOUNT = "tries_by_account"
    TRIES_BY_ADDRESS = "tries_by_address"
    FACTOR_TRIES_A_DAY = "factor_tries_a_day"
    TRIES_KEPT_DAYS = "tries_kept_days"
    INVITATION_HOURS = "invitation_hours"
    COUNTS_TOKEN_DAYS = "counts_token_days"  # noqa: S105  the name of a limit
    PASSWORD_LENGTH = "password_length"  # noqa: S105  the name of a limit


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInLimit(Sourced):
    """One limit of signing in; `meaning` says in what unit."""

    code: LimitCode
    number: int
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StepUpAct(Sourced):
    """Something that needs a second factor given a moment ago.

    `where` is the part of the site whose pages ask for it; empty while there is none.
    """

    code: str
    label: str
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleClearance(Sourced):
    """The walls inside an agency that a role passes by itself, and what it is there
    for, as one mask of `walls.bits` COMPARTMENTS and DUTIES."""

    role: Role
    mask: int


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person, or a named feed, acting for one agency in one area.

    What the database's signed context is made from: row security lets an actor
    see what their agency may see, whatever the code above it asks for.
    `clearance` is a mask of the compartments they pass and of their duties
    (`walls.bits`);
    `strong_at` is when they last gave a second factor (epoch seconds, 0 for never).
    `for_provider` says that the agency is a specialist provider, whose work is what
    others shared with it.
    """

    user_id: int
    label: str
    agency_id: int
    agency_name: str
    area_id: int
    team_id: int | None
    role: Role
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    clearance: int = 0
    strong_at: int = 0
    for_provider: bool = False

    def has(self, permission: Permission) -> bool:
        """Whether the role the actor acts in holds the permission."""
        return permission in self.permissions


# The fields of tables that are not ours to write on. None says anything of a person
# the service supports.
THIRD_PARTY_FIELDS: dict[str, frozenset[str]] = {
    "auth_group": frozenset({"id", "name"}),
    "auth_group_permissions": frozenset({"id", "group", "permission"}),
    "auth_permission": frozenset({"id", "name", "content_type", "codename"}),
    "django_content_type": frozenset({"id", "app_label", "model"}),
}
