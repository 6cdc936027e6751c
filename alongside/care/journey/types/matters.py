"""Words for the matters of a victimisation, and for messages on their way to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.journey.types.events import Happened

MatterKey = tuple[str, str]  # suspect, offence


@dataclass(frozen=True, slots=True)
class EventMatter:
    """A victimisation that an event of its crime concerns.

    `begins` is the stage at which its matters begin, `since` when it was reported and
    `crime_from` the earliest at which the crime can have happened.
    """

    victimisation_id: int
    case_id: int | None
    record_type: str
    role: str
    offence_code: str
    enhanced: bool
    suspect_ref: str
    begins: str
    since: datetime
    crime_from: datetime


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event that is kept already. `counts`: nothing stands in its place."""

    happened: Happened
    source: str
    counts: bool


@dataclass(frozen=True, slots=True)
class KnownMatter:
    """A matter as it is kept."""

    matter_id: int
    key: MatterKey
    live: bool
    stage: str
    event_id: int | None
    since: datetime


@dataclass(frozen=True, slots=True)
class FirstMatter:
    """The first matter of a victimisation: nothing has happened in it yet."""

    victimisation_id: int
    suspect_ref: str
    stage: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A progress message kept, for whom its crime concerns.

    `waiting_id` is set where it waited for its referral.
    """

    row_id: int
    event: str
    suspect_ref: str
    occurred_at: datetime
    received_at: datetime
    detail: dict[str, object]
    content_hash: UUID
    waiting_id: int | None = None
