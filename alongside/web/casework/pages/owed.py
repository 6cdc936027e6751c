"""Who owes the person what next, in one line."""

from collections.abc import Sequence
from datetime import date

from alongside.care.journey.queries import ClockLine
from alongside.care.journey.types import ClockState, DutyHolder
from alongside.care.journey.types.owed import NextOwed
from alongside.web.casework import say

NEVER = "Nobody owes them anything now: nothing that happened has started a promise."
SETTLED = "Nobody owes them anything now: every promise was kept or is not owed."


def next_line(clocks: Sequence[ClockLine], on: date) -> str:
    """The soonest promise that runs, or that there is none and why."""
    owed = [clock for clock in clocks if clock.holder is not DutyHolder.VICTIM]
    running = [clock for clock in owed if not clock.settled]
    if running:
        first = min(running, key=lambda clock: (clock.due_on, clock.clock_id))
        return _say(first.label, first.due_on, on)
    if not owed:
        return NEVER
    missed = sum(clock.state is ClockState.MISSED for clock in owed)
    return f"{SETTLED} Kept late: {missed}." if missed else SETTLED


def in_list(found: NextOwed | None, on: date) -> str:
    """The same beside a case in a list of work; nothing where nothing is owed."""
    return _say(found.label, found.due_on, on) if found else ""


def _say(label: str, due: date, on: date) -> str:
    return f"Owed next: {label}, by {say.short_day(due, on)}, {say.how_far(due, on)}"
