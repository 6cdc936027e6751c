"""Words the telling package uses: templates, and what becomes of an update."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from alongside.care.contact.types import Channel, Safety
from alongside.foundation.lib.provenance import Sourced


class Kind(StrEnum):
    """How an update is worded."""

    STANDARD = "standard"
    EASY_READ = "easy_read"


class UpdateState(StrEnum):
    """What has become of an update.

    `LEAVING` waits out its hold and can be taken back. `SENDING` is with the sender
    and nobody knows yet. `SENT` was handed over. `FAILED` did not reach them, and is
    offered again.
    """

    DRAFTED = "drafted"
    LEAVING = "leaving"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class LimitCode(StrEnum):
    """The limits of telling; their rows are in `data/limits.toml`."""

    HOLD_MINUTES = "hold_minutes"
    STUCK_MINUTES = "stuck_minutes"
    RECEIPT_DAYS = "receipt_days"
    TEXT_PARTS = "text_parts"
    WORDS_LENGTH = "words_length"
    ROUND_UPDATES = "round_updates"
    MOST_TRIES = "most_tries"
    READERS = "readers"
    DAY_FROM_HOUR = "day_from_hour"
    DAY_UNTIL_HOUR = "day_until_hour"
    LATE_MINUTES = "late_minutes"
    ADULT_AGE = "adult_age"
    SENTENCE_WORDS = "sentence_words"
    EASY_SENTENCE_WORDS = "easy_sentence_words"
    EASY_READING_AGE = "easy_reading_age"
    FILE_KILOBYTES = "file_kilobytes"


@dataclass(frozen=True, kw_only=True, slots=True)
class TellingLimit(Sourced):
    """One limit of telling; `meaning` says in what unit."""

    code: LimitCode
    number: int
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Way(Sourced):
    """A channel by which somebody can be told.

    `leaves` says that the words go out by a machine; `needs_mark` that it is used only
    where it is marked safe, and not where nobody has said.
    """

    code: Channel
    label: str
    done: str
    leaves: bool
    needs_mark: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FormRow(Sourced):
    """What follows from one answer to how somebody reads: the words they get, or why
    nothing leaves by itself (`data/forms.toml`)."""

    instrument: str
    question: str
    answer: str
    label: str
    kind: Kind = Kind.STANDARD
    by_hand: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suits:
    """In which form somebody wants to be written to. `said` is what is on record of
    it; `by_hand`, why nothing leaves by itself for them, if so."""

    kind: Kind = Kind.STANDARD
    said: tuple[str, ...] = ()
    by_hand: str = ""


class HourChoice(StrEnum):
    """What a worker says who sends at night, or to somebody who gave their times."""

    WITHIN = "within"
    ANYWAY = "anyway"


@dataclass(frozen=True, kw_only=True, slots=True)
class Hour:
    """What an hour asks of whoever sends: one of `choices`, because of `asks`; nothing
    where there are none. `refused` says why nothing may leave at all."""

    asks: str = ""
    choices: tuple[HourChoice, ...] = ()
    refused: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HourSaid:
    """What a worker said of the hour, and why it cannot wait."""

    choice: HourChoice
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason(Sourced):
    """Why an update is not sent (`dropped.toml`), or did not arrive (`failed.toml`).

    `not_owed` is the reason for which its promises are then not owed; empty where
    they go on being owed.
    """

    code: str
    label: str
    not_owed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Language(Sourced):
    """A language people here are told in, whether or not its words are ready.

    `code` is its BCP 47 tag. `months` are as a date says them, in order; without them
    a date is written in figures. `us` is what we call ourselves where nobody's name is
    known; without it a line that says who to ask is left out.
    """

    code: str
    label: str
    right_to_left: bool
    months: tuple[str, ...] = ()
    us: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame(Sourced):
    """What stands around every update of one language. `subject` tells nobody what
    it is about."""

    version: int
    subject: str
    greeting: str
    sign_off: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording(Sourced):
    """The words for one event in one language, plainly and in easy read, as shipped.

    `when` narrows it to what the event says (`plea = "guilty"`); of several that fit
    the one that asks for most is taken. A line that needs a fact nobody knows is left
    out (`rules.fill`).
    """

    code: str
    event: str
    when: dict[str, str]
    version: int
    standard: str
    easy_read: str

    def words(self, kind: Kind) -> str:
        """The words of one kind."""
        return self.easy_read if kind is Kind.EASY_READ else self.standard


class Part(StrEnum):
    """One text: of a template, or of what stands around every update."""

    STANDARD = "standard"
    EASY_READ = "easy_read"
    SUBJECT = "subject"
    GREETING = "greeting"
    SIGN_OFF = "sign_off"


FRAME = "frame"  # stands in the place of a template's code, for what is around each
FRAME_PARTS = (Part.SUBJECT, Part.GREETING, Part.SIGN_OFF)
KIND_PARTS = (Part.STANDARD, Part.EASY_READ)
# An area's own words are numbered from here; what is shipped stays below.
FIRST_OWN = 1001


@dataclass(frozen=True, kw_only=True, slots=True)
class TextKey:
    """Which text it is: every text is read, replaced and translated by itself."""

    language: str
    code: str
    part: Part

    def __str__(self) -> str:
        return f"{self.code}.{self.part}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One text as it is in use. `written_by` is who wrote it, where it is the area's
    own: they are not among those who read it over."""

    key: TextKey
    version: int
    words: str
    written_by: int | None = None

    @property
    def digest(self) -> str:
        """What tells these very words from any others."""
        return sha256(self.words.encode()).hexdigest()


