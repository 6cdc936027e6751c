"""What is to be done, across cases, as a table and as rows of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from alongside.care.casework.queries import OpenTask
from alongside.foundation.accounts.types import Actor, Permission
from alongside.web.casework import say
from alongside.web.casework.pages.tasks import KINDS
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.planning.pages import TablesPage
from alongside.workflows.read_tasks import Tasks

HEAD = ("What", "By", "Person", "Kind", "Whose")
FILE_HEAD = ("reference", "what", "kind", "by", "overdue", "whose", "for a supervisor")
NOTHING = EmptyState(
    heading="Nothing to do here",
    text="Tasks come from assessments that ask for them, and from whoever writes one"
    " down in a case.",
)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Whose tasks are listed, and whether only those past their day."""

    everybodys: bool
    overdue: bool

    def address(self, **more: object) -> str:
        """The address of the list."""
        query: dict[str, object] = {
            "of": "all" if self.everybodys else "mine",
            "due": "overdue" if self.overdue else "",
        }
        return f"{reverse('planning:tasks')}?{urlencode(query | more)}"


def tasks_page(
    found: Tasks, chosen: Chosen, *, actor: Actor, on: date, start: int, size: int
) -> TablesPage:
    """Open tasks, soonest due first."""
    last = start + len(found.lines)
    table = DataTable(
        caption="Everybody's tasks" if chosen.everybodys else "Your tasks",
        columns=tuple(Column(heading=one) for one in HEAD),
        rows=tuple(_row(one, found, on) for one in found.lines),
    )
    pager = Pager(
        shown=f"Tasks {start + 1:,} to {last:,}",
        previous=chosen.address(start=max(start - size, 0)) if start else "",
        next=chosen.address(start=start + size) if found.has_more else "",
    )
    return TablesPage(
        title="Tasks",
        heading="Tasks",
        filters=_filters(chosen, actor),
        tables=(table,) if found.lines else (),
        empty=None if found.lines else NOTHING,
        pager=pager if start or found.has_more else None,
        export=Link(text="Save as a file (CSV)", href=chosen.address(format="csv"))
        if found.lines
        else None,
    )


def _filters(chosen: Chosen, actor: Actor) -> FilterRow:
    due = FilterField(
        name="due",
        label="Due",
        options=(("", "Any day"), ("overdue", "Overdue")),
        chosen="overdue" if chosen.overdue else "",
    )
    whose = FilterField(
        name="of",
        label="Whose",
        options=(("mine", "Mine"), ("all", "Everybody's")),
        chosen="all" if chosen.everybodys else "mine",
    )
    supervises = actor.has(Permission.CASE_SUPERVISE)
    return FilterRow(fields=(whose, due) if supervises else (due,))


def _row(one: OpenTask, found: Tasks, on: date) -> tuple[str | Link, ...]:
    case_id = one.case.public_id
    name = found.names.get(one.case.person_id, "") or "No name you may see"
    return (
        Link(
            text=one.words,
            href=reverse("casework:task", args=[case_id, one.task_id]),
            about=f"for {name}",
        ),
        f"{say.short_day(one.due_on, on)}, {say.how_far(one.due_on, on)}",
        Link(text=name, href=reverse("casework:case", args=[case_id])),
        KINDS[one.kind],
        _whose(one),
    )


def _whose(one: OpenTask) -> str:
    whose = one.worker or "Nobody yet"
    return "A supervisor" if one.needs_supervisor else whose


def file_rows(found: Tasks, on: date) -> Iterator[tuple[object, ...]]:
    """The same as rows of a file, by reference: names stay here."""
    for one in found.lines:
        yield (
            *(say.reference(one.case.public_id), one.words, KINDS[one.kind]),
            *(one.due_on, "yes" if one.due_on < on else "no", _whose(one)),
            "yes" if one.needs_supervisor else "no",
        )
