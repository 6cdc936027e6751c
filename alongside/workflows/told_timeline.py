"""What was written to a person, as entries of the timeline of their case."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from alongside.care.journey.tables import EVENTS
from alongside.care.telling.queries import UpdateLine
from alongside.care.telling.tables import FAILED
from alongside.care.telling.types import UpdateState
from alongside.workflows.case_timeline import SERVICE, Entry, EntryKind


def update_entries(updates: Sequence[UpdateLine]) -> Iterator[Entry]:
    """What was written to the person: what leaves, arrived, did not, or was dropped."""
    for update in updates:
        title, at, who = _update_said(update)
        reason = FAILED[update.failed].label if update.failed else update.ended_words
        yield Entry(
            at=at,
            kind=EntryKind.CONTACT,
            title=f"{title}: {_called(update.event)}",
            who=who or SERVICE,
            detail="\n".join(part for part in (reason, update.words) if part),
        )


def _update_said(update: UpdateLine) -> tuple[str, datetime, str]:
    if update.ended_at is not None:
        return "Not told", update.ended_at, update.ended_by
    by = "" if update.by_itself else update.asked_by
    if update.told_at is not None:
        return "Told", update.sent_at or update.told_at, by
    if update.state is UpdateState.FAILED:
        return "Not reached", update.tried_at or update.made_at, by
    if update.asked_at is not None and update.state is not UpdateState.DRAFTED:
        return "On its way", update.sent_at or update.asked_at, by
    return "Draft", update.made_at, update.made_by


def _called(event: str) -> str:
    return next((row.label for code, row in EVENTS.items() if code == event), event)
