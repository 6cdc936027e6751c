"""What the agency shares with whom on what basis: the list for governance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework.say import reference
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.web.sharing import say
from alongside.web.words import say_count, say_moment
from alongside.workflows.review_shares import Given, read_given

PAGE_ROWS, FILE_ROWS = 50, 100_000
OPEN, ALL = "open", "all"
HEAD = ("Case", "With whom", "What for", "What they see", "It rests on", "Agreement")
TAIL = ("Until", "Shared by", "Shared at", "How it stands")
EMPTY = EmptyState(
    heading="Nothing is shared",
    text="When a worker shares part of a case, it stands here with its basis.",
)


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    """The list of shares."""

    title: str
    count: str
    filter: FilterRow
    table: DataTable | None
    empty: EmptyState
    pager: Pager | None


@requires(Permission.SHARE_REVIEW)
@require_safe
def shares(request: AppRequest) -> HttpResponse:
    """Every share of the agency with its basis and agreement; also as a file."""
    chosen = ALL if request.GET.get("state") == ALL else OPEN
    as_file = request.GET.get("format") == "csv"
    number = 1 if as_file else _number(request.GET.get("page", ""))
    rows = FILE_ROWS if as_file else PAGE_ROWS
    found = read_given(
        actor=request.actor,
        now=request.now,
        open_only=chosen == OPEN,
        limit=rows,
        skip=(number - 1) * rows,
        as_file=as_file,
    )
    if as_file:
        return csv_file("what-we-share", HEAD + TAIL, _rows(found, request.now))
    page = _page(found, chosen, number, request.now)
    return render(request, "sharing/register.html", {"page": page})


def _page(found: Given, chosen: str, number: int, now: datetime) -> RegisterPage:
    title = "What we share"
    return RegisterPage(
        title=title,
        count=say_count(found.total, "share"),
        filter=FilterRow(
            fields=(
                FilterField(
                    name="state",
                    label="Which",
                    options=((OPEN, "Shared now"), (ALL, "All, also ended")),
                    chosen=chosen,
                ),
            ),
            export=Link(
                text="Save as CSV",
                href="?" + urlencode({"state": chosen, "format": "csv"}),
            ),
        ),
        table=DataTable(
            caption=say_count(found.total, "share") + ", newest first",
            columns=tuple(Column(heading=name) for name in HEAD + TAIL),
            rows=tuple(_rows(found, now)),
        )
        if found.lines
        else None,
        empty=EMPTY,
        pager=_pager(found, chosen, number),
    )


def _rows(found: Given, now: datetime) -> Iterator[tuple[str, ...]]:
    on = local_day(now)
    for case, share in found.lines:
        if share.is_open(now=now, on=on):
            stands = "Shared"
        elif share.ended_why:
            stands = say.ENDINGS[share.ended_why]
        else:
            stands = "Its last day passed"
        yield (
            reference(case),
            share.recipient_name,
            say.purpose(share.purpose),
            say.parts(share.fields),
            say.basis(share.basis),
            share.agreement_title,
            say.until(share.until, share.last_day),
            share.made_by,
            say_moment(share.made_at),
            stands,
        )


def _pager(found: Given, chosen: str, number: int) -> Pager | None:
    if found.total <= PAGE_ROWS and number == 1:
        return None
    first = (number - 1) * PAGE_ROWS + 1
    last = min(number * PAGE_ROWS, found.total)
    return Pager(
        shown=f"{first:,} to {last:,} of {found.total:,}",
        previous=_turn(chosen, number - 1) if number > 1 else "",
        next=_turn(chosen, number + 1) if last < found.total else "",
    )


def _turn(chosen: str, number: int) -> str:
    return "?" + urlencode({"state": chosen, "page": number})


def _number(text: str) -> int:
    return (
        max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    )
