"""Words the linking package uses: who is who, and how that was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from alongside.care.matching.types import Band, Candidate, Compared, Standard, Why
from alongside.foundation.lib.provenance import Sourced


class ReviewState(StrEnum):
    """What has been said about two records that may be one person's."""

    OPEN = "open"
    ASKED = "asked"  # somebody is being asked: a supervisor, or the person
    SAME = "same"
    NOT_SAME = "not_same"
    SETTLED = "settled"  # by something else: a merge, an erasure, a newer record


class HouseholdSaid(StrEnum):
    """What somebody who knows said of a hint that two people live together."""

    TOGETHER = "together"
    NOT = "not"


class MergeRefusal(StrEnum):
    """Why two people may not be joined, or parted."""

    ROLE = "role"
    STALE = "stale"  # a second factor must be given anew
    UNKNOWN = "unknown"
    SAME = "same"
    NOT_ALL = "not_all"  # something about them is hidden from who acts
    ELSEWHERE = "elsewhere"  # another agency holds a part
    NEVER_LINK = "never_link"
    LEGAL_HOLD = "legal_hold"
    ERASURE = "erasure"
    CONSENT = "consent"  # one said no to what is shared of the other
    BUSY = "busy"  # a delivery is being received
    REASON = "reason"
    JOINED_SINCE = "joined_since"
    SHARE_SINCE = "share_since"


class MergeWarning(StrEnum):
    """What somebody should know who is about to join two people."""

    SHARED_PHONE = "shared_phone"
    SHARED_ADDRESS = "shared_address"
    BIRTHS_DIFFER = "births_differ"
    MARKS_DIFFER = "marks_differ"
    NOT_CONFIRMED = "not_confirmed"
    WALLS_DIFFER = "walls_differ"
    HOUSEHOLD = "household"
    BARRED = "barred"
    SHARED_CASE = "shared_case"
    SAME_CRIME = "same_crime"


class Merging(StrEnum):
    """How one relation to a person goes when two people are joined."""

    WITH_RECORD = "with_record"  # it points at a record, which moves
    FOLLOWS = "follows"  # pointed at whom they were joined into
    KEPT_BY_BOTH = "kept_by_both"  # follows, unless the other has the same
    STAYS = "stays"  # where it was; found through the merge
    CLOSES_ONE = "closes_one"  # follows; of two open cases one ends
    SETTLED = "settled"  # follows; settled where both are now one
    DROPPED = "dropped"  # follows; left where it is where both are now one
    STANDS_AGAINST = "stands_against"  # while it is open nothing is joined
    PASSED_OVER = "passed_over"  # stays, and is not acted on


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeOutcome:
    """What came of joining two people, or of trying to.

    `moves` counts by relation; `closed` is the case that ends.
    """

    refusal: MergeRefusal | None
    merge_id: UUID | None
    moves: dict[str, int]
    warnings: tuple[MergeWarning, ...]
    closed: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PartOutcome:
    """What came of parting two people, or of trying to.

    `asks` are relations of which something was changed since they were joined.
    """

    refusal: MergeRefusal | None
    kept: UUID | None
    gone: UUID | None
    moves: dict[str, int]
    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeLine:
    """One time that two people were joined, and when they were parted, if ever."""

    merge_id: UUID
    kept: UUID
    gone: UUID
    made_at: datetime
    made_by: str
    reason: str
    undone_at: datetime | None
    undone_by: str
    undone_reason: str


class NewStandard(NamedTuple):
    """A record that is about to be kept, as it is compared, and its keys."""

    record: int
    person: int
    standard: Standard
    keys: Sequence[int]


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind some keys: records, which of them each key leads to, and the
    keys that too many records share to say anything of one person."""

    records: Mapping[int, Candidate]
    through: Mapping[int, Sequence[int]]
    common: frozenset[int]


class DecisionRow(NamedTuple):
    """Why a record belongs to its person. `against` is the record it was linked by,
    where it was; `compared` what comparing the two came to."""

    record: int
    person: int
    band: Band
    why: Why | None
    against: int | None = None
    compared: Compared | None = None
    matched_on: str = ""


class ReviewRow(NamedTuple):
    """Two records that may be one person's: `record` is the one that came later."""

    record: int
    person: int
    other: int
    other_person: int
    why: Why
    compared: Compared


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkingLimit(Sourced):
    """One number that finding out who is one person depends on, in its unit."""

    code: str
    number: int
    unit: str
    label: str
