"""Words the contact package uses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alongside.foundation.lib.provenance import Sourced


class Channel(StrEnum):
    PHONE = "phone"
    VOICEMAIL = "voicemail"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Safety(StrEnum):
    """What we have been told about a channel."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    NOT_KNOWN = "not_known"


class RouteEnd(StrEnum):
    """Whether an attempt ends the route it was made by, and why."""

    NO = "no"
    UNSAFE = "unsafe"  # someone else answered: never used again
    NOT_WORKING = "not_working"  # the details do not reach the person


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelRow(Sourced):
    """How a channel is spoken of. `caution` is said where its safety is not known."""

    code: Channel
    label: str
    missing: str
    caution: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AttemptResult(Sourced):
    """What came of one attempt to reach a person."""

    code: str
    label: str
    meaning: str
    channels: frozenset[Channel]
    contact_made: bool
    ends_route: RouteEnd
    needs_next_date: bool


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What is known of one channel for one person.

    `exists` says that there is a number or address to use, known to be theirs;
    `unconfirmed` that there is one which nobody has confirmed; `ended` that an
    earlier attempt closed the route.
    """

    channel: Channel
    exists: bool
    safety: Safety
    ended: RouteEnd = RouteEnd.NO
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class OfferedChannel:
    """A channel that may be used. `caution` is empty when it is marked safe."""

    channel: Channel
    label: str
    caution: str


@dataclass(frozen=True, slots=True)
class RefusedChannel:
    """A channel that may not be used, and why in words."""

    channel: Channel
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class OfferedChannels:
    """The answer to "how may I reach this person?"."""

    offered: tuple[OfferedChannel, ...]
    refused: tuple[RefusedChannel, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A channel for which something is held, and what became of it.

    `held_at` is when the newest number or address for it was given or confirmed;
    `marked_at` is when its newest word was given, by the force itself or by another.
    """

    channel: Channel
    held_at: datetime
    safety: Safety = Safety.NOT_KNOWN
    marked_at: datetime | None = None
    by_force: bool = False
    ended: RouteEnd = RouteEnd.NO
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """What closed a way: since when, and whether because it is not safe."""

    channel: Channel
    at: datetime
    unsafe: bool
    by_force: bool
    tried: bool  # an attempt showed it; else it was marked


@dataclass(frozen=True, kw_only=True, slots=True)
class Ways:
    """Every way to one person; `reached_at` is when they were last spoken with."""

    ways: tuple[Way, ...] = ()
    reached_at: datetime | None = None
