"""What promises go by, and what shows that they were kept."""

from dataclasses import dataclass
from datetime import date, datetime, time

from alongside.care.code_rights.types import RightKind, Step
from alongside.foundation.lib.local import LONDON


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The part of a person in a crime, as far as promises go by it."""

    case_key: int
    victimisation_id: int
    record_type: str
    offence_code: str
    enhanced: bool


def evidence(kind: RightKind, step: Step) -> str:
    """What shows that a promise was kept."""
    return f"{kind.title}: {step.label.lower()}"


def begins(on: date) -> datetime:
    """The moment from which a promise of a day runs."""
    return datetime.combine(on, time(), LONDON)
