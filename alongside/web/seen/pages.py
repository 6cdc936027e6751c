"""What the pages about who has seen whom show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from alongside.care.people.tables import LOOKING, PURPOSES
from alongside.care.people.types import Look, TrailFilter, UnusualLook
from alongside.foundation.accounts.types import Role
from alongside.foundation.lib.local import LONDON, local_day
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.who_has_seen import SeenView


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of look to narrow the list to."""

    words: str
    actions: tuple[str, ...]


KINDS = {
    "opened": Kind(words="Opened", actions=("person.seen", "case.seen")),
    "found": Kind(words="Found in a search", actions=("person.searched",)),
    "protected": Kind(words="Protected details opened", actions=("vault.opened",)),
    "refused": Kind(
        words="Tried and refused", actions=("person.refused", "audit.read_refused")
    ),
    "trail": Kind(words="Read this page", actions=("audit.read",)),
}
ACTIONS = {
    "person.seen": "Opened",
    "person.refused": "Tried to open, and was refused",
    "person.searched": "Found in a search",
    "person.reason_given": "Said why they open them",
    "person.compared": "Wrote down somebody like them",
    "household.said": "Said who lives with them",
    "apart.noted": "Noted that we support the suspect too",
    "apart.made": "Kept apart from somebody else",
    "apart.lifted": "Kept apart no more",
    "person.merge": "Joined them with a second record of theirs",
    "person.unmerge": "Parted them from somebody else",
    "contact.confirmed": "Confirmed a way to reach them",
    "case.seen": "Opened the case",
    "vault.opened": "Opened protected details",
    "audit.read": "Read who has seen them",
    "audit.read_refused": "Tried to read who has seen them, and was refused",
}
SPANS = (
    (0, "Today"),
    (7, "The last 7 days"),
    (30, "The last 30 days"),
    (365, "The last year"),
)
FILE_HEAD = ("at", "name", "role", "agency", "what_was_done", "what", "why", "request")
NOTHING = EmptyState(
    heading="Nothing like that",
    text="Nobody has looked in that way, or not in that time.",
    link=Link(text="Show every look", href="?"),
)
UNUSUAL_KINDS = {
    "many_lookers": "People whom many members of staff opened",
    "many_looked_at": "Staff who opened many people without holding their case",
    "own_surname": "Staff who opened somebody with their own surname",
    "refused": "People whom somebody tried to open and was refused",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the reader narrowed the list to."""

    kind: str
    looker: str
    since: str
    chosen: TrailFilter

    @property
    def query(self) -> dict[str, str]:
        """The same as the address says it."""
        parts = {"kind": self.kind, "looker": self.looker, "since": self.since}
        return {name: value for name, value in parts.items() if value}


@dataclass(frozen=True, kw_only=True)
class SeenPage:
    """Who has seen one person, a table a day."""

    title: str
    name: str
    days: tuple[DataTable, ...]
    filters: FilterRow
    empty: EmptyState
    pager: Pager | None


@dataclass(frozen=True, kw_only=True)
class UnusualPage:
    """What somebody should ask about, a table a kind."""

    title: str
    words: str
    tables: tuple[DataTable, ...]
    empty: EmptyState


@dataclass(frozen=True, kw_only=True)
class WhyPage:
    """Asking for a reason before a person is opened."""

    title: str
    heading: str
    form: forms.Form
    back: str


def why(form: forms.Form) -> WhyPage:
    """The form that asks why."""
    heading = "This person's case is with another team"
    return WhyPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        form=form,
        back=reverse("find:find"),
    )


def person(view: SeenView, *, asked: Asked, now: datetime) -> SeenPage:
    """Who has seen one person, newest first."""
    return SeenPage(
        title="Who has seen them",
        name=view.label.name if view.label else "Name not shown to you",
        days=tuple(_days(view.trail.looks)),
        filters=_filters(view, asked, local_day(now)),
        empty=NOTHING,
        pager=_pager(view, asked),
    )


def _days(looks: Iterable[Look]) -> Iterator[DataTable]:
    for day, of_day in groupby(looks, key=lambda look: local_day(look.at)):
        rows = tuple(_row(look) for look in of_day)
        yield DataTable(
            caption=f"{say_day(day)}: {say_count(len(rows), 'look')}",
            columns=tuple(
                Column(heading=words)
                for words in ("Time", "Who", "What they did", "Of what", "Why")
            ),
            rows=rows,
        )


def _row(look: Look) -> tuple[str, ...]:
    return (
        f"{look.at.astimezone(LONDON):%H:%M:%S}",
        _who(look),
        ACTIONS.get(look.action, _words(look.action)),
        _what(look),
        say_purpose(look.purpose),
    )


def _who(look: Look) -> str:
    if look.looker is None:
        return "The service itself"
    return ", ".join(part for part in (look.name, _role(look), look.agency) if part)


def _role(look: Look) -> str:
    known = set(Role)
    return " and ".join(Role(r).label.lower() for r in look.roles if r in known)


def _what(look: Look) -> str:
    return _words(look.what)


def _words(code: str) -> str:
    text = code.replace("_", " ").replace(".", ": ")
    return text[:1].upper() + text[1:]


def say_purpose(purpose: str) -> str:
    """A purpose of the trail in words: "covering: for Tom" is told whole here."""
    code, _, words = purpose.partition(":")
    if code in PURPOSES:
        label = PURPOSES[code].label
        return f"{label}: {words.strip()}" if words.strip() else label
    return _words(purpose)


def _filters(view: SeenView, asked: Asked, today: date) -> FilterRow:
    lookers = tuple((str(key), name) for key, name in view.trail.lookers)
    return FilterRow(
        fields=(
            FilterField(
                name="looker",
                label="Who",
                options=(("", "Anybody"), *lookers),
                chosen=asked.looker,
            ),
            FilterField(
                name="kind",
                label="What they did",
                options=(
                    ("", "Anything"),
                    *((code, kind.words) for code, kind in KINDS.items()),
                ),
                chosen=asked.kind,
            ),
            FilterField(
                name="since",
                label="When",
                options=(("", "Any time"), *_spans(today, asked.since)),
                chosen=asked.since,
            ),
        ),
        clear=Link(text="Show every look", href="?") if asked.query else None,
        export=Link(
            text="Save as CSV", href="?" + urlencode({**asked.query, "format": "csv"})
        ),
    )


def _spans(today: date, chosen: str) -> Iterator[tuple[str, str]]:
    days = {(today - timedelta(days=n)).isoformat(): words for n, words in SPANS}
    yield from days.items()
    if chosen and chosen not in days:
        yield chosen, f"Since {say_day(date.fromisoformat(chosen))}"


def _pager(view: SeenView, asked: Asked) -> Pager | None:
    looks = view.trail.looks
    if not looks or not (view.has_more or asked.chosen.before):
        return None
    before = urlencode({**asked.query, "before": looks[-1].at.isoformat()})
    return Pager(
        shown=say_count(len(looks), "look"),
        previous="?" + urlencode(asked.query) if asked.chosen.before else "",
        next=f"?{before}" if view.has_more else "",
    )


def file_rows(looks: Iterable[Look]) -> Iterator[tuple[str, ...]]:
    """The looks as lines of a file."""
    for look in looks:
        yield (
            look.at.isoformat(),
            look.name,
            _role(look),
            look.agency,
            ACTIONS.get(look.action, look.action),
            look.what,
            say_purpose(look.purpose),
            str(look.request_id or ""),
        )


def unusual(found: list[UnusualLook]) -> UnusualPage:
    """What of the last days somebody should ask about."""
    days = LOOKING["days"].number
    return UnusualPage(
        title="Unusual looking",
        words=f"The last {days} days. Each line may have a good reason: ask before"
        " you judge. Lists of names are not counted, only people who were opened.",
        tables=tuple(_unusual_tables(found)),
        empty=EmptyState(
            heading="Nothing unusual",
            text=f"Nothing in the last {days} days is beyond the limits that are set.",
        ),
    )


def _unusual_tables(found: list[UnusualLook]) -> Iterator[DataTable]:
    for kind, caption in UNUSUAL_KINDS.items():
        rows = tuple(_unusual_row(one) for one in found if one.kind == kind)
        if rows:
            yield DataTable(
                caption=caption,
                columns=(
                    Column(heading="Who was looked at"),
                    Column(heading="Member of staff"),
                    Column(heading="Times", numeric=True),
                    Column(heading="Last"),
                ),
                rows=rows,
            )


def _unusual_row(one: UnusualLook) -> tuple[str | Link, ...]:
    whom: str | Link = "Several people"
    if one.person:
        whom = Link(
            text=f"Person {one.person.hex[:8].upper()}",
            href=reverse("seen:person", args=[one.person]),
        )
    return (whom, one.looker or "Several", f"{one.times:,}", say_moment(one.last))
