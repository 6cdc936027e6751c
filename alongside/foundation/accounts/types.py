"""Who is acting, and what they may do."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models


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


_CASE_WORKER = frozenset(
    {
        Permission.WORK_VIEW,
        Permission.CASE_VIEW,
        Permission.CASE_WORK,
        Permission.CASE_CLOSE,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CONTACT_WORKER: _CASE_WORKER | {Permission.HELD_VIEW},
    Role.SPECIALIST_WORKER: _CASE_WORKER,
    Role.WITNESS_CARE_WORKER: _CASE_WORKER,
    Role.SUPERVISOR: _CASE_WORKER
    | {
        Permission.CASE_ALLOCATE,
        Permission.HELD_VIEW,
        Permission.HELD_DECIDE,
        Permission.FEED_VIEW,
        Permission.STATUS_VIEW,
    },
    Role.POLICE_LIAISON: frozenset({Permission.FEED_VIEW, Permission.FEED_SEND}),
    Role.FEED_RECEIVER: frozenset({Permission.FEED_SEND, Permission.FEED_VIEW}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Permission.ACCOUNT_MANAGE}),
    Role.INFORMATION_GOVERNANCE: frozenset(
        {Permission.FEED_VIEW, Permission.STATUS_VIEW}
    ),
    **dict.fromkeys(
        (
            Role.PROVIDER_MANAGER,
            Role.RESTORATIVE_FACILITATOR,
            Role.HARDENING_FITTER,
            Role.COMMISSIONER,
            Role.FINANCE_OFFICER,
            Role.GRANT_SCORER,
            Role.GRANT_APPLICANT,
            Role.ANALYST,
            Role.GOVERNANCE_OFFICER,
            Role.PANEL_MEMBER,
        ),
        frozenset(),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person, or a named feed, acting for one agency in one area.

    What the database's signed context is made from: row security lets an actor
    see what their agency may see, whatever the code above it asks for.
    """

    user_id: int
    label: str
    agency_id: int
    agency_name: str
    area_id: int
    team_id: int | None
    role: Role
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    def has(self, permission: Permission) -> bool:
        """Whether the role the actor acts in holds the permission."""
        return permission in self.permissions
