"""What the page about the standing of cases shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from alongside.care.casework.queries import Standing, StrayCase
from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.casework.types import CaseStatus
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.components.base import EmptyState, Link, Stat, StatRow
from alongside.web.components.lists import Column, DataTable, Pager
from alongside.web.words import say_count, say_day, say_days_since
from alongside.workflows.read_status import StatusView

STATUSES: Mapping[CaseStatus, str] = {
    CaseStatus.OPEN: "Open",
    CaseStatus.SUSPENDED: "Suspended",
    CaseStatus.CLOSED: "Closed",
}
ALL_WELL = EmptyState(
    heading="Every open case has an owner, a next action and a recent event",
    text="Nothing is missing from any of them today.",
)
NO_CASES = EmptyState(
    heading="There are no cases yet",
    text="A case is opened for each person when a referral about them is accepted.",
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which page of the list, and how long a page is."""

    number: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class StatusPage:
    """Counts that add up to every case, and the cases astray."""

    title: str
    count: str
    warning: str
    unread: Link | None
    stats: StatRow
    standing: DataTable | None
    form: forms.Form
    strays: DataTable | None
    empty: EmptyState
    export: str
    pager: Pager | None


def status(
    found: StatusView, *, form: forms.Form, actor: Actor, now: datetime, place: Place
) -> StatusPage:
    """How every case stands, and each that something is missing from."""
    title = "Case status"
    asked = {"days": str(found.days)}
    return StatusPage(
        title=f"Error: {title}" if form.errors else title,
        count=_count(found),
        warning=found.warning,
        unread=Link(
            text=f"{say_count(found.unread, 'text')} to read over",
            href=f"{reverse('wording:list')}?state=waiting",
        )
        if found.unread
        else None,
        stats=_stats(found),
        standing=_standing(found) if found.standing else None,
        form=form,
        strays=_strays(found, actor, now) if found.strays else None,
        empty=ALL_WELL if found.total else NO_CASES,
        export="?" + urlencode({**asked, "format": "csv"}),
        pager=_pager(found, asked, place),
    )


def _count(found: StatusView) -> str:
    seen = say_count(found.total, "case")
    if not found.hidden:
        return seen
    return f"{seen}, and {found.hidden:,} behind walls that you are not cleared for"


def _stats(found: StatusView) -> StatRow:
    by_status = dict.fromkeys(CaseStatus, 0)
    for one in found.standing:
        by_status[one.status] += one.cases
    unowned = sum(one.unowned for one in found.standing)
    return StatRow(
        label="Cases by status",
        stats=(
            *(
                Stat(number=f"{number:,}", words=STATUSES[state].lower())
                for state, number in by_status.items()
            ),
            Stat(number=f"{unowned:,}", words="waiting in a team's queue"),
            Stat(
                number=f"{found.stray_total:,}",
                words="with something missing",
                href="#astray",
                attention=found.stray_total > 0,
            ),
        ),
    )


def _standing(found: StatusView) -> DataTable:
    order = list(STATUSES)
    lines = sorted(found.standing, key=lambda one: order.index(one.status))
    rows = [_standing_row(one) for one in lines]
    unowned = sum(one.unowned for one in found.standing)
    rows.append(("All cases", "", "", f"{unowned:,}", f"{found.total:,}"))
    return DataTable(
        caption="Every case, counted once",
        columns=(
            Column(heading="Status"),
            Column(heading="Support"),
            Column(heading="How it ended"),
            Column(heading="In a queue", numeric=True),
            Column(heading="Cases", numeric=True),
        ),
        rows=tuple(rows),
    )


def _standing_row(one: Standing) -> tuple[str | Link, ...]:
    ended = DISPOSITIONS[one.disposition].label if one.disposition else ""
    return (
        STATUSES[one.status],
        one.tier.capitalize(),
        ended,
        f"{one.unowned:,}",
        f"{one.cases:,}",
    )


def _strays(found: StatusView, actor: Actor, now: datetime) -> DataTable:
    opens = actor.has(Permission.CASE_VIEW)
    return DataTable(
        caption=say_count(found.stray_total, "case") + ", longest untouched first",
        columns=(
            Column(heading="Person" if opens else "Case"),
            Column(heading="What is missing"),
            Column(heading="Last event"),
            Column(heading="Team"),
            Column(heading="Worker"),
        ),
        rows=tuple(
            (
                _who(stray, found.names) if opens else str(stray.public_id),
                stray.words,
                _last_event(stray, now),
                stray.team_name,
                stray.worker_name or "Nobody yet",
            )
            for stray in found.strays
        ),
    )


def _who(stray: StrayCase, names: Mapping[int, str]) -> Link:
    return Link(
        text=names.get(stray.person_id, "Name not known"),
        href=reverse("casework:case", args=[stray.public_id]),
    )


def _last_event(stray: StrayCase, now: datetime) -> str:
    ago = say_days_since(stray.touched_at, now)
    day = say_day(local_day(stray.touched_at))
    return day if ago == "today" else f"{day}, {ago} ago"


def _pager(found: StatusView, asked: dict[str, str], place: Place) -> Pager | None:
    if found.stray_total <= place.rows:
        return None
    first = (place.number - 1) * place.rows + 1
    last = first + len(found.strays) - 1
    later = last < found.stray_total
    return Pager(
        shown=f"{first:,} to {last:,} of {found.stray_total:,}",
        previous=_at(asked, place.number - 1) if place.number > 1 else "",
        next=_at(asked, place.number + 1) if later else "",
    )


def _at(asked: dict[str, str], number: int) -> str:
    return "?" + urlencode({**asked, "page": number}) + "#astray"


FILE_HEAD = (
    *("case", "status", "team", "worker", "last_event", "next_action_on"),
    *("no_next_action", "no_owner", "quiet", "missing"),
)


def file_rows(found: StatusView) -> list[tuple[str, ...]]:
    """The cases astray as lines of a file: no names."""
    return [
        (
            str(stray.public_id),
            stray.status.value,
            stray.team_name,
            stray.worker_name,
            stray.touched_at.isoformat(),
            stray.next_action_on.isoformat() if stray.next_action_on else "",
            _yes_no(stray.no_next_action),
            _yes_no(stray.no_owner),
            _yes_no(stray.quiet),
            stray.words,
        )
        for stray in found.strays
    ]


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"
