"""Questions about clocks and events. Nothing here writes."""

from alongside.care.journey.queries.clocks import (
    DUE,
    MINE,
    ClockLine,
    DueClock,
    RunningClock,
    list_clocks,
    list_clocks_of_events,
    list_due,
    list_running,
    next_service_clocks,
)
from alongside.care.journey.queries.events import (
    FIND_MATTERS,
    NEWEST_EVENTS,
    EventLine,
    find_event_matters,
    find_newest_events,
    find_victims,
    list_events,
    list_kept,
    list_known,
)
from alongside.care.journey.queries.matters import (
    MatterLine,
    find_messages,
    list_known_matters,
    list_matters,
)

__all__ = [
    "ClockLine",
    "DUE",
    "DueClock",
    "EventLine",
    "FIND_MATTERS",
    "MINE",
    "NEWEST_EVENTS",
    "RunningClock",
    "find_event_matters",
    "find_victims",
    "find_newest_events",
    "find_messages",
    "list_known_matters",
    "list_matters",
    "MatterLine",
    "list_clocks",
    "list_clocks_of_events",
    "list_due",
    "list_events",
    "list_kept",
    "list_known",
    "list_running",
    "next_service_clocks",
]
