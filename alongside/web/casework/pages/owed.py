"""Who owes the person what next."""

from collections.abc import Sequence
from datetime import date

from alongside.care.journey.queries import ClockLine
from alongside.care.journey.types import ClockState, DutyHolder
from alongside.care.journey.types.owed import NextOwed
from alongside.web.casework import say

NEVER = "Nobody owes them anything now: nothing that happened has started a promise."
SETTLED = "Nobody owes them anything now: every promise was kept or is not owed."


def find_next(clocks: Sequence[ClockLine]) -> ClockLine | None:
    """The soonest promise to the person that still runs."""
    running = (clock for clock in _to_them(clocks) if not clock.settled)
    return min(running, key=lambda clock: (clock.due_on, clock.clock_id), default=None)


def why_nothing(clocks: Sequence[ClockLine]) -> str:
    """Why nobody owes them anything now; nothing where somebody does."""
    if find_next(clocks) is not None:
        return ""
    owed = _to_them(clocks)
    if not owed:
        return NEVER
    missed = sum(clock.state is ClockState.MISSED for clock in owed)
    return f"{SETTLED} Kept late: {missed}." if missed else SETTLED


def _to_them(clocks: Sequence[ClockLine]) -> list[ClockLine]:
    return [clock for clock in clocks if clock.holder is not DutyHolder.VICTIM]


def in_list(found: NextOwed | None, on: date) -> str:
    """What is owed next, beside a case in a list of work; nothing where nothing is."""
    if found is None:
        return ""
    day = f"{say.short_day(found.due_on, on)}, {say.how_far(found.due_on, on)}"
    return f"Owed next: {found.label}, by {day}"
