"""Promises: what is owed, by whom, by when, and how each stands."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse

from alongside.care.journey.queries import ClockLine
from alongside.care.journey.tables.escalation import RUNG_LABELS
from alongside.care.journey.types import ClockState, DutyHolder, Suppression
from alongside.care.journey.types.escalation import EscalationLine
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.casework.pages import owed
from alongside.web.components import casefile
from alongside.web.components.base import Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.words import capital, say_count
from alongside.workflows.read_case import CaseView, Promises
from alongside.workflows.settle_clock import clock_name

SHOWN = 4
SOON = timedelta(days=2)
COLUMNS = (
    Column(heading="Promise"),
    Column(heading="Crime"),
    Column(heading="Owed by"),
    Column(heading="Due"),
    Column(heading="How it stands"),
    Column(heading="How we know, why not, or who was told"),
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
    wishes: str  # where it is written down what they ask to hear
    standing: str  # where it is what is owed with no day set
    reach: str  # where it is written down why they cannot be told


def open_clocks(view: CaseView, on: date, *, may_settle: bool) -> casefile.ClockList:
    """The promises that still run: what is owed next, then ours, then by day, alike
    ones together."""
    groups = _groups(view.clocks)
    someone_owes = owed.find_next(view.clocks) is not None
    everything = reverse("casework:promises", args=[view.case.public_id])
    total = len(view.clocks)
    drawn = tuple(
        casefile.Clock(
            what=group[0].label,
            detail=_detail(group, on),
            state=_state(group[0], on),
            href=_settle(view.case.public_id, group[0]) if may_settle else "",
        )
        for group in groups[:SHOWN]
    )
    return casefile.ClockList(
        first=drawn[0] if someone_owes else None,
        clocks=drawn[1:] if someone_owes else drawn,
        heading="Open promises",
        next=owed.why_nothing(view.clocks),
        freed=_freed(view.clocks),
        more=Link(text=_every(total), href=everything) if total else None,
    )


def _groups(clocks: Sequence[ClockLine]) -> list[Sequence[ClockLine]]:
    """Promises that run, alike ones together: what is owed next, then ours, by day."""
    running: dict[tuple[str, DutyHolder], list[ClockLine]] = defaultdict(list)
    for clock in clocks:
        if not clock.settled:
            running[clock.rule, clock.holder].append(clock)
    soonest = owed.find_next(clocks)
    return sorted(
        running.values(),
        key=lambda group: (
            soonest not in group,
            group[0].holder is not DutyHolder.SERVICE,
            group[0].due_on,
        ),
    )


def _every(total: int) -> str:
    return f"All {total} promises" if total > 1 else "More about this promise"


def promises(view: Promises, *, actor: Actor, now: datetime) -> PromisesPage:
    """Every promise of a case: those still open first, soonest due first."""
    on = local_day(now)
    case_id = view.brief.case.public_id
    may_settle = actor.has(Permission.CASE_WORK)
    refs = {crime.victimisation_id: crime.called for crime in view.crimes}
    rows = tuple(
        (
            Link(text=clock.label, href=_settle(case_id, clock))
            if may_settle and not clock.settled
            else clock.label,
            refs.get(clock.victimisation_id or 0, ""),
            capital(say.OWED_BY[clock.holder]),
            say.short_day(clock.due_on, on),
            STATES[_state(clock, on)],
            _why_freed(clock, view, on, may_read=may_settle)
            if clock.is_freed
            else _how_we_know(clock, view, on),
        )
        for clock in sorted(view.clocks, key=lambda clock: clock.settled)
    )
    return PromisesPage(
        title="Promises",
        heading="Promises",
        caption=say.whose(view.brief),
        back=reverse("casework:case", args=[case_id]),
        wishes=reverse("wishes:wishes", args=[case_id]) if may_settle else "",
        standing=reverse("code_rights:standing", args=[case_id]),
        reach=reverse("reach:reach", args=[case_id]) if may_settle else "",
        table=DataTable(
            caption="Those still open first, soonest due first",
            columns=COLUMNS,
            rows=rows,
        )
        if rows
        else None,
    )


def _how_we_know(clock: ClockLine, view: Promises, on: date) -> str:
    if clock.met_on is not None:
        return f"{say.long_day(clock.met_on)}: {clock.evidence}"
    told = (say_told(line, on) for line in view.told.get(clock.clock_id, ()))
    return clock.not_owed or ". ".join(told)


def _why_freed(
    clock: ClockLine, view: Promises, on: date, *, may_read: bool
) -> str | Link:
    """Why a fact frees from a promise and since when, leading to what it rests on."""
    since = view.freed_since.get(clock.clock_id)
    day = f", since {say.short_day(local_day(since), on)}" if since else ""
    words = f"{clock.not_owed}{day}"
    if not may_read:
        return words
    page = "wishes:wishes" if clock.reason == Suppression.OPTED_OUT else "reach:reach"
    href = reverse(page, args=[view.brief.case.public_id])
    return Link(text=words, href=href, about=clock.label)


def _freed(clocks: Sequence[ClockLine]) -> str:
    """What is not owed at the moment because of what is known of the person."""
    freed = Counter(clock.not_owed for clock in clocks if clock.is_freed)
    return " ".join(
        f"{say_count(number, 'promise')} not owed: {why[:1].lower()}{why[1:]}."
        for why, number in freed.items()
    )


def say_told(line: EscalationLine, on: date) -> str:
    """Who was told that a promise passed its day, when, and what came of it."""
    who = RUNG_LABELS.get(line.rung, line.rung)
    name = f", {line.told_name}" if line.told_name else ""
    day = say.short_day(local_day(line.at), on)
    came = f": {line.answer.rstrip('.')}" if line.answer else ""
    return f"{who}{name}: told on {day}{came}"


def _settle(case_id: UUID, clock: ClockLine) -> str:
    name = clock_name(case_id=case_id, clock_id=clock.clock_id)
    return reverse("casework:promise", args=[case_id, name])


def _detail(group: Sequence[ClockLine], on: date) -> str:
    clock = group[0]
    more = f", and {len(group) - 1:,} more like it" if len(group) > 1 else ""
    day = say.short_day(clock.due_on, on)
    if clock.holder is DutyHolder.VICTIM:
        return f"Until {day}{more}"
    late = f": {say.how_far(clock.due_on, on)}" if clock.due_on < on else ""
    return f"By {day}, by {say.OWED_BY[clock.holder]}{late}{more}"


def _state(clock: ClockLine, on: date) -> casefile.ClockState:
    if clock.state is ClockState.DUE:
        soon = clock.due_on <= on + SOON
        return casefile.ClockState.SOON if soon else casefile.ClockState.DUE
    if clock.state is ClockState.MISSED and not clock.settled:
        return casefile.ClockState.OVERDUE
    return casefile.ClockState(clock.state.value)
