"""What the pages of information governance show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from alongside.care.information_rights.queries import RequestLine
from alongside.care.information_rights.tables import EXEMPTIONS, RIGHTS
from alongside.care.information_rights.types import RequestState, RightKind
from alongside.foundation.accounts.types import Actor
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.casefile import Fact
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.rights.forms import CAME_BY, ENDS
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.rights_requests import RegisterView, RequestView

NOBODY = "Nobody we hold"
EMPTY = EmptyState(
    heading="No requests are open",
    text="When somebody asks to see, correct, restrict or erase what we hold, write it "
    "down here: the month to answer runs from the day it came.",
    link=Link(text="Write down a request", href="/rights/new"),
)
NONE_ENDED = EmptyState(heading="No requests have ended yet")
COLUMNS = (
    Column(heading="About"),
    Column(heading="Asks for"),
    Column(heading="Came"),
    Column(heading="Answer due"),
    Column(heading="How it stands"),
    Column(heading="With"),
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the reader asked to see."""

    kind: str
    ended: bool
    number: int


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    """The register."""

    title: str
    filter: FilterRow
    table: DataTable | None
    empty: EmptyState
    pager: Pager | None


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """One request, whole."""

    title: str
    heading: str
    tag: Tag
    clock: str
    facts: tuple[Fact, ...]
    acts: tuple[Act, ...]
    keeping: tuple[str, ...]
    packs: DataTable | None
    entries: DataTable
    links: tuple[Link, ...]


def say_due(line: RequestLine, today: date) -> str:
    """The day, and how far away or past it is."""
    if not line.is_open:
        return say_day(line.due_on)
    days = (line.due_on - today).days
    if line.state is RequestState.WAITING:
        return "Starts when they show who they are"
    if days < 0:
        return f"{say_day(line.due_on)}, {say_count(-days, 'day')} late"
    when = "today" if days == 0 else f"in {say_count(days, 'day')}"
    return f"{say_day(line.due_on)}, {when}"


def say_state(line: RequestLine) -> str:
    """How a request stands, in words."""
    if line.state is RequestState.WAITING:
        return "Waiting for proof of who asks"
    return ENDS.get(line.state, "Open")


def register(found: RegisterView, *, choice: Choice, today: date) -> RegisterPage:
    """The register, by the day an answer is due."""
    rows = tuple(_row(line, found.names, today) for line in found.lines)
    count = say_count(len(found.lines), "request")
    table = DataTable(
        caption=f"{count}, {'newest first' if choice.ended else 'by the day due'}",
        columns=COLUMNS,
        rows=rows,
    )
    kinds = [(kind.value, row.label) for kind, row in RIGHTS.items()]
    return RegisterPage(
        title="Information rights",
        filter=FilterRow(
            fields=(
                FilterField(
                    name="show",
                    label="Show",
                    options=(("", "Open"), ("ended", "Ended")),
                    chosen="ended" if choice.ended else "",
                ),
                FilterField(
                    name="kind",
                    label="Asks for",
                    options=(("", "Anything"), *kinds),
                    chosen=choice.kind,
                ),
            ),
            export=Link(text="Save as CSV", href=reverse("rights:export")),
        ),
        table=table if rows else None,
        empty=NONE_ENDED if choice.ended else EMPTY,
        pager=_pager(found, choice),
    )


def _pager(found: RegisterView, choice: Choice) -> Pager | None:
    if choice.number == 1 and not found.more:
        return None
    kept = {"kind": choice.kind, "show": "ended" if choice.ended else ""}

    def at(number: int) -> str:
        return "?" + urlencode({**kept, "page": number})

    return Pager(
        shown=f"Page {choice.number:,}",
        previous=at(choice.number - 1) if choice.number > 1 else "",
        next=at(choice.number + 1) if found.more else "",
    )


def _row(
    line: RequestLine, names: Mapping[int, str], today: date
) -> tuple[str | Link, ...]:
    name = names.get(line.person_key or 0, NOBODY)
    href = reverse("rights:request", args=[line.request_id])
    return (
        Link(text=name, href=href, about=RIGHTS[line.kind].label.lower()),
        RIGHTS[line.kind].label,
        say_day(line.received_on),
        say_due(line, today),
        say_state(line),
        line.owner_name,
    )


FILE_HEAD = (
    *("request", "kind", "received_on", "due_on", "extended_on", "state", "owner"),
)


def file_rows(found: RegisterView) -> list[tuple[str, ...]]:
    """The register as lines of a file: no names."""
    return [
        (
            str(line.request_id),
            line.kind.value,
            line.received_on.isoformat(),
            line.due_on.isoformat(),
            line.extended_on.isoformat() if line.extended_on else "",
            line.state.value,
            line.owner_name,
        )
        for line in found.lines
    ]


