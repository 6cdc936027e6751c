"""Words of people's rights over what is held about them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from alongside.foundation.lib.provenance import Sourced


class RightKind(StrEnum):
    """What somebody asks for (UK GDPR, Articles 15 to 21)."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    RESTRICTION = "restriction"
    ERASURE = "erasure"
    OBJECTION = "objection"
    PORTABILITY = "portability"


class ReceivedBy(StrEnum):
    """How a request came. Any way counts: a right needs no form."""

    LETTER = "letter"
    EMAIL = "email"
    PHONE = "phone"
    IN_PERSON = "in_person"
    WORKER = "worker"  # said to a worker, who passed it on


class RequestState(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # for proof of who asks
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({RequestState.ANSWERED, RequestState.REFUSED, RequestState.WITHDRAWN})


class Blackout(StrEnum):
    """What becomes of one passage of a subject access pack."""

    KEEP = "keep"
    FOUND = "found"  # black out what was found in it
    WORDS = "words"  # black out the words somebody named
    WHOLE = "whole"


class LimitCode(StrEnum):
    """The numbers that rights go by; their rows are in `data/limits.toml`."""

    ANSWER_MONTHS = "answer_months"
    EXTENSION_MONTHS = "extension_months"
    NOTICE_DAYS = "notice_days"
    PACK_DAYS = "pack_days"
    FRESH_MINUTES = "fresh_minutes"
    SECOND_CHECK = "second_check"
    HOLD_NOTICE_DAYS = "hold_notice_days"
    BATCH = "batch"


@dataclass(frozen=True, kw_only=True, slots=True)
class RightRow(Sourced):
    """One right, in words. `article` is where the law says it."""

    kind: RightKind
    label: str
    meaning: str
    article: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RightsLimit(Sourced):
    """One number; `meaning` says in what unit."""

    code: LimitCode
    number: int
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Exemption(Sourced):
    """Why a request may lawfully be refused, in whole or in part."""

    code: str
    label: str
    words: str
    kinds: frozenset[RightKind]


@dataclass(frozen=True, kw_only=True, slots=True)
class BlackoutReason(Sourced):
    """Why something is blacked out of a pack. The person reads the `words`."""

    code: str
    label: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionRow(Sourced):
    """How long a person's record is kept once nothing about them is open.

    It goes by how their cases ended (`endings` are headings of dispositions; empty:
    no case was ever opened). Kept `months` from the day the last of them closed,
    `days` where that is shorter than a month; for somebody who was under 18 when
    their case opened, at least until they turn `child_until_age`.
    """

    code: str
    label: str
    meaning: str
    endings: frozenset[str]
    months: int
    days: int
    child_until_age: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldTable(Sourced):
    """One table in which something about a person is held, and its words.

    `fields` are shown, by column; `hidden` are columns that say nothing to the
    person, with one reason for all. `free` are columns of free text, `others` those
    that name or come from somebody else.
    """

    table: str
    heading: str
    reached: str
    fields: dict[str, str]
    hidden: frozenset[str]
    free: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeBand(Sourced):
    """An age band that counts keep after the person has gone."""

    least: int
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text found to be about somebody else: where, and what it is."""

    start: int
    end: int
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherPeople:
    """Who and what to look for in free text, and what is the person's own."""

    names: frozenset[str] = field(default_factory=frozenset, repr=False)
    own_names: frozenset[str] = field(default_factory=frozenset, repr=False)
    own_contacts: frozenset[str] = field(default_factory=frozenset, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a person decided about one passage, and why."""

    action: Blackout
    words: str = field(default="", repr=False)
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestClock:
    """When an answer is owed: counted from when, and by when."""

    starts_on: date
    due_on: date
