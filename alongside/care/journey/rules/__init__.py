"""When a promise is due, whether it was kept, and what an event changes."""

from alongside.care.journey.rules.clocks import (
    HOURS,
    MONTHS,
    clock_state,
    due_on,
    is_owed,
    is_started,
    starts_by_itself,
)
from alongside.care.journey.rules.details import custody_months, outcome_of, said
from alongside.care.journey.rules.heard import Heard, still_heard, still_holds
from alongside.care.journey.rules.stages import (
    concerns,
    first_stage,
    follow,
    matters_of,
    move_for,
    settle,
    told_again,
    way_of,
)

__all__ = [
    "HOURS",
    "Heard",
    "still_heard",
    "still_holds",
    "MONTHS",
    "clock_state",
    "custody_months",
    "due_on",
    "is_owed",
    "is_started",
    "outcome_of",
    "said",
    "concerns",
    "first_stage",
    "follow",
    "matters_of",
    "move_for",
    "settle",
    "told_again",
    "way_of",
    "starts_by_itself",
]