def request(view: RequestView, *, actor: Actor, today: date) -> RequestPage:
    """One request: its clock, what was done, and what can be."""
    line = view.request
    label = RIGHTS[line.kind].label
    late = line.is_open and line.due_on < today
    tone = Tone.LATE if late else Tone.INFO if line.is_open else Tone.PLAIN
    return RequestPage(
        title=f"{label}: {view.name}",
        heading=view.name,
        tag=Tag(text="Late" if late else say_state(line), tone=tone),
        clock=f"Answer due: {say_due(line, today)}" if line.is_open else "",
        facts=_facts(view),
        acts=_acts(line) if line.is_open else (),
        keeping=_keeping(view),
        packs=_packs(view),
        entries=DataTable(
            caption="What was done",
            columns=(
                Column(heading="When"),
                Column(heading="What"),
                Column(heading="By"),
                Column(heading="In words"),
            ),
            rows=tuple(
                (say_moment(one.at), one.what, one.by, one.words)
                for one in view.entries
            ),
        ),
        links=_links(view),
    )


def _facts(view: RequestView) -> tuple[Fact, ...]:
    line = view.request
    right = RIGHTS[line.kind]
    facts = [
        Fact(name="Asks for", value=f"{right.label} ({right.article})"),
        Fact(name="Asked by", value=line.asked_by or "Erased"),
        Fact(name="In their words", value=line.what or "Not written down"),
        Fact(
            name="Came",
            value=f"{say_day(line.received_on)}, {CAME_BY[line.received_by].lower()}",
        ),
        Fact(
            name="Who asks",
            value=f"Shown on {say_day(line.identity_on)}: {line.identity_how}"
            if line.identity_on
            else "Not shown yet",
        ),
        Fact(name="With", value=line.owner_name),
        Fact(name="Our reference", value=str(line.request_id)),
    ]
    if line.extended_on:
        said = f"{say_day(line.extended_on)}: {line.extension_reason}"
        facts.append(Fact(name="More time taken", value=said))
    if line.ended_at:
        why = EXEMPTIONS[line.exemption].label + ". " if line.exemption else ""
        said = f"{say_moment(line.ended_at)}. {why}{line.ended_reason}"
        facts.append(Fact(name="Ended", value=said))
    return tuple(facts)


_OF_KIND: dict[RightKind, tuple[str, str]] = {
    RightKind.ACCESS: ("Go through the copy", "rights:pack"),
    RightKind.PORTABILITY: ("Go through the copy", "rights:pack"),
    RightKind.RECTIFICATION: ("Put it right", "rights:correct"),
    RightKind.RESTRICTION: ("Restrict", "rights:restrict"),
    RightKind.OBJECTION: ("Restrict", "rights:restrict"),
    RightKind.ERASURE: ("Propose to erase", "rights:erase"),
}


def _acts(line: RequestLine) -> tuple[Act, ...]:
    acts = []
    if line.identity_on is None:
        acts.append(("Say who asks", "rights:identity"))
    elif line.person_id is not None:
        acts.append(_OF_KIND[line.kind])
    acts += [("Add a note", "rights:note"), ("Answer or refuse", "rights:end")]
    if line.extended_on is None:
        acts.append(("Take more time", "rights:extend"))
    return tuple(
        Act(text=text, href=reverse(route, args=[line.request_id]), primary=not place)
        for place, (text, route) in enumerate(acts)
    )


def _keeping(view: RequestView) -> tuple[str, ...]:
    held = [
        f"A legal hold stands since {say_moment(one.since)}: nothing may be erased."
        for one in view.holds
    ]
    kept = [
        f"Restricted since {say_moment(one.since)}: kept, and not used."
        for one in view.restrictions
    ]
    right = [
        f"Put right on {say_moment(one.at)}: {', '.join(one.changed)}."
        for one in view.corrections
    ]
    return (*held, *kept, *(text.replace("_", " ") for text in right))


def _packs(view: RequestView) -> DataTable | None:
    if not view.packs:
        return None
    return DataTable(
        caption="Finished copies",
        columns=(
            Column(heading="Made"),
            Column(heading="By"),
            Column(heading="Deleted after"),
            Column(heading="Fetched"),
            Column(heading="Fingerprint (SHA-256)"),
        ),
        rows=tuple(
            (
                Link(
                    text=say_moment(one.made_at),
                    href=reverse(
                        "rights:pack_file",
                        args=[view.request.request_id, one.pack_id],
                    ),
                    about="download",
                ),
                one.made_by,
                say_moment(one.until),
                say_moment(one.fetched_at) if one.fetched_at else "Not yet",
                f"{one.sha256[:16]}…",
            )
            for one in view.packs
        ),
    )


def _links(view: RequestView) -> tuple[Link, ...]:
    return tuple(
        Link(
            text=f"Erasure proposed by {one.proposed_by} on "
            f"{say_moment(one.proposed_at)}",
            href=reverse("rights:erasure", args=[one.erasure_id]),
        )
        for one in view.erasures
        if one.done_at is None and one.declined_at is None
    )
