"""What is owed to one person, what is next, and what has happened."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone


@dataclass(frozen=True, kw_only=True)
class NextAction:
    """The one thing to do next. `what` is empty where none has been set."""

    template: ClassVar[str] = "components/next_action.html"

    what: str
    when: str = ""
    overdue: bool = False
    change: Link | None = None


class ClockState(StrEnum):
    """How a promise stands."""

    OVERDUE = "overdue"
    SOON = "soon"
    DUE = "due"
    MET = "met"
    MISSED = "missed"
    NOT_OWED = "not_owed"


_CLOCK_TAGS = {
    ClockState.OVERDUE: Tag(text="Overdue", tone=Tone.LATE),
    ClockState.SOON: Tag(text="Due soon", tone=Tone.SOON),
    ClockState.DUE: Tag(text="Due", tone=Tone.INFO),
    ClockState.MET: Tag(text="Met", tone=Tone.GOOD),
    ClockState.MISSED: Tag(text="Missed", tone=Tone.LATE),
    ClockState.NOT_OWED: Tag(text="Not owed", tone=Tone.PLAIN),
}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A promise: what is owed, by whom, when, and how it stands.

    `detail` is one short line: "By Tue 24 Nov, by Leicestershire Police", or why it
    is not owed. `href` leads to where it is settled.
    """

    what: str
    detail: str
    state: ClockState
    href: str = ""

    @property
    def tag(self) -> Tag:
        """The state as a word with a colour."""
        return _CLOCK_TAGS[self.state]


@dataclass(frozen=True, kw_only=True)
class ClockList:
    """The clocks of a case. `first` is what is owed next, under words of its own;
    `clocks` the others, the most pressing first; `more` leads to all. `next` says why
    nothing is owed, where nothing is; `freed` what is not owed for now."""

    template: ClassVar[str] = "components/clock_list.html"

    clocks: tuple[Clock, ...]
    heading: str = "Clocks"
    more: Link | None = None
    next: str = ""
    first: Clock | None = None
    freed: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskList:
    """What is to be done in a case, soonest due first. `more` is how many there are
    besides, in words; `add` leads to where one is written down."""

    template: ClassVar[str] = "components/task_list.html"

    tasks: tuple[Clock, ...]
    more: str = ""
    add: Link | None = None
    heading: str = "Tasks"


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """Something a case asks for: why, what to do, where to do it, and where to say it
    is not needed."""

    words: str
    asks: str
    do: Link | None = None
    answer: Link | None = None


@dataclass(frozen=True, kw_only=True)
class PromptList:
    """What a case asks for by itself, what matters most first: that is shown, and the
    others when they are asked for. There is at least one."""

    template: ClassVar[str] = "components/prompt_list.html"

    prompts: tuple[AskedFor, ...]
    heading: str = "This case asks for something"

    @property
    def first(self) -> AskedFor:
        """What matters most."""
        return self.prompts[0]

    @property
    def rest(self) -> tuple[AskedFor, ...]:
        """The others."""
        return self.prompts[1:]

    @property
    def more(self) -> str:
        """How many others there are, in words."""
        count = len(self.rest)
        return f"{count} more {'thing' if count == 1 else 'things'} to do"


@dataclass(frozen=True, kw_only=True)
class ActList:
    """The commonest acts on a case. The primary one has the whole width."""

    template: ClassVar[str] = "components/act_list.html"

    acts: tuple[Act, ...]
    label: str = "What you can do"


@dataclass(frozen=True, kw_only=True)
class ActLinks:
    """What is done less often: words in a few lines, not a wall of buttons."""

    template: ClassVar[str] = "components/act_links.html"

    acts: tuple[Act, ...]
    label: str = "What else you can do"


@dataclass(frozen=True, kw_only=True)
class TimelineEvent:
    """One thing that happened, and on whose word.

    `kind` is the family it is filtered by ("Contact", "Police"), empty where the
    title says as much; `who` says who recorded it and under whose authority.
    `corrected_by` is a sentence where a later entry puts this one right: the entry
    stays, struck through.
    """

    time: str
    kind: str
    title: str
    who: str
    detail: str = ""
    tag: Tag | None = None
    corrected_by: str = ""


@dataclass(frozen=True, kw_only=True)
class TimelineDay:
    """A day and what happened on it, newest first."""

    label: str
    events: tuple[TimelineEvent, ...]


@dataclass(frozen=True, kw_only=True)
class FilterLink:
    """One way to narrow the timeline."""

    text: str
    href: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Everything that happened, grouped by day, the newest day first."""

    template: ClassVar[str] = "components/timeline.html"

    days: tuple[TimelineDay, ...]
    filters: tuple[FilterLink, ...] = ()
    older: Link | None = None
    empty: EmptyState = EmptyState(
        heading="Nothing has happened yet",
        text="What the police send and what you do will appear here.",
    )


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A named value. `href` makes the value a link."""

    name: str
    value: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class FactCard:
    """A small card of named values: a crime, a service, a person around them."""

    template: ClassVar[str] = "components/fact_card.html"

    heading: str
    facts: tuple[Fact, ...]
    tag: Tag | None = None
