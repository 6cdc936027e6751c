"""Words of the support plan and of what is planned with a person."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.foundation.lib.provenance import Sourced


class PlanState(StrEnum):
    """How a support plan stands."""

    DRAFT = "draft"
    WAITING = "waiting"  # for a supervisor
    AGREED = "agreed"
    CLOSED = "closed"


class AgreedHow(StrEnum):
    """How the person agreed to their plan, or why nobody could ask them."""

    TOGETHER = "together"
    PHONE = "phone"
    VIDEO = "video"
    WRITING = "writing"
    FOR_THEM = "for_them"  # by somebody who may speak for them


class GoalState(StrEnum):
    """What became of a goal."""

    OPEN = "open"
    REACHED = "reached"
    PARTLY = "partly"
    LEFT = "left"  # no longer wanted, or not possible


class Whose(StrEnum):
    """Who is to do something."""

    OURS = "ours"
    PARTNER = "partner"
    PERSON = "person"


class ActionState(StrEnum):
    """What became of an action."""

    TO_DO = "to_do"
    DONE = "done"
    NOT_DONE = "not_done"


class Meeting(StrEnum):
    """Where or how an appointment is."""

    OFFICE = "office"
    HOME = "home"
    ELSEWHERE = "elsewhere"
    PHONE = "phone"
    VIDEO = "video"


class Attendance(StrEnum):
    """What became of an appointment."""

    PLANNED = "planned"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class CancelledBy(StrEnum):
    """Who called an appointment off."""

    PERSON = "person"
    US = "us"
    PARTNER = "partner"


class PaperKind(StrEnum):
    """A plan that is written section by section, and kept version by version."""

    SAFETY = "safety"
    EXIT = "exit"


class SupervisionKind(StrEnum):
    """Why a supervisor writes about a case."""

    SUPERVISION = "supervision"
    AUDIT = "audit"


class Found(StrEnum):
    """What an audit of a case file found of one thing."""

    YES = "yes"
    NO = "no"
    NOT_NEEDED = "not_needed"


class PlanChangeKind(StrEnum):
    """One thing that happened to what is planned, as its history keeps it."""

    PLAN = "plan"
    GOAL = "goal"
    ACTION = "action"
    PAPER = "paper"
    APPOINTMENT = "appointment"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Coded(Sourced):
    """A row of data that is named by a code and shown by a label."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovalRule(Sourced):
    """Whether a supervisor approves the plans of a tier; of high-risk cases apart.

    `area` is the code of the area it holds for, empty for every other.
    """

    area: str
    tier: str
    high_risk: bool
    needed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Weight(Sourced):
    """How many points of work an open case counts for."""

    tier: str
    high_risk: bool
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanLimit(Coded):
    """One number of planning."""

    number: int
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningKind(Coded):
    """One kind of warning note: for whose safety, and how long it may stand."""

    hint: str
    most_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSection(Coded):
    """One section of a safety or exit plan.

    `label` is asked of the worker, `heading` stands on the sheet that is printed for
    the person: it says nothing to whoever finds it.
    """

    paper: PaperKind
    hint: str
    heading: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VolunteerWork(Coded):
    """Something volunteers do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditItem(Coded):
    """One thing that is looked for in a case file."""
