"""Words the linking package uses: who is who, and how that was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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


class AskedOf(StrEnum):
    """Who is asked where a reviewer cannot tell."""

    COLLEAGUE = "colleague"
    PERSON = "person"  # whoever works with them asks at the next contact


class Settled(StrEnum):
    """What became of an attempt to answer a task."""

    DONE = "done"
    ANSWERED = "answered"  # somebody was quicker
    NONE = "none"  # there is none that the reviewer may see


@dataclass(frozen=True, kw_only=True, slots=True)
class MaskedRecord:
    """Enough of a record to tell it from others: initials and the year of birth."""

    initials: str
    birth_year: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewLine:
    """One task in a list. `asked` is the question where somebody put it aside."""

    review_id: UUID
    why: Why
    weight: float
    opened_at: datetime
    asked: str
    asked_by: str
    first: MaskedRecord
    second: MaskedRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewList:
    """One page of tasks, heaviest first. `count` goes no further than past `most`."""

    lines: tuple[ReviewLine, ...]
    count: int
    most: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SidePoint:
    """A contact point of one side; `others` counts others who use it, up to 100."""

    kind: str
    value: str
    postcode: str
    others: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SideCrime:
    """A crime that a record came with; `home` where the suspect lives with them."""

    ref: str
    reported_at: datetime | None
    home: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewSide:
    """One of the two records of a task, as its source said it.

    `standard` is what was compared, where it is kept; `unsafe` are channels marked as
    not safe; `walls` are the compartments the person's cases stand behind (a mask).
    """

    given_names: str
    surname: str
    date_of_birth: date | None
    gender: str
    source: str
    said_at: datetime
    standard: Standard | None
    contacts: tuple[SidePoint, ...]
    unsafe: tuple[str, ...]
    walls: int
    crimes: tuple[SideCrime, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PastEvent:
    """Something decided about one of the two records before: by a rule or by `by`."""

    at: datetime
    what: str
    rule: str
    why: str
    band: str
    first: bool
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedReview:
    """Everything the desk shows of one task.

    `reach` says that contact points are shown; `one_crime` that both records came with
    the same crime; `household` why we think that the two live together.
    """

    review_id: UUID
    why: Why
    weight: float
    model: str
    opened_at: datetime
    state: ReviewState
    asked: str
    asked_of: str
    asked_by: str
    asked_at: datetime | None
    reach: bool
    first: ReviewSide
    second: ReviewSide
    one_crime: bool
    household: tuple[str, ...]
    history: tuple[PastEvent, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewAnswer:
    """What became of an answer. The two people are to be joined, where there are."""

    outcome: Settled
    kept: UUID | None = None
    gone: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LastAnswer:
    """What a reviewer answered last, which can still be undone."""

    review_id: UUID
    state: ReviewState


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Something to ask a person at the next contact."""

    words: str
    asked_by: str
    asked_at: datetime


class LinkMonth(NamedTuple):
    """How linking went in one month, counted: see `linking_quality`."""

    month: date
    linked: int
    to_review: int
    fresh: int
    same: int
    not_same: int
    overturned: int
    asked_again: int
    agreed: int


class Backlog(NamedTuple):
    """What waits for a reviewer, and for how long."""

    waiting: int
    asked: int
    over_a_week: int
    over_a_month: int
    oldest: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveWeights:
    """The area's own weights that are live: when they were made, and how good."""

    version: str
    made_at: datetime
    live_from: datetime
    records: int
    weights: Mapping[str, object]
    evaluation: Mapping[str, object]
