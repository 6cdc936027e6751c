"""Words the journey package uses: events, stages, and promises with a limit."""

from alongside.care.journey.types.clocks import (
    ClockStart,
    ClockState,
    DeadlineRule,
    Eligible,
    EventTimes,
    Length,
    MatterFacts,
    MetBy,
    NotOwedReason,
    RuleKind,
    Suppression,
    Trigger,
    Unit,
    WishKind,
)
from alongside.care.journey.types.events import (
    EventRow,
    KeptEvent,
    OwnEvent,
    ProgressEvent,
    Stage,
)
from alongside.care.journey.types.holders import (
    DutyHolder,
)

__all__ = [
    "ClockStart",
    "ClockState",
    "DeadlineRule",
    "DutyHolder",
    "Eligible",
    "EventRow",
    "EventTimes",
    "KeptEvent",
    "Length",
    "MatterFacts",
    "MetBy",
    "NotOwedReason",
    "OwnEvent",
    "ProgressEvent",
    "RuleKind",
    "Stage",
    "Suppression",
    "Trigger",
    "Unit",
    "WishKind",
]
