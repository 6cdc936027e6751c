"""What is owed to people across cases: what is asked, and what comes of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from alongside.care.journey.types.holders import DutyHolder


class Lateness(StrEnum):
    """How soon a promise is due, as lists sort them."""

    OVERDUE = "overdue"
    WEEK = "week"  # today or in the six days after it
    LATER = "later"


@dataclass(frozen=True, slots=True)
class OwedPlace:
    """Where a page begins: on a day, after so many promises of that day."""

    day: date
    skip: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedAsked:
    """Which running promises are wanted. None and empty narrow nothing."""

    on: date
    holder: DutyHolder | None = None
    lateness: Lateness | None = None
    right: int | None = None
    team_id: int | None = None
    tier: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedLine:
    """One running promise of a list. `crime_ref` is empty where it has no crime."""

    clock_id: int
    rule: str
    label: str
    right: int
    holder: DutyHolder
    due_on: date
    enhanced: bool
    case_id: UUID
    person_id: int
    crime_ref: str
    worker_name: str
    team_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ForceOwed:
    """One running promise of a force, by the force's own numbers."""

    label: str
    due_on: date
    crime_ref: str
    person_ref: str
    source_system: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NextOwed:
    """The soonest running promise of a case, whoever owes it."""

    label: str
    holder: DutyHolder
    due_on: date
