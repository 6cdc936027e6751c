"""What the list of tasks and the question show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse

from alongside.care.linking.types import MaskedRecord, ReviewLine
from alongside.care.matching.tables import GUARDS
from alongside.care.matching.types import Why
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.guarding import GuardForm, titled
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.linking.desk_pages import TITLE, Undo, undo
from alongside.web.words import say_count, say_days_since
from alongside.workflows.review_people import ListView

MASK = "****"
ASKED_ABOUT = tuple(
    (why, words)
    for why, words in {
        Why.TWIN: "May be twins",
        Why.NAMESAKE: "Same name, another date of birth",
        Why.BORN_DIFFERS: "Dates of birth nearly the same",
        Why.BORN_MISSING: "No date of birth",
        Why.NAME_MISSING: "No full name",
        Why.SURNAME_DIFFERS: "Another surname",
        Why.SEX_DIFFERS: "Another sex",
        Why.HOUSEHOLD: "May live together",
        Why.ONE_FACT: "Only one fact shared",
        Why.TWO_FIT: "Two people fit",
        Why.CONTRADICTED: "Another record speaks against it",
        Why.TOO_COMMON: "Shared by very many",
        Why.WEAK: "Too little to tell",
    }.items()
)
SHORT = dict(ASKED_ABOUT)
NOTHING = EmptyState(
    heading="Nothing waits for you",
    text="When a record arrives that may be somebody we know, and it is not sure, it is"
    " listed here.",
)
NOTHING_LIKE_IT = EmptyState(
    heading="Nothing like that waits",
    text="Try another reason, or show every task.",
    link=Link(text="Show every task", href="?"),
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the reader narrowed the list to."""

    put_aside: bool = False
    why: str = ""
    start: int = 0

    @property
    def query(self) -> dict[str, str]:
        """The same as the address says it."""
        found = {"show": "asked" if self.put_aside else "", "why": self.why}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, kw_only=True)
class TasksPage:
    """The tasks that wait."""

    title: str
    count: str
    links: tuple[Link, ...]
    begin: bool
    filters: FilterRow
    table: DataTable | None
    empty: EmptyState
    pager: Pager | None
    undo: Undo | None
    keys_off: bool = False


def read_asked(given: Mapping[str, str]) -> Asked:
    """What the address asks for; what it says that means nothing is left out."""
    why, start = given.get("why", ""), given.get("start", "")
    return Asked(
        put_aside=given.get("show") == "asked",
        why=why if why in {one.value for one in SHORT} else "",
        start=int(start)
        if start.isascii() and start.isdigit() and len(start) < 4
        else 0,
    )


def tasks(view: ListView, *, asked: Asked, now: datetime, size: int) -> TasksPage:
    """The list of tasks, heaviest first."""
    found = view.tasks
    many = found.count > found.most
    count = min(found.count, found.most)
    return TasksPage(
        title=TITLE,
        count=("More than " if many else "") + say_count(count, "task"),
        links=(Link(text="How linking goes", href=reverse("linking:quality")),),
        begin=bool(found.lines) and not asked.put_aside,
        filters=_filters(asked),
        table=_table(found.lines, now, asked) if found.lines else None,
        empty=NOTHING_LIKE_IT if asked.query else NOTHING,
        pager=_pager(asked, shown=len(found.lines), count=count, size=size),
        undo=undo(view.last),
    )


def _filters(asked: Asked) -> FilterRow:
    return FilterRow(
        fields=(
            FilterField(
                name="show",
                label="Show",
                options=(("", "To do"), ("asked", "Put aside with a question")),
                chosen="asked" if asked.put_aside else "",
            ),
            FilterField(
                name="why",
                label="Why it is asked",
                options=(
                    ("", "Any reason"),
                    *((why.value, words) for why, words in ASKED_ABOUT),
                ),
                chosen=asked.why,
            ),
        ),
        clear=Link(text="Show every task", href="?") if asked.query else None,
    )


def _table(lines: tuple[ReviewLine, ...], now: datetime, asked: Asked) -> DataTable:
    columns = [
        Column(heading="Two records"),
        Column(heading="Why it is asked"),
        Column(heading="Weight", numeric=True),
        Column(heading="Waiting"),
    ]
    if asked.put_aside:
        columns.append(Column(heading="Question"))
    return DataTable(
        caption="The likeliest first",
        columns=tuple(columns),
        rows=tuple(_row(line, now, asked) for line in lines),
    )


def _row(line: ReviewLine, now: datetime, asked: Asked) -> tuple[str | Link, ...]:
    cells: list[str | Link] = [
        Link(
            text=f"{_masked(line.first)}, and {_masked(line.second)}",
            href=reverse("linking:desk", args=[line.review_id]),
        ),
        SHORT.get(line.why, GUARDS[line.why].words),
        f"{line.weight:.1f}".replace("-", "−"),
        say_days_since(line.opened_at, now),
    ]
    if asked.put_aside:
        cells.append(f"{line.asked_by}: {line.asked}")
    return tuple(cells)


def _masked(record: MaskedRecord) -> str:
    name = " ".join(f"{letter}{MASK}" for letter in record.initials)
    born = f"born {record.birth_year}" if record.birth_year else "birth not known"
    return f"{name or 'Name not known'} {born}"


def _pager(asked: Asked, *, shown: int, count: int, size: int) -> Pager | None:
    if count <= size:
        return None
    after = asked.start + shown
    return Pager(
        shown=f"{asked.start + 1:,} to {after:,} of {count:,}",
        previous=_at(asked, max(asked.start - size, 0)) if asked.start else "",
        next=_at(asked, after) if after < count else "",
    )


def _at(asked: Asked, start: int) -> str:
    return "?" + urlencode({**asked.query, "start": start})


def ask(form: forms.Form, review_id: UUID) -> GuardForm:
    """Asking somebody."""
    heading = "Ask somebody"
    return GuardForm(
        title=titled(heading, form),
        heading=heading,
        form=form,
        save="Ask",
        back=reverse("linking:desk", args=[review_id]),
        notes=("The task is put aside until somebody answers it.",),
    )
