"""Promises: what is owed, by whom, by when, and how each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from alongside.care.journey.queries import ClockLine
from alongside.care.journey.types import ClockState, DutyHolder
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.components import casefile
from alongside.web.components.base import Link
from alongside.web.components.lists import Column, DataTable
from alongside.workflows.read_case import CaseBrief, CaseView
from alongside.workflows.settle_clock import clock_name

SHOWN = 4
SOON = timedelta(days=2)
COLUMNS = (
    Column(heading="Promise"),
    Column(heading="Owed by"),
    Column(heading="Due"),
    Column(heading="How it stands"),
    Column(heading="How we know, or why not"),
)
STATES = {
    casefile.ClockState.OVERDUE: "Overdue",
    casefile.ClockState.SOON: "Due soon",
    casefile.ClockState.DUE: "Due",
    casefile.ClockState.MET: "Met",
    casefile.ClockState.MISSED: "Missed",
    casefile.ClockState.NOT_OWED: "Not owed",
}


@dataclass(frozen=True, kw_only=True)
class PromisesPage:
    """Every promise of a case."""

    title: str
    heading: str
    caption: str
    back: str
    table: DataTable | None


def open_clocks(view: CaseView, on: date, *, may_settle: bool) -> casefile.ClockList:
    """The promises that still run, the most pressing first."""
    running = [clock for clock in view.clocks if not clock.settled]
    everything = reverse("casework:promises", args=[view.case.public_id])
    total = len(view.clocks)
    return casefile.ClockList(
        clocks=tuple(
            casefile.Clock(
                what=clock.label,
                detail=_detail(clock, on),
                state=_state(clock, on),
                href=_settle(view, clock) if may_settle else "",
            )
            for clock in running[:SHOWN]
        ),
        heading="Open promises",
        more=Link(text=f"All {total} promises", href=everything) if total else None,
    )


def promises(
    clocks: Iterable[ClockLine], brief: CaseBrief, *, actor: Actor, now: datetime
) -> PromisesPage:
    """Every promise of a case, settled or not, soonest due first."""
    on = local_day(now)
    may_settle = actor.has(Permission.CASE_WORK)
    rows = tuple(
        (
            Link(text=clock.label, href=_address(brief, clock))
            if may_settle and not clock.settled
            else clock.label,
            say.OWED_BY[clock.holder].capitalize(),
            say.short_day(clock.due_on, on),
            STATES[_state(clock, on)],
            _how_we_know(clock),
        )
        for clock in clocks
    )
    return PromisesPage(
        title="Promises",
        heading="Promises",
        caption=f"{brief.label.name}, {say.reference(brief.case.public_id)}",
        back=reverse("casework:case", args=[brief.case.public_id]),
        table=DataTable(
            caption="Every promise, soonest due first", columns=COLUMNS, rows=rows
        )
        if rows
        else None,
    )


def _how_we_know(clock: ClockLine) -> str:
    if clock.met_on is not None:
        return f"{say.long_day(clock.met_on)}: {clock.evidence}"
    return clock.not_owed


def _settle(view: CaseView, clock: ClockLine) -> str:
    case_id = view.case.public_id
    name = clock_name(case_id=case_id, clock_id=clock.clock_id)
    return reverse("casework:promise", args=[case_id, name])


def _address(brief: CaseBrief, clock: ClockLine) -> str:
    case_id = brief.case.public_id
    name = clock_name(case_id=case_id, clock_id=clock.clock_id)
    return reverse("casework:promise", args=[case_id, name])


def _detail(clock: ClockLine, on: date) -> str:
    day = say.short_day(clock.due_on, on)
    if clock.holder is DutyHolder.VICTIM:
        return f"Until {day}"
    late = f": {say.how_far(clock.due_on, on)}" if clock.due_on < on else ""
    return f"By {day}, by {say.OWED_BY[clock.holder]}{late}"


def _state(clock: ClockLine, on: date) -> casefile.ClockState:
    if clock.state is ClockState.DUE:
        soon = clock.due_on <= on + SOON
        return casefile.ClockState.SOON if soon else casefile.ClockState.DUE
    if clock.state is ClockState.MISSED and not clock.settled:
        return casefile.ClockState.OVERDUE
    return casefile.ClockState(clock.state.value)
