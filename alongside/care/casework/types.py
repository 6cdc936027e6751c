"""Words the casework package uses."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from alongside.foundation.lib.provenance import Sourced


class CaseStatus(StrEnum):
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Tier(StrEnum):
    """How much support the Victims' Code owes."""

    STANDARD = "standard"
    ENHANCED = "enhanced"


class NoteKind(StrEnum):
    """Who may read a note."""

    OWN = "own"  # the writer's team only
    SHARED = "shared"  # everyone who may see the case
    RESTRICTED = "restricted"  # named people only


class AccessReason(StrEnum):
    """Why an agency, or one of its people, may see a case."""

    OWNER = "owner"
    SHARE = "share"
    REFERRAL = "referral"
    BREAK_GLASS = "break_glass"


class ConflictKind(StrEnum):
    """What a member of staff is to a person whose cases they may not open."""

    SELF = "self"  # the person is them
    RELATED = "related"  # family, household, friend, neighbour
    SUSPECT = "suspect"  # suspected of the crime
    OTHER = "other"


class ConflictFound(StrEnum):
    """How a conflict came to be known."""

    DECLARED = "declared"  # somebody said so
    MATCHED = "matched"  # the staff member's own details are in the record


class ChangeKind(StrEnum):
    """One thing that happened to a case, as its history keeps it."""

    OPENED = "opened"
    ALLOCATED = "allocated"
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    TIER_CHANGED = "tier_changed"
    NEXT_ACTION_SET = "next_action_set"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    REOPENED = "reopened"
    REFERRAL_JOINED = "referral_joined"
    WALLED = "walled"  # put into, or taken out of, a compartment
    JOINED = "joined"  # its person turned out to be one with another
    PARTED = "parted"


class TaskKind(StrEnum):
    """What is to be done. What makes a task by itself has a kind of its own."""

    MARAC_REFERRAL = "marac_referral"
    IDVA_REFERRAL = "idva_referral"
    TELL_SUPERVISOR = "tell_supervisor"
    SAFETY_PROCEDURE = "safety_procedure"
    SAFEGUARDING = "safeguarding"  # a child or an adult at risk
    SPECIAL_MEASURES = "special_measures"
    REASSESS = "reassess"
    PLAN_APPROVAL = "plan_approval"
    PLAN_ACTION = "plan_action"
    REVIEW_WARNING = "review_warning"
    FOLLOW_UP = "follow_up"
    OTHER = "other"


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # not needed any more, and why


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTask:
    """Something to do in a case by a day.

    Nobody as `owner_id`: whoever holds the case. `source` says what made it, so that it
    is not made twice while it is open; empty where somebody wrote it down. With
    `needs_supervisor` only a supervisor can say that it is done or not needed, and the
    case cannot be closed before.
    """

    kind: TaskKind
    words: str
    due_on: date
    owner_id: int | None = None
    source: str = ""
    needs_supervisor: bool = False


class CountsAs(StrEnum):
    """The heading under which a closed case is counted. One each, so they add up."""

    SUPPORTED = "supported"
    DECLINED = "declined"
    NOT_REACHED = "not_reached"
    RETURNED = "returned"
    SIGNPOSTED = "signposted"
    ADMINISTRATIVE = "administrative"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, kw_only=True, slots=True)
class Disposition(Sourced):
    """How a case ended.

    `may_choose` is false for words kept only so that older figures can be read.
    """

    code: str
    label: str
    meaning: str
    counts_as: CountsAs
    needs_reason: bool
    may_choose: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Compartment(Sourced):
    """A wall inside the agency: only those cleared for it see the case.

    A referral goes into it by itself when it carries one of `flags`, or, with
    `below_age`, when the person is younger on the day it arrives. Where
    `by_hand` is true, a supervisor may put a case in and take it out.
    """

    code: str
    bit: int
    label: str
    meaning: str
    flags: frozenset[str]
    below_age: int | None
    by_hand: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLimit(Sourced):
    """One number by which cases are watched over. `least` and `most` bound a choice."""

    code: str
    number: int
    least: int
    most: int
    unit: str
    label: str


class RepeatScope(StrEnum):
    """Against whom or what crimes are counted."""

    PERSON = "person"
    ADDRESS = "address"
    HOUSEHOLD = "household"  # them, and those who seem to live with them
    SUSPECT = "suspect"  # them, by one suspect whom a force names


@dataclass(frozen=True, kw_only=True, slots=True)
class RepeatWindow(Sourced):
    """Over how many days crimes are counted, and from how many it is said."""

    code: RepeatScope
    days: int
    least: int
    label: str


@dataclass(frozen=True, slots=True)
class KnownCrime:
    """A crime against somebody: the day of its report, and whom the force suspects, by
    its own reference; empty where it names nobody."""

    on: date
    suspect: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryMatter:
    """One crime against somebody, and the case it is in. `is_open` says whether that
    case is not closed; the same crime may be there twice."""

    person_id: int
    victimisation_id: int
    case_id: int | None
    is_open: bool
    crime_key: UUID
    crime: KnownCrime


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeat:
    """How many crimes there were: "4 crimes against them in 365 days"."""

    scope: RepeatScope
    crimes: int
    days: int
    label: str
