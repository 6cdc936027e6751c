"""Promises across cases: who owes them, to whom, by when."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from alongside.care.casework.types import Tier
from alongside.care.journey.tables.rights import CODE_RIGHTS
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.owed import Lateness, OwedLine, OwedPlace
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.owed.chosen import query, say_place
from alongside.web.planning.pages import TablesPage
from alongside.web.words import say_count
from alongside.workflows.read_owed import Filters, OwedPage

LATENESS = {
    Lateness.OVERDUE: "Overdue",
    Lateness.WEEK: "Due in the next 7 days",
    Lateness.LATER: "Due later",
}
HOLDERS = {
    DutyHolder.POLICE: "Police",
    DutyHolder.CPS: "Crown Prosecution Service",
    DutyHolder.WCU: "Witness care unit",
    DutyHolder.HMCTS: "Courts",
    DutyHolder.PROBATION: "Probation",
    DutyHolder.SERVICE: "This service",
    DutyHolder.ANY_PROVIDER: "Whoever supports them",
}
TIERS = {Tier.ENHANCED: "Enhanced", Tier.STANDARD: "Standard"}
HEAD = ("Person", "Reference", "What is owed", "By", "Owed by", "Support", "Worker")
FILE_HEAD = (
    *("reference", "crime", "what", "right", "owed_by", "due_on", "tier"),
    *("worker", "team"),
)
NOTHING = EmptyState(
    heading="Nobody owes anything like this now",
    text="A promise stands here from the day it starts until it is kept, or until"
    " somebody says why it is not owed.",
)


def owed(found: OwedPage, chosen: Filters, *, place: OwedPlace | None) -> TablesPage:
    """Promises that still run, and how many each body owes."""
    table = DataTable(
        caption=_caption(chosen),
        columns=tuple(Column(heading=one) for one in HEAD),
        rows=tuple(_row(line, found) for line in found.lines),
    )
    return TablesPage(
        title="Who owes what",
        heading="Who owes what",
        notes=(sentence(found),),
        acts=(
            Act(text="Silent cases", href=reverse("owed:silent")),
            Act(text="Who was told", href=reverse("owed:escalated")),
            Act(text="Not owed, and why", href=reverse("reach:not_owed")),
        ),
        tables=(
            *((_counts(found),) if found.counts else ()),
            *((table,) if found.lines else ()),
        ),
        filters=_filters(found, chosen),
        empty=None if found.lines else NOTHING,
        pager=_pager(found, chosen, place),
    )


def sentence(found: OwedPage) -> str:
    """All promises that run, in one sentence."""
    total = sum(found.counts.values())
    late = sum(
        number
        for (_, lateness), number in found.counts.items()
        if lateness is Lateness.OVERDUE
    )
    if not total:
        return "Nobody owes anything now in a case that is open to you."
    return (
        f"{say_count(total, 'promise')} to people whose cases are open to you still"
        f" {'runs' if total == 1 else 'run'}; {late:,}"
        f" {'is past its' if late == 1 else 'are past their'} day."
    )


def _counts(found: OwedPage) -> DataTable:
    return DataTable(
        caption="Promises by who owes them",
        columns=(
            Column(heading="Owed by"),
            *(Column(heading=words, numeric=True) for words in LATENESS.values()),
        ),
        rows=tuple(
            (
                Link(text=words, href=query(Filters(holder=holder))),
                *(_number(found, holder, lateness) for lateness in LATENESS),
            )
            for holder, words in HOLDERS.items()
            if any((holder, lateness) in found.counts for lateness in LATENESS)
        ),
    )


def _number(found: OwedPage, holder: DutyHolder, lateness: Lateness) -> str | Link:
    number = found.counts.get((holder, lateness), 0)
    if not number:
        return "0"
    return Link(
        text=f"{number:,}",
        href=query(Filters(holder=holder, lateness=lateness)),
        about=f"{LATENESS[lateness].lower()}, {HOLDERS[holder]}",
    )


def _caption(chosen: Filters) -> str:
    who = f", {HOLDERS[chosen.holder]}" if chosen.holder in HOLDERS else ""
    when = LATENESS[chosen.lateness] if chosen.lateness else "Every promise that runs"
    return f"{when}{who}, soonest due first"


def _row(line: OwedLine, found: OwedPage) -> tuple[str | Link, ...]:
    return (
        Link(
            text=found.names.get(line.person_id) or "No name you may see",
            href=reverse("casework:case", args=[line.case_id]),
        ),
        say.reference(line.case_id),
        line.label,
        by_when(line.due_on, found.on),
        HOLDERS.get(line.holder, line.holder),
        TIERS[Tier.ENHANCED if line.enhanced else Tier.STANDARD],
        line.worker_name or "Nobody yet",
    )


def by_when(due: date, on: date) -> str:
    """A day, and how far off it is."""
    return f"{say.short_day(due, on)}, {say.how_far(due, on)}"


def file_rows(lines: Iterable[OwedLine]) -> Iterator[tuple[object, ...]]:
    """The promises as rows of a file, by reference: names stay here."""
    for line in lines:
        yield (
            *(say.reference(line.case_id), line.crime_ref, line.label, line.right),
            *(line.holder, line.due_on, "enhanced" if line.enhanced else "standard"),
            *(line.worker_name, line.team_name),
        )


def _filters(found: OwedPage, chosen: Filters) -> FilterRow:
    teams = tuple((str(team.public_id), team.name) for team in found.teams)
    return FilterRow(
        fields=(
            choice("due", "Due", LATENESS, chosen.lateness or ""),
            choice("holder", "Owed by", HOLDERS, chosen.holder or ""),
            FilterField(
                name="right",
                label="Right",
                options=(
                    ("", "Any"),
                    *((str(n), right_words(n)) for n in sorted(CODE_RIGHTS)),
                ),
                chosen="" if chosen.right is None else str(chosen.right),
            ),
            FilterField(
                name="team",
                label="Team",
                options=(("", "Every team"), *teams),
                chosen=str(chosen.team or ""),
            ),
            choice("tier", "Support", TIERS, chosen.tier),
        ),
        clear=Link(text="Show everything", href="?") if chosen != Filters() else None,
        export=Link(text="Save as CSV", href=query(chosen, format="csv"))
        if found.lines
        else None,
    )


def choice(name: str, label: str, words: Mapping[Any, str], chosen: str) -> FilterField:
    """A list to choose one of these words from, or none."""
    return FilterField(
        name=name,
        label=label,
        options=(("", "Any"), *((str(code), text) for code, text in words.items())),
        chosen=str(chosen),
    )


def right_words(number: int) -> str:
    """A right as lists name it: its number, and what it is about."""
    label = CODE_RIGHTS[number].label
    return f"{number}. {label}" if number else label


def _pager(found: OwedPage, chosen: Filters, place: OwedPlace | None) -> Pager | None:
    if place is None and found.next_place is None:
        return None
    following = found.next_place
    return Pager(
        shown=f"{say_count(len(found.lines), 'promise')} on this page",
        previous=query(chosen) if place else "",
        next=query(chosen, **{"from": say_place(following)}) if following else "",
    )
