"""Starting, settling and re-planning clocks; keeping what happened."""

from alongside.care.journey.operations.clocks import (
    CLOCK_COLUMNS,
    NewClock,
    end_clocks,
    end_these,
    replace_clocks,
    start_clocks,
)
from alongside.care.journey.operations.events import (
    EVENT_COLUMNS,
    add_events,
    supersede,
    take_event_ids,
)
from alongside.care.journey.operations.redoing import Redo, redo_clocks
from alongside.care.journey.operations.settling import (
    DayImpossible,
    EvidenceNeeded,
    mark_met,
    mark_not_owed,
    meet_running,
)

__all__ = [
    "CLOCK_COLUMNS",
    "DayImpossible",
    "EVENT_COLUMNS",
    "EvidenceNeeded",
    "NewClock",
    "Redo",
    "redo_clocks",
    "add_events",
    "supersede",
    "end_clocks",
    "end_these",
    "mark_met",
    "mark_not_owed",
    "meet_running",
    "replace_clocks",
    "start_clocks",
    "take_event_ids",
]
