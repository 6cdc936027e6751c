"""Rights across cases."""

from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.care.code_rights.queries import RecordLine, RegisterFilter
from alongside.care.code_rights.queries.due import DueNext
from alongside.care.code_rights.tables import kinds_on
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework import say as words_of_cases
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.exports import csv_file
from alongside.web.planning.pages import TablesPage
from alongside.web.requests import AppRequest
from alongside.web.words import say_day
from alongside.workflows import code_rights
from alongside.workflows.code_rights import Register

SIZE, MOST = 50, 5000
HEAD = (
    *("Person", "Right", "How it stands", "Since", "Due next", "Case", "Worker"),
    "Team",
)
NOTE = "What people have used of their rights, and what comes next."
FILE_HEAD = (
    *("Case", "Right of the Code", "Right", "How it stands", "Since", "Due next"),
    *("Due on", "Worker", "Team"),
)
CHOICES = ("kind", "step", "stands", "team")
STANDS = {"open": "Open", "over": "Over"}


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest) -> HttpResponse:
    """Rights across the cases that the reader may see, by kind, state and team."""
    start = _start(request)
    found = code_rights.read_register(
        actor=request.actor,
        now=request.now,
        chosen=_chosen(request),
        start=start,
        size=SIZE,
    )
    return render(
        request, "planning/tables.html", {"page": _page(request, found, start)}
    )


@requires(Permission.CASE_VIEW)
@require_safe
def export(request: AppRequest) -> HttpResponse:
    """The same rows as a file, without names."""
    found = code_rights.read_register(
        actor=request.actor,
        now=request.now,
        chosen=_chosen(request),
        start=0,
        size=MOST,
    )
    return csv_file("rights", FILE_HEAD, _rows(found))


def _rows(found: Register) -> Iterator[tuple[object, ...]]:
    for line in found.lines:
        due = found.due.get(line.key)
        yield (
            words_of_cases.reference(line.case_id),
            line.kind.right,
            line.kind.title,
            _stands(line),
            line.state_on.isoformat(),
            due.label if due else "",
            due.due_on.isoformat() if due else "",
            line.worker,
            line.team,
        )


def _stands(line: RecordLine) -> str:
    return line.state.label if line.state else "Taken back"


def _chosen(request: AppRequest) -> RegisterFilter:
    stands = request.GET.get("stands", "")
    return RegisterFilter(
        kind=request.GET.get("kind", ""),
        state=_step(request),
        is_open=stands == "open" if stands in STANDS else None,
        team=_uuid(request.GET.get("team", "")),
    )


def _step(request: AppRequest) -> str:
    """The step that was chosen, where the kind beside it has it."""
    step = request.GET.get("step", "")
    return step if step in _steps(request) else ""


def _steps(request: AppRequest) -> dict[str, str]:
    """The steps of the kind that was chosen, in their order."""
    kind = kinds_on(local_day(request.now)).get(request.GET.get("kind", ""))
    return {code: step.label for code, step in kind.steps.items()} if kind else {}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _start(request: AppRequest) -> int:
    text = request.GET.get("start", "0")
    return min(int(text), MOST) if text.isascii() and text.isdigit() else 0


def _address(request: AppRequest, route: str = "register", **more: object) -> str:
    kept = {name: request.GET[name] for name in CHOICES if request.GET.get(name)}
    query = urlencode({**kept, **more})
    to = reverse(f"code_rights:{route}")
    return f"{to}?{query}" if query else to


def _page(request: AppRequest, found: Register, start: int) -> TablesPage:
    table = DataTable(
        caption=f"Rights {start + 1:,} to {start + len(found.lines):,}, newest first",
        columns=tuple(Column(heading=one) for one in HEAD),
        rows=tuple(_row(line, found) for line in found.lines),
    )
    pager = Pager(
        shown=table.caption,
        previous=_address(request, start=max(start - SIZE, 0)) if start else "",
        next=_address(request, start=start + SIZE) if found.has_more else "",
    )
    return TablesPage(
        title="Rights",
        heading="Rights across cases",
        notes=(NOTE,),
        filters=_filters(request, found),
        tables=(table,) if found.lines else (),
        empty=None
        if found.lines
        else EmptyState(
            heading="No right that fits",
            text="Rights are written down in a case, and stand here from then on.",
        ),
        pager=pager if start or found.has_more else None,
        export=Link(
            text="Save as a file (CSV), without names",
            href=_address(request, "export"),
        )
        if found.lines
        else None,
    )


def _filters(request: AppRequest, found: Register) -> FilterRow:
    kinds = kinds_on(local_day(request.now)).values()
    chosen = {name: request.GET.get(name, "") for name in CHOICES}
    steps = _steps(request)
    everything = Link(text="Show all", href=reverse("code_rights:register"))
    return FilterRow(
        fields=(
            FilterField(
                name="kind",
                label="Right",
                options=(("", "All"), *((one.code, one.title) for one in kinds)),
                chosen=chosen["kind"],
            ),
            *(
                (
                    FilterField(
                        name="step",
                        label="Newest step",
                        options=(("", "All"), *steps.items()),
                        chosen=_step(request),
                    ),
                )
                if steps
                else ()
            ),
            FilterField(
                name="stands",
                label="How it stands",
                options=(("", "All"), *STANDS.items()),
                chosen=chosen["stands"],
            ),
            FilterField(
                name="team",
                label="Team",
                options=(
                    ("", "All"),
                    *((str(one.public_id), one.name) for one in found.teams),
                ),
                chosen=chosen["team"],
            ),
        ),
        clear=everything if any(chosen.values()) else None,
    )


def _due(due: DueNext | None) -> str:
    return f"{due.label}, by {say_day(due.due_on)}" if due else ""


def _row(line: RecordLine, found: Register) -> tuple[str | Link, ...]:
    name = found.names.get(line.person_key, "")
    href = reverse("code_rights:record", args=[line.case_id, line.record_id])
    return (
        Link(text=name or "Name not known", href=href, about=line.kind.title),
        line.kind.title,
        _stands(line),
        say_day(line.state_on),
        _due(found.due.get(line.key)),
        words_of_cases.reference(line.case_id),
        line.worker or "In the queue",
        line.team,
    )
