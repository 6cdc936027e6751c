"""Promises with no day set: how each stands, and what shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alongside.care.journey.types.clocks import DeadlineRule

# What makes a standing promise one of its own: the limit, the crime, the event.
Which = tuple[str, int, int | None]


class StandingState(StrEnum):
    """Three states: nobody is ever late with what has no day."""

    OWED = "owed"  # and nobody has said that it was done
    MET = "met"
    NOT_OWED = "not_owed"


class ShownBy(StrEnum):
    """What says how a standing promise stands."""

    NOTHING = ""
    SETTLED = "settled"  # somebody wrote it down, or a step of a right shows it
    NEEDS = "needs"  # the referral says when needs were assessed
    STATEMENT = "statement"  # the referral says that a statement was offered
    TOLD = "told"  # they were told of the event
    WISH = "wish"  # they asked not to hear


@dataclass(frozen=True, kw_only=True)
class StandingLine:
    """One promise with no day set, owed since a moment.

    `event_id` is the event that made it owed; none where the report did. `met_on` is
    the day it was kept, `evidence` what somebody said of it, `reason` the code of why
    it is not owed. `clock_id` is the row in which somebody settled it.
    """

    rule: DeadlineRule
    case_key: int
    victimisation_id: int
    event_id: int | None
    since: datetime
    state: StandingState
    shown_by: ShownBy
    met_on: date | None
    evidence: str
    reason: str
    clock_id: int | None

    @property
    def which(self) -> Which:
        """What it is told from the others of its case by."""
        event_id = self.event_id if self.rule.each_event else None
        return self.rule.code, self.victimisation_id, event_id


@dataclass(frozen=True, kw_only=True)
class StandingAsked:
    """Which standing promises across cases: of one body, of one limit, of a team, of
    the cases that one worker holds. None: of all."""

    rule: str = ""
    holder: str = ""
    team_key: int | None = None
    worker_key: int | None = None


@dataclass(frozen=True, kw_only=True)
class StandingOpen:
    """A standing promise of which nobody has said that it was done, in some case."""

    rule: DeadlineRule
    since: datetime
    case_id: UUID
    person_key: int
    crime_ref: str
    worker: str
    team: str


@dataclass(slots=True)
class StandingCount:
    """How many promises of one limit stand how."""

    rule: DeadlineRule
    owed: int = 0
    met: int = 0
    not_owed: int = 0
