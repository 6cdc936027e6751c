"""Cases in which nothing was heard for too long."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.care.journey.types.silence import SilenceRule, SilentCase
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.casework import say
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import Column, DataTable, Pager
from alongside.web.exports import csv_file
from alongside.web.owed import chosen as choose
from alongside.web.owed.pages import HOLDERS
from alongside.web.planning.pages import TablesPage
from alongside.web.requests import AppRequest
from alongside.web.words import say_count
from alongside.workflows.read_silence import (
    SilencePage,
    count_silence,
    export_silence,
    read_silence,
)

TABLES = "planning/tables.html"
PAGE_SIZE, FILE_ROWS = 50, 10_000
FILE_HEAD = ("reference", "silent_since", "tier", "worker", "team")
TOLD = (
    "Cases that are open to you in which nothing was heard for too long. One case may"
    " be silent in several ways."
)
NOTHING = EmptyState(
    heading="None", text="Something was heard in every case that is open to you."
)


@requires(Permission.WORK_VIEW)
@require_safe
def silent(request: AppRequest) -> HttpResponse:
    """How many cases are silent, by why."""
    page = counts_page(count_silence(now=request.now))
    return render(request, TABLES, {"page": page})


@requires(Permission.WORK_VIEW)
@require_safe
def silent_list(request: AppRequest, rule: str) -> HttpResponse:
    """The cases that one rule finds, as a page or as a file."""
    if request.GET.get("format") == "csv":
        cases = export_silence(
            actor=request.actor, now=request.now, code=rule, limit=FILE_ROWS
        )
        return csv_file(f"silent-{rule}", FILE_HEAD, _file_rows(cases))
    start = choose.number(request.GET.get("start", ""))
    found = read_silence(now=request.now, code=rule, start=start, size=PAGE_SIZE)
    return render(request, TABLES, {"page": list_page(found, start)})


def counts_page(counts: Sequence[tuple[SilenceRule, int]]) -> TablesPage:
    """Every rule of silence with the number of cases it finds."""
    total = sum(number for _, number in counts)
    return TablesPage(
        title="Silent cases",
        heading="Silent cases",
        back=reverse("owed:owed"),
        back_text="Who owes what",
        notes=(TOLD,),
        tables=(
            DataTable(
                caption="By what is missing"
                if total
                else "Nothing is missing in any case",
                columns=(
                    *(Column(heading="What is missing"), Column(heading="Ask")),
                    *(Column(heading="After"), Column(heading="Cases", numeric=True)),
                ),
                rows=tuple(
                    (rule.label, HOLDERS[rule.ask_of], _after(rule), _number(rule, n))
                    for rule, n in counts
                ),
            ),
        ),
    )


def _after(rule: SilenceRule) -> str:
    if rule.standard == rule.enhanced:
        return say_count(rule.standard, "day")
    enhanced = say_count(rule.enhanced, "day") if rule.enhanced else "the same day"
    return f"{say_count(rule.standard, 'day')}; enhanced support: {enhanced}"


def _number(rule: SilenceRule, number: int) -> str | Link:
    if not number:
        return "0"
    href = reverse("owed:silent_list", args=[rule.code])
    return Link(text=f"{number:,}", href=href, about=rule.label.lower())


def list_page(found: SilencePage, start: int) -> TablesPage:
    """The cases that one rule finds."""
    here = reverse("owed:silent_list", args=[found.rule.code])
    table = DataTable(
        caption="The longest silent first",
        columns=tuple(
            Column(heading=one)
            for one in ("Person", "Reference", "Since", "Support", "Worker", "Team")
        ),
        rows=tuple(_row(one, found) for one in found.cases),
    )
    last = start + len(found.cases)
    return TablesPage(
        title=found.rule.label,
        heading=found.rule.label,
        back=reverse("owed:silent"),
        back_text="Silent cases",
        notes=(f"{found.rule.asks}.",),
        tables=(table,) if found.cases else (),
        empty=None if found.cases else NOTHING,
        pager=Pager(
            shown=f"Cases {start + 1} to {last}",
            previous=f"{here}?start={max(start - PAGE_SIZE, 0)}" if start else "",
            next=f"{here}?start={last}" if found.has_more else "",
        )
        if start or found.has_more
        else None,
        export=Link(text="Save as a file (CSV)", href=f"{here}?format=csv")
        if found.cases
        else None,
    )


def _row(one: SilentCase, found: SilencePage) -> tuple[str | Link, ...]:
    days = say_count((found.on - one.since).days, "day")
    return (
        Link(
            text=found.names.get(one.person_id) or "No name you may see",
            href=reverse("casework:case", args=[one.case_id]),
        ),
        say.reference(one.case_id),
        f"{say.short_day(one.since, found.on)}, {days}",
        one.tier.capitalize(),
        one.worker_name or "Nobody yet",
        one.team_name,
    )


def _file_rows(cases: Sequence[SilentCase]) -> Iterator[tuple[object, ...]]:
    for one in cases:
        yield (
            *(say.reference(one.case_id), one.since, one.tier),
            *(one.worker_name, one.team_name),
        )
