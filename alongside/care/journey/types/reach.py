"""Facts for which a promise is not owed, and on what each of them rests."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alongside.care.journey.types.clocks import WishKind
from alongside.care.journey.types.holders import DutyHolder
from alongside.foundation.lib.provenance import Sourced


class DecidedBy(StrEnum):
    """What says that somebody is out of reach."""

    WAYS = "ways"  # every way to reach them is closed, by what was marked and tried
    HAND = "hand"  # somebody writes it down, and how it is known
    CLOSING = "closing"  # how their case ended


@dataclass(frozen=True, kw_only=True, slots=True)
class ReachBasis(Sourced):
    """On what it may rest that promises to somebody are not owed.

    `reason` is a code of `not_owed.toml`. `holders` are the bodies whose promises it
    touches, none where the body is named each time: a body is freed only by what it
    knows itself. `all_promises` are touched whatever their limit says. `closings` are
    the endings of a case that say so; with `every_case` it is so of the person, in each
    case of theirs. Without `looked_at_again` it has no day by which somebody must look
    at it again.
    """

    code: str
    label: str
    meaning: str
    reason: str
    decided_by: DecidedBy
    holders: frozenset[DutyHolder]
    all_promises: bool
    closings: frozenset[str]
    every_case: bool
    looked_at_again: bool

    @property
    def names_a_body(self) -> bool:
        """Whether it is said each time whose promises it touches."""
        return not self.holders and not self.all_promises


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """Something that stood for a time, and while it stood freed from promises.

    A promise is freed whose day falls into that time. `anew`: what was freed runs
    again when the time is over. `holders` are the bodies it frees, None for all;
    `asks` is the wish, where it is one; `rank` orders facts that stand at once.
    """

    reason: str
    rank: int
    since: datetime
    until: datetime | None
    holders: frozenset[DutyHolder] | None = None
    asks: WishKind | None = None
    all_promises: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class FactsSay:
    """What facts make of a promise: from when and by when it is owed, or why not."""

    starts_at: datetime
    due_on: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReachLine:
    """That somebody was out of reach for a time, on what it rested, and who said so.

    `holder` is the body it is about where the basis leaves that open. `by` is empty
    where it followed by itself; without `until` it stands.
    """

    public_id: UUID
    basis: str
    holder: DutyHolder | None
    since: datetime
    words: str
    review_on: date | None
    by: str
    until: datetime | None
    ended_by: str
    ended_why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NewReach:
    """That somebody is out of reach from now on, about to be written down."""

    case_id: int
    basis: str
    words: str
    holder: DutyHolder | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReachCase:
    """Somebody who is out of reach now, in a list. `freed` is how many promises to them
    are not owed because of a fact; `by` is empty where it followed by itself."""

    reach_id: UUID
    case_id: UUID
    basis: str
    holder: DutyHolder | None
    since: datetime
    review_on: date | None
    words: str
    by: str
    team: str
    worker: str
    freed: int
