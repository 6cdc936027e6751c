"""How promises were kept, in counts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from alongside.care.journey.types.holders import DutyHolder


class Kept(StrEnum):
    """How a promise that was due in a time stands.

    `LATE` and `MISSED` are both missed (`rules.clock_state`): one was kept in the end,
    of the other nothing shows that it was.
    """

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    NOT_OWED = "not_owed"
    CANNOT_SAY = "cannot_say"
    DUE = "due"


class CountBy(StrEnum):
    """What promises are counted by."""

    ALL = "all"
    RIGHT = "right"
    RULE = "rule"
    HOLDER = "holder"
    HOLDER_RIGHT = "holder_right"
    MONTH = "month"
    CRIME_GROUP = "crime_group"
    AGE_BAND = "age_band"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    ADJUSTMENTS = "adjustments"
    TIER = "tier"
    DISTRICT = "district"
    TEAM = "team"


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplianceAsked:
    """What is counted: promises due from `since` to `until` (excluded)."""

    since: date
    until: date
    on: date
    by: CountBy
    holder: DutyHolder | None = None
    right: int | None = None


@dataclass(slots=True)
class Keeping:
    """The promises of one group by how they stand, and why some are not owed or
    cannot be told."""

    states: Counter[Kept] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def owed(self) -> int:
        """How many were owed, are past their day, and can be told."""
        return sum(self.states[one] for one in (Kept.MET, Kept.LATE, Kept.MISSED))


@dataclass(frozen=True, kw_only=True, slots=True)
class WithoutReceipt:
    """Of how many people's crimes promises count from receipt, and of how many of
    them nobody can say when one began."""

    crimes: int
    without: int
