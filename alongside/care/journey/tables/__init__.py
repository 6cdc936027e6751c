"""The limits, events and stages in `data/`, checked once when the service starts."""

from alongside.care.journey.tables.deadlines import (
    NOT_OWED,
    OFFENCE_GROUPS,
    RECORD_TYPES,
    RULES,
    TRIGGERS,
    UnknownRule,
    load_not_owed,
    load_rules,
    rule_for,
    rules_started,
    rules_triggered_by,
    standing_rules,
)
from alongside.care.journey.tables.events import (
    EVENTS,
    STAGES,
    load_events,
    load_stages,
)
from alongside.care.journey.tables.files import (
    DATA,
    read_data,
)

__all__ = [
    "DATA",
    "read_data",
    "EVENTS",
    "NOT_OWED",
    "OFFENCE_GROUPS",
    "RECORD_TYPES",
    "RULES",
    "STAGES",
    "TRIGGERS",
    "UnknownRule",
    "load_events",
    "load_not_owed",
    "load_rules",
    "load_stages",
    "rule_for",
    "rules_started",
    "rules_triggered_by",
    "standing_rules",
]
