"""Words the journey package uses: events, stages, and promises with a limit."""

from alongside.care.journey.types.clocks import (
    ClockStart,
    ClockState,
    DeadlineRule,
    Eligible,
    Length,
    MatterFacts,
    MetBy,
    NotOwedReason,
    RuleKind,
    Trigger,
    Unit,
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
    "KeptEvent",
    "Length",
    "MatterFacts",
    "MetBy",
    "NotOwedReason",
    "OwnEvent",
    "ProgressEvent",
    "RuleKind",
    "Stage",
    "Trigger",
    "Unit",
]
