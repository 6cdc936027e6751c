"""When a promise is due, whether it was kept, and what an event changes."""

from alongside.care.journey.rules.clocks import (
    HOURS,
    MONTHS,
    clock_state,
    custody_months,
    due_on,
    is_owed,
    starts_by_itself,
)
from alongside.care.journey.rules.stages import (
    concerns,
    first_stage,
    follow,
    matters_of,
    move_for,
    settle,
    told_again,
)

__all__ = [
    "HOURS",
    "MONTHS",
    "clock_state",
    "custody_months",
    "due_on",
    "is_owed",
    "concerns",
    "first_stage",
    "follow",
    "matters_of",
    "move_for",
    "settle",
    "told_again",
    "starts_by_itself",
]
