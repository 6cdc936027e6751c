"""Noting when a round runs. Not on the audit trail: it is nobody's act."""

from datetime import datetime

from alongside.jobs.models import LastRun, Outcome


def note_start(*, actor: str, now: datetime, name: str) -> None:
    """Note that a round begins."""
    LastRun.objects.update_or_create(
        name=name,
        defaults={"started_at": now, "ended_at": None, "outcome": Outcome.UNDER_WAY},
    )


def note_end(*, actor: str, now: datetime, name: str, done: bool) -> None:
    """Note how a round ended."""
    LastRun.objects.filter(pk=name).update(
        ended_at=now, outcome=Outcome.DONE if done else Outcome.FAILED
    )
