"""Words for prompts: what a case asks its worker to do, and why it matters now."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alongside.care.casework.types import Tier
from alongside.care.instruments.types import Risk
from alongside.foundation.lib.provenance import Sourced


class PromptCode(StrEnum):
    """What makes a prompt. In the order in which they matter."""

    RISK_RAISED = "risk_raised"
    RELEASED = "released"  # bail, release, recall: where the suspect is has changed
    NEW_INCIDENT = "new_incident"
    UNASSESSED = "unassessed"
    REVIEW_DUE = "review_due"
    LOOK_AGAIN = "look_again"  # what a confirmed ground rested on is no longer so
    NOTHING_SPEAKS = "nothing_speaks"  # enhanced support, and no ground counts


class ForWhom(StrEnum):
    """Which cases a row is for: those of high risk, then by what they are owed."""

    HIGH_RISK = "high_risk"
    ENHANCED = "enhanced"
    STANDARD = "standard"
    ANY = "any"


@dataclass(frozen=True, kw_only=True, slots=True)
class PromptRow(Sourced):
    """When a case asks for something. `days`: after so many days of what it waits on;
    `events`: of the justice process, where one makes it; `asks`: what to do."""

    code: PromptCode
    whom: ForWhom
    days: int
    words: str
    asks: str
    events: frozenset[str]


@dataclass(frozen=True, slots=True)
class Assessed:
    """The last assessment of a case: when, when again, what risk it found, and what
    the one before found."""

    at: datetime
    review_on: date | None = None
    risk: Risk = Risk.NONE
    risk_before: Risk | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """The newest of its kind in a case: its key, when we learnt of it, and what."""

    key: int
    at: datetime
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PromptFacts:
    """What bears on the prompts of one case. `answered` are those somebody said are
    not needed: (code, about)."""

    tier: Tier
    high_risk: bool
    opened_at: datetime
    has_ground: bool
    assessed: Assessed | None = None
    incident: Happened | None = None
    event: Happened | None = None
    doubted: Happened | None = None
    answered: frozenset[tuple[PromptCode, str]] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """Something a case asks for. `about` tells it from the next of its kind; `words`
    are why, `asks` what to do, `since` from which day."""

    code: PromptCode
    about: str
    words: str
    asks: str
    since: date
