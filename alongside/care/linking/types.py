"""Words the linking package uses: who is who, and how that was told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class KeyKind(StrEnum):
    """What two records share besides name and date of birth. Values are words."""

    PHONE = "phone number"
    EMAIL = "e-mail address"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """Rows that are about one person, in the order they came.

    `known_person` is who it is among people already known, the longest known where
    the rows meet several; `known_people` are all of them: more than one means that
    one human being may be held twice. `matched_on` says for each of `rows` what it
    shares with another row or a known person: nothing, where the person is new and
    has that row alone.
    """

    rows: tuple[int, ...]
    known_person: int | None
    known_people: tuple[int, ...]
    matched_on: tuple[tuple[KeyKind, ...], ...]


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