class OwnState(StrEnum):
    """Where an area's own words are. Only a draft is ever changed."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


class Stand(StrEnum):
    """Whether words were read over by enough people to leave by themselves."""

    NEVER_READ = "never_read"
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"
    READ_ONCE = "read_once"
    READ = "read"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """That somebody read one text and said that it may be sent.

    `digest` is of the words they read. `checked_with` is who vouched for a
    translation. Taken back: when, by whom and why.
    """

    key: TextKey
    version: int
    digest: str
    reader: int
    reader_name: str
    at: datetime
    checked_with: str
    taken_back_at: datetime | None = None
    taken_back_by: str = ""
    taken_back_why: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with words. `stops`: they cannot be put in use until it is mended;
    otherwise it is something to think about."""

    words: str
    stops: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy(Sourced):
    """When an area lets an update leave without a worker: which events, which tiers,
    between which hours of the day in London, and from which age of the person.

    Never where there is a warning, a high risk, or a channel nobody marked safe, and
    never where the person did not say how they want to be told: `rules.why_by_hand`.
    """

    area: str
    events: frozenset[str]
    tiers: frozenset[str]
    from_hour: int
    until_hour: int
    youngest: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a template may be filled with. Empty: nobody knows."""

    reference: str = ""
    date: str = ""
    on: str = ""
    place: str = ""
    who: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample(Sourced):
    """What words are filled with where they are read over: nobody's facts. The days
    are written as each language writes them."""

    name: str
    happened_on: date
    next_on: date
    facts: Facts


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftWords:
    """An update as it would be: the words, and which template they come from."""

    template: str
    version: int
    kind: Kind
    language: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOffered:
    """A channel for one person. `refused` says why it may not be used, if so."""

    way: Way
    safety: Safety
    caution: str
    refused: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ToSend:
    """An update that is due to leave, and at whose word; nobody's where it leaves by
    itself. Once it has left: when, and the sender's own name for it."""

    update_id: UUID
    case_id: UUID
    asked_by: int
    by_itself: bool
    sent_at: datetime | None
    provider_ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """An update about to be handed over. `tried_at` is set where it was before, and
    nobody knows what became of that."""

    update_id: UUID
    event_id: UUID
    case_id: UUID
    case_key: int
    channel: Channel
    template: str
    template_version: int
    kind: Kind
    language: str
    words: str
    by_itself: bool
    tries: int
    tried_at: datetime | None
    asked_at: datetime
    leaves_at: datetime
    hour: str
