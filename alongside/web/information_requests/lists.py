"""The register of requests for records, its counts, and what a force asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from alongside.care.information_requests.queries import (
    BodyCount,
    OwnRequest,
    RequestFilter,
    RequestLine,
)
from alongside.care.information_requests.tables import BODIES
from alongside.care.information_requests.types import ENDED, RequestState
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.information_requests import words
from alongside.web.information_requests.pages import say_due, tag_of
from alongside.web.words import say_count, say_day
from alongside.workflows.information_requests import NOBODY, DeskView

EMPTY = EmptyState(
    heading="Nobody waits for an answer",
    text="When the police or another authorised body ask for what we hold about"
    " somebody, write it down here, whatever the request says.",
)
NONE_ENDED = EmptyState(heading="No request has ended yet")
NONE_FIT = EmptyState(
    heading="No request fits",
    text="Choose differently above, or show all that are open.",
)
NONE_ASKED = EmptyState(
    heading="You have asked for nothing",
    text="A request that you make is listed here from the day we write it down.",
)
NONE_OF_CASE = EmptyState(
    heading="Nobody has asked for their records",
    text="When the police or another authorised body ask, write it down here.",
)
QUIET_ONE = "The person has not been told of one of these. Do not tell them."
NONE_COUNTED = EmptyState(heading="Nobody asked for records in this year")
LATE = "late"
_DUE = (("", "Any"), (LATE, "Past it"))
_SHOWN = (
    *((state.value, said) for state, said in words.STATES.items()),
    ("ended", "All that ended"),
)
_BODIES = tuple((row.code, row.label) for row in BODIES.values())
COLUMNS = (
    Column(heading="About"),
    Column(heading="Asked by"),
    Column(heading="Came"),
    Column(heading="Answer due"),
    Column(heading="How it stands"),
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the reader asked to see: a state, all that are open, or those ended; of
    whom; and whether only those past their day. `forces` are names by code."""

    show: str = ""
    body: str = ""
    force: str = ""
    forces: Mapping[str, str] = field(default_factory=dict)
    late: bool = False
    number: int = 1

    @property
    def narrows(self) -> bool:
        """Whether it is anything but every open request."""
        return bool(self.show or self.body or self.force or self.late)

    def as_filter(self, today: date) -> RequestFilter:
        """The same, as the register is asked for it on a day."""
        return RequestFilter(
            ended=self.ended,
            states=self.states,
            body=self.body,
            force=self.force,
            late_on=today if self.late else None,
        )

    @property
    def ended(self) -> bool:
        """Whether requests that have ended are shown."""
        return self.show == "ended" or self.show in ENDED

    @property
    def states(self) -> tuple[RequestState, ...]:
        """The one state that was chosen, if any."""
        return (RequestState(self.show),) if self.show in set(RequestState) else ()


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A list with its filters."""

    title: str
    heading: str
    filter: FilterRow | None
    table: DataTable | None
    empty: EmptyState
    pager: Pager | None
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()


def desk(found: DeskView, *, choice: Choice, today: date, decides: bool) -> ListPage:
    """Requests by the day an answer is due."""
    rows = rows_of(found.lines, found.names, today)
    count = say_count(len(rows), "request")
    order = "newest first" if choice.ended else "by the day due"
    counts = Link(text="Counts", href=reverse("information_requests:counts"))
    return ListPage(
        title="Requests for records",
        heading="Requests for records",
        filter=_filters(choice),
        table=DataTable(caption=f"{count}, {order}", columns=COLUMNS, rows=rows)
        if rows
        else None,
        empty=_empty(choice),
        pager=_pager(choice, more=found.more),
        links=(counts,) if decides else (),
    )


def _filters(choice: Choice) -> FilterRow:
    asked = (
        ("show", "Show", (("", "Open"), *_SHOWN), choice.show),
        ("body", "Asked by", (("", "Anybody"), *_BODIES), choice.body),
        ("force", "Force", (("", "All"), *choice.forces.items()), choice.force),
        ("due", "Day of answer", _DUE, LATE if choice.late else ""),
    )
    desk, file = (
        reverse(f"information_requests:{name}") for name in ("desk", "export")
    )
    return FilterRow(
        fields=tuple(
            FilterField(name=name, label=label, options=options, chosen=chosen)
            for name, label, options, chosen in asked
        ),
        clear=Link(text="Show all that are open", href=desk)
        if choice.narrows
        else None,
        export=Link(text="Save as CSV", href=f"{file}?{_query(choice)}"),
    )


def _empty(choice: Choice) -> EmptyState:
    if choice.show == "ended" and not (choice.body or choice.force or choice.late):
        return NONE_ENDED
    return NONE_FIT if choice.narrows else EMPTY


def _query(choice: Choice, number: int = 1) -> str:
    due = LATE if choice.late else ""
    kept = {"show": choice.show, "body": choice.body, "force": choice.force, "due": due}
    return urlencode({**kept, "page": number})


def _pager(choice: Choice, *, more: bool) -> Pager | None:
    number = choice.number
    if number == 1 and not more:
        return None
    return Pager(
        shown=f"Page {number:,}",
        previous="?" + _query(choice, number - 1) if number > 1 else "",
        next="?" + _query(choice, number + 1) if more else "",
    )


def rows_of(
    lines: Sequence[RequestLine], names: Mapping[int, str], today: date
) -> tuple[tuple[str | Link, ...], ...]:
    """Each request as a row that leads to it."""
    return tuple(
        (
            Link(
                text=names.get(line.person_key or 0, NOBODY),
                href=reverse("information_requests:show", args=[line.asked_id]),
                about=f"{line.asker.body_name}, {say_day(line.asker.received_on)}",
            ),
            line.asker.body_name,
            say_day(line.asker.received_on),
            say_due(line, today),
            tag_of(line, today).text,
        )
        for line in lines
    )


FILE_HEAD = (
    *("request", "body", "received_on", "due_on", "state", "outcome", "sent_on"),
    *("notice", "urgent", "late"),
)


def file_rows(found: DeskView, today: date) -> list[tuple[object, ...]]:
    """The register as lines of a file: nobody's name, nor what was asked."""
    return [
        (
            *(line.asked_id, line.asker.body_name, line.asker.received_on),
            *(line.due_on, line.state.value, line.outcome.value),
            *(line.sent_on or "", line.said.notice.notice.value),
            "y" if line.asker.urgent else "n",
            "y" if line.is_late(today) else "n",
        )
        for line in found.lines
    ]


