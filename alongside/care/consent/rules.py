"""Who may consent, and how a purpose stands. No database, no clock."""

from collections.abc import Iterable
from datetime import datetime

from alongside.care.consent.types import (
    EntryKind,
    Giver,
    GivingRule,
    Said,
    Standing,
)


def why_may_not_give(said: Said, rows: Iterable[GivingRule]) -> str:
    """Why consent given like this does not count, in one sentence; empty if it does."""
    fits = [row for row in rows if row.giver is said.giver and _covers(row, said.age)]
    if not fits:
        return _WRONG_GIVER[said.giver]
    rule = fits[0]
    if said.giver is Giver.GUARDIAN and not said.guardian_checked:
        return (
            "Make sure that the parent or guardian is not suspected of the crime:"
            " one who is can never consent for the child"
        )
    if rule.needs_unsafe and not said.unsafe_to_ask:
        return "Ask a parent or guardian, unless asking them would not be safe"
    if rule.needs_assessment and not said.assessed_by.strip():
        return "Say who found that they understand what they agree to"
    return ""


def standing(kind: EntryKind, *, until: datetime | None, now: datetime) -> Standing:
    """How a purpose stands, by the newest entry about it."""
    if kind is EntryKind.REFUSED:
        return Standing.REFUSED
    if kind is EntryKind.WITHDRAWN:
        return Standing.WITHDRAWN
    return Standing.LAPSED if until is not None and until <= now else Standing.AGREED


def _covers(row: GivingRule, age: int) -> bool:
    below = row.below_age
    return row.from_age <= age and (below is None or age < below)


_WRONG_GIVER = {
    Giver.PERSON: "Nobody has said that they may decide for themselves at this age",
    Giver.GUARDIAN: "They are an adult: a parent or guardian cannot consent for them",
    Giver.ATTORNEY: "An attorney consents for an adult: ask a parent or guardian",
    Giver.COURT: "A court cannot have decided at this age",
}
