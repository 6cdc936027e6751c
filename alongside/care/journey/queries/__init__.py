"""Questions about clocks and events. Nothing here writes."""

from alongside.care.journey.queries.clocks import (
    DUE,
    MINE,
    ClockLine,
    DueClock,
    RunningClock,
    list_clocks,
    list_due,
    list_running,
    next_service_clocks,
)
from alongside.care.journey.queries.events import (
    FIND_MATTERS,
    NEWEST_EVENTS,
    EventLine,
    EventMatter,
    find_event_matters,
    find_known_events,
    find_newest_events,
    list_events,
    list_kept,
)

__all__ = [
    "ClockLine",
    "DUE",
    "DueClock",
    "EventLine",
    "EventMatter",
    "FIND_MATTERS",
    "MINE",
    "NEWEST_EVENTS",
    "RunningClock",
    "find_event_matters",
    "find_known_events",
    "find_newest_events",
    "list_clocks",
    "list_due",
    "list_events",
    "list_kept",
    "list_running",
    "next_service_clocks",
]
