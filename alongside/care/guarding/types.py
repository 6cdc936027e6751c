"""Words of what is guarded inside an agency: emergencies, conflicts, walls."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from alongside.foundation.lib.provenance import Sourced


class LimitCode(StrEnum):
    """The limits of emergency access; their rows are in `data/emergency.toml`."""

    HOURS = "hours"
    FACTOR_MINUTES = "factor_minutes"
    REASON_LENGTH = "reason_length"
    USES_A_DAY = "uses_a_day"
    REVIEW_DAYS = "review_days"


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencyCategory(Sourced):
    """A kind of emergency in which a case may be opened."""

    code: str
    label: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencyLimit(Sourced):
    """One number that emergency access goes by."""

    code: LimitCode
    number: int
    unit: str
    meaning: str


class Refusal(StrEnum):
    """Why the database did not open a case in an emergency, or take a review.

    UNKNOWN is one answer for what there is not, what is ambiguous, and what the one
    who asks may never open.
    """

    UNKNOWN = "unknown"
    STALE = "stale"  # the second factor is too old
    ROLE = "role"
    REASON = "reason"
    CATEGORY = "category"
    TOO_MANY = "too_many"
    OPEN = "open"  # they may open it already
    OWN = "own"  # a review of one's own use
    PAIR = "pair"  # of somebody who reviewed one's own
    DONE = "done"  # reviewed, or closed, already


class Finding(StrEnum):
    """What a reviewer makes of an emergency access."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    ENQUIRY = "enquiry"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of asking for emergency access: opened until, or refused."""

    refusal: Refusal | None
    access_id: UUID | None
    case_id: UUID | None


class MarkKind(StrEnum):
    """What of a member of staff a mark stands for. The order is of how near it is."""

    PERSON = "person"  # names and date of birth
    PHONE = "phone"
    EMAIL = "email"
    HOME = "home"  # house number and postcode
    FAMILY = "family"  # surname and postcode
    SUSPECT = "suspect"  # a force's reference for a suspect


@dataclass(frozen=True, kw_only=True)
class StaffDetails:
    """What a member of staff says of themselves, to be matched and not kept.

    `surnames` are all they are or were known by; phones are E.164.
    """

    given_names: Sequence[str] = field(default_factory=tuple)
    surnames: Sequence[str] = field(default_factory=tuple)
    date_of_birth: date | None = None
    house: str = ""
    postcode: str = ""
    phones: Sequence[str] = field(default_factory=tuple)
    emails: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A keyed hash of one thing about a member of staff."""

    kind: MarkKind
    value: UUID
