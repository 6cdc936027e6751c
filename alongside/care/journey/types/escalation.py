"""Who is told when a promise passes its day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alongside.care.journey.types.holders import DutyHolder
from alongside.foundation.lib.provenance import Sourced


class Told(StrEnum):
    """Whom a rung tells."""

    WORKER = "worker"  # whoever holds the case; where nobody does, supervisors
    SUPERVISOR = "supervisor"
    HOLDER = "holder"  # a force's liaison by notice, any other body by letter


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung(Sourced):
    """One step of escalation: whom to tell, how many days past the day of a promise.

    A promise past its day for more than `until_days` is not begun with.
    """

    code: str
    to: Told
    label: str
    standard: int
    enhanced: int
    until_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ToEscalate:
    """A promise of which somebody is to be told, and whom.

    `agency_id` is the force that owes it, where it has an account here.
    """

    clock_id: int
    case_id: int
    rung: str
    holder: DutyHolder
    user_id: int | None
    agency_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EscalationLine:
    """One promise of which somebody was told: whom, when, and what came of it.

    `case_id` is the case in which the promise runs now.
    """

    public_id: UUID
    rung: str
    holder: DutyHolder
    label: str
    due_on: date
    at: datetime
    told_name: str
    case_id: UUID
    crime_ref: str
    settled: bool
    answer: str
    answered_at: datetime | None
    answered_by: str
    clock_id: int
