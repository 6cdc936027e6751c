"""Starting, settling and re-planning clocks; keeping what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from psycopg.types.json import Jsonb

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.journey.models import Clock, JourneyEvent
from alongside.care.journey.tables import NOT_OWED
from alongside.care.journey.types import DeadlineRule, KeptEvent
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import bulk_insert, bulk_update, take_ids
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day

CLOCK_COLUMNS = (
    *("case_id", "victimisation_id", "event_id", "rule"),
    *("rule_from", "starts_at", "due_on", "enhanced", "holder", "met_on", "evidence"),
)
EVENT_COLUMNS = (
    *("id", "area_id", "victimisation_id", "row_id", "event", "suspect_ref"),
    *("occurred_at", "received_at", "detail", "source", "content_hash", "recorded_at"),
)


class EvidenceNeeded(DomainError):
    user_message = "Say how you know that it was done"


class DayImpossible(DomainError):
    user_message = "Choose a day between the start of the clock and today"


@dataclass(slots=True)
class NewClock:
    """A clock to start. Met at once where `met_on` and `evidence` are given."""

    case_id: int
    victimisation_id: int | None
    rule: DeadlineRule
    starts_at: datetime
    due_on: date
    enhanced: bool
    event_id: int | None = None
    met_on: date | None = None
    evidence: str = ""


def take_event_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for events about to be kept."""
    return take_ids(JourneyEvent, count)


def add_events(
    *, actor: Actor, now: datetime, source: str, events: Sequence[KeptEvent]
) -> None:
    """Keep what happened. Runs in the transaction of a delivery, which audits it."""
    bulk_insert(
        JourneyEvent,
        EVENT_COLUMNS,
        (
            (
                *(e.event_id, actor.area_id, e.victimisation_id, e.row_id, e.event),
                *(e.suspect_ref, e.occurred_at, e.received_at, Jsonb(e.detail)),
                *(source, e.content_hash, now),
            )
            for e in events
        ),
    )


def start_clocks(*, actor: Actor, now: datetime, clocks: Sequence[NewClock]) -> None:
    """Start many clocks. Runs in the transaction of what started them."""
    bulk_insert(Clock, CLOCK_COLUMNS, map(_clock_row, clocks), alike=_at_first(actor))


def _at_first(actor: Actor) -> dict[str, object]:
    return {"area_id": actor.area_id, "not_owed_reason": ""}


def _clock_row(c: NewClock) -> tuple[object, ...]:
    rule = c.rule
    return (
        *(c.case_id, c.victimisation_id, c.event_id, rule.code, rule.in_force_from),
        *(c.starts_at, c.due_on, c.enhanced, rule.duty_holder, c.met_on, c.evidence),
    )


def replace_clocks(
    *, actor: Actor, now: datetime, replacements: Sequence[tuple[int, NewClock]]
) -> None:
    """Plan running clocks anew: (the clock, what takes its place).

    The old one is kept as it stood, pointing at the one that replaced it.
    """
    if not replacements:
        return
    new_ids = take_ids(Clock, len(replacements))
    bulk_insert(
        Clock,
        ("id", *CLOCK_COLUMNS),
        (
            (pk, *_clock_row(new))
            for pk, (_, new) in zip(new_ids, replacements, strict=True)
        ),
        alike=_at_first(actor),
    )
    bulk_update(
        Clock,
        ("id", "replaced_by_id", "settled_at", "settled_by_id"),
        (
            (old_id, pk, now, actor.user_id)
            for pk, (old_id, _) in zip(new_ids, replacements, strict=True)
        ),
    )


def end_clocks(
    *, actor: Actor, now: datetime, victimisation_ids: Sequence[int], reason: str
) -> None:
    """Say of the running clocks of these victimisations that they are not owed."""
    if victimisation_ids:
        Clock.objects.filter(
            victimisation_id__in=list(victimisation_ids),
            met_on=None,
            not_owed_reason="",
            replaced_by=None,
        ).update(not_owed_reason=reason, settled_at=now, settled_by_id=actor.user_id)


def meet_running(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    rules: Sequence[str],
    met_at: datetime,
    evidence: str,
) -> None:
    """Say that the case's running clocks of these rules were met at a moment.

    Part of the operation that met them, which audits it.
    """
    Clock.objects.filter(
        case_id=case_id,
        rule__in=list(rules),
        met_on=None,
        not_owed_reason="",
        replaced_by=None,
    ).update(
        met_on=local_day(met_at),
        evidence=evidence,
        settled_at=now,
        settled_by_id=actor.user_id,
    )


def _running(*, actor: Actor, case_id: UUID, clock_id: int) -> Clock:
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    clock = (
        Clock.objects.select_for_update()
        .filter(pk=clock_id, case=case, met_on=None, not_owed_reason="")
        .filter(replaced_by=None)
        .first()
    )
    if clock is None:
        raise NotFound("We could not find that promise, or it is settled already")
    return clock


def _settle(
    clock: Clock, *, actor: Actor, now: datetime, action: AuditAction, case_id: UUID
) -> None:
    clock.settled_by_id = actor.user_id
    clock.settled_at = now
    clock.save(
        update_fields=[
            *("met_on", "evidence", "not_owed_reason", "settled_by", "settled_at"),
        ]
    )
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case_id),
        purpose=clock.rule,
    )


@transaction.atomic
def mark_met(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    clock_id: int,
    met_on: date,
    evidence: str,
) -> None:
    """Say that a promise was kept: on which day, and how we know.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is settled already.
        EvidenceNeeded, DayImpossible: something needed is missing or cannot be.
    """
    clock = _running(actor=actor, case_id=case_id, clock_id=clock_id)
    if not evidence.strip():
        raise EvidenceNeeded
    if not local_day(clock.starts_at) <= met_on <= local_day(now):
        raise DayImpossible
    clock.met_on = met_on
    clock.evidence = evidence.strip()
    _settle(clock, actor=actor, now=now, action=AuditAction.CLOCK_MET, case_id=case_id)


@transaction.atomic
def mark_not_owed(
    *, actor: Actor, now: datetime, case_id: UUID, clock_id: int, reason: str
) -> None:
    """Say that a promise is not owed, for one of the listed reasons.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is settled already.
        EvidenceNeeded: the reason is not one of those listed.
    """
    clock = _running(actor=actor, case_id=case_id, clock_id=clock_id)
    if reason not in NOT_OWED:
        raise EvidenceNeeded("Choose why it is not owed")
    clock.not_owed_reason = reason
    _settle(
        clock, actor=actor, now=now, action=AuditAction.CLOCK_NOT_OWED, case_id=case_id
    )
