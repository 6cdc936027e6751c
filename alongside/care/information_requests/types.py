"""Words of requests for what we hold about a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from alongside.foundation.lib.provenance import Sourced


class RequestState(StrEnum):
    """How far a request has come."""

    WAITING = "waiting"  # for who asked: something that it must say is missing
    OPEN = "open"  # to be prepared
    PREPARED = "prepared"  # to be decided, by somebody else
    DECIDED = "decided"  # to be sent
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({RequestState.ANSWERED, RequestState.REFUSED, RequestState.WITHDRAWN})


class Section(StrEnum):
    """What a request says, one thing at a time, in the order it is asked."""

    PURPOSE = "purpose"
    SCOPE = "scope"
    GROUNDS = "grounds"
    COUNSELLING = "counselling"
    APPROVAL = "approval"
    NOTICE = "notice"
    VIEWS = "views"


class CameBy(StrEnum):
    LETTER = "letter"
    EMAIL = "email"
    PHONE = "phone"
    PORTAL = "portal"
    IN_PERSON = "in_person"


class Notice(StrEnum):
    """Whether the person was given notice of the request, by who asks."""

    NOT_SAID = ""
    GIVEN = "given"
    WITHHELD = "withheld"


class Views(StrEnum):
    """What the person thinks of their records being given."""

    NOT_SAID = ""
    AGREES = "agrees"
    PARTLY = "partly"
    OBJECTS = "objects"
    NOT_ASKED = "not_asked"


class Outcome(StrEnum):
    """What an answer comes to."""

    NONE = ""
    GIVEN = "given"
    PART = "part"
    REFUSED = "refused"
    NOTHING_HELD = "nothing_held"


class Fate(StrEnum):
    """What becomes of one kind of records that was asked for."""

    GIVE = "give"
    WITHHOLD = "withhold"
    NOT_HELD = "not_held"


class ComplaintBy(StrEnum):
    PERSON = "person"
    ASKER = "asker"


class StepKind(StrEnum):
    """What was done about a request."""

    WRITTEN_DOWN = "written_down"
    SAID = "said"
    NOTED = "noted"
    PREPARED = "prepared"
    RETURNED = "returned"
    DECIDED = "decided"
    RECONSIDERED = "reconsidered"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    COMPLAINED = "complained"
    COMPLAINT_ANSWERED = "complaint_answered"


class Stops(StrEnum):
    """What cannot be done while something is missing."""

    ALL = "all"
    COUNSELLING = "counselling"
    VIEWS = "views"


class StepBy(StrEnum):
    WORK = "work"
    DECIDE = "decide"


class DeadlineCode(StrEnum):
    ANSWER = "answer"
    ANSWER_URGENT = "answer_urgent"
    COMPLAINT = "complaint"
    REMIND = "remind"


@dataclass(frozen=True, kw_only=True, slots=True)
class Named(Sourced):
    """A row that is a code with its words."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rank(Named):
    """A rank, and what its approval is enough for."""

    requests: bool
    counselling: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordKind(Named):
    """A kind of records; whether the presumption about counselling holds for it."""

    counselling: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsaid(Named):
    """Why the person was not told; `keep_quiet` says that nobody may tell them."""

    keep_quiet: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason(Named):
    """Why records are not given; the answer says the `words`."""

    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack(Named):
    """Something a request must say and does not; who asked reads the `words`."""

    section: Section
    words: str
    stops: Stops


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline(Sourced):
    """By when something is owed, in working days."""

    code: DeadlineCode
    label: str
    working_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Step(Sourced):
    """Something that may be done, from which states, by whom, and where it leads."""

    code: StepKind
    label: str
    from_states: frozenset[RequestState]
    to: RequestState | None
    by: StepBy


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Who asks, since when, and how it came. `asker_id` is a force of the area's."""

    body: str
    body_name: str
    asker_id: int | None
    officer_role: str
    their_reference: str = field(repr=False)
    received_on: date
    received_by: CameBy
    urgent: bool = False
    urgent_why: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Purpose:
    """The offence, and the reasonable line of enquiry."""

    offence: str = field(default="", repr=False)
    line: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Which records, from when to when, and what they are to show."""

    kinds: tuple[str, ...] = ()
    everything: bool = False
    period_from: date | None = None
    period_until: date | None = None
    particulars: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """Why it is necessary and proportionate, in their words."""

    necessity: str = field(default="", repr=False)
    proportionality: str = field(default="", repr=False)
    other_means: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counselling:
    """Why counselling notes all the same, and who approved asking for them."""

    counselling_reason: str = field(default="", repr=False)
    counselling_rank: str = ""
    counselling_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """Who approved the request on their side, and when."""

    approved_rank: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeGiven:
    """Whether the person was told, and when and how; or why not."""

    notice: Notice = Notice.NOT_SAID
    notice_on: date | None = None
    notice_how: str = ""
    withheld_why: str = ""
    withheld_words: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonViews:
    """What the person said of it; or why they were not asked."""

    views: Views = Views.NOT_SAID
    views_words: str = field(default="", repr=False)
    views_on: date | None = None


SectionFacts = (
    Purpose | Scope | Grounds | Counselling | Approval | NoticeGiven | PersonViews
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What becomes of one kind of records. Listed, never copied."""

    kind: str
    fate: Fate
    words: str = field(default="", repr=False)
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Everything a request says, for the rules."""

    purpose: Purpose = Purpose()
    scope: Scope = Scope()
    grounds: Grounds = Grounds()
    counselling: Counselling = Counselling()
    approval: Approval = Approval()
    notice: NoticeGiven = NoticeGiven()
    views: PersonViews = PersonViews()

    @property
    def parts(self) -> Mapping[Section, SectionFacts]:
        """What is said, by section."""
        return {
            Section.PURPOSE: self.purpose,
            Section.SCOPE: self.scope,
            Section.GROUNDS: self.grounds,
            Section.COUNSELLING: self.counselling,
            Section.APPROVAL: self.approval,
            Section.NOTICE: self.notice,
            Section.VIEWS: self.views,
        }