COUNT_HEAD = (
    *("Asked by", "Asked", "Open", "All given", "Some given", "Refused"),
    *("None held", "Taken back", "Late", "Person not told", "Counselling notes"),
)


def count_rows(counts: Sequence[BodyCount]) -> list[tuple[str, ...]]:
    """The counts by body."""
    return [
        (
            BODIES[one.body].label if one.body in BODIES else one.body,
            *map(str, (one.asked, one.open, one.given, one.part, one.refused)),
            *map(str, (one.nothing_held, one.withdrawn, one.late)),
            *map(str, (one.untold, one.counselling)),
        )
        for one in counts
    ]


def counts_page(counts: Sequence[BodyCount], *, year: int, this_year: int) -> ListPage:
    """How many asked in a year, and what became of it."""
    asked = sum(one.asked for one in counts)
    given = sum(one.given + one.part for one in counts)
    rows = tuple(count_rows(counts))
    years = [(str(y), str(y)) for y in range(this_year, this_year - 5, -1)]
    file = reverse("information_requests:counts_file")
    sentence = (
        f"{say_count(asked, 'request')} came in {year}. Something was given in answer"
        f" to {given}."
    )
    return ListPage(
        title="Requests for records, counted",
        heading="Requests for records, counted",
        filter=FilterRow(
            fields=(
                FilterField(
                    name="year", label="Year", options=tuple(years), chosen=str(year)
                ),
            ),
            export=Link(text="Save as CSV", href=f"{file}?year={year}"),
        ),
        table=DataTable(
            caption=f"Requests that came in {year}, by who asked",
            columns=tuple(
                Column(heading=heading, numeric=place > 0)
                for place, heading in enumerate(COUNT_HEAD)
            ),
            rows=rows,
        )
        if rows
        else None,
        empty=NONE_COUNTED,
        pager=None,
        notes=(sentence,) if rows else (),
    )


def own(found: Sequence[OwnRequest], *, number: int, size: int) -> ListPage:
    """What a force asked for, and how it stands: nothing of any case."""
    rows = tuple(
        (
            one.their_reference or "No reference",
            say_day(one.received_on),
            words.STANDS[one.stands],
            say_day(one.sent_on) if one.sent_on else f"Due {say_day(one.due_on)}",
        )
        for one in found[:size]
    )
    return ListPage(
        title="Requests we made",
        heading="Requests we made",
        filter=None,
        table=DataTable(
            caption="What you asked for, newest first",
            columns=(
                Column(heading="Your reference"),
                Column(heading="Came"),
                Column(heading="How it stands"),
                Column(heading="Answer"),
            ),
            rows=rows,
        )
        if rows
        else None,
        empty=NONE_ASKED,
        pager=_pager(Choice(number=number), more=len(found) > size),
    )


def of_case(
    found: Sequence[RequestLine], *, name: str, case_id: UUID, today: date
) -> ListPage:
    """The requests about one case, newest first."""
    keys = {line.person_key or 0: name for line in found}
    rows = rows_of(found, keys, today)
    heading = "Requests for their records"
    return ListPage(
        title=heading,
        heading=heading,
        filter=None,
        table=DataTable(
            caption=say_count(len(rows), "request"), columns=COLUMNS, rows=rows
        )
        if rows
        else None,
        empty=NONE_OF_CASE,
        pager=None,
        links=(
            Link(
                text="Every case's requests",
                href=reverse("information_requests:desk"),
            ),
        ),
        notes=(
            (QUIET_ONE,)
            if any(line.keeps_quiet and line.is_open for line in found)
            else ()
        ),
    )
