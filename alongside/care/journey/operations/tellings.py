"""Saying that the person was told of what happened."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.contact.tables import CHANNELS
from alongside.care.journey.models import Clock, JourneyEvent, Telling
from alongside.care.journey.operations.clocks import (
    MET,
    OPEN,
    NewClock,
    replace_clocks,
)
from alongside.care.journey.operations.settling import DayImpossible, EvidenceNeeded
from alongside.care.journey.operations.wishes import go_on_telling
from alongside.care.journey.rules import due_on
from alongside.care.journey.tables import RULES, rule_for
from alongside.care.journey.types import ClockStart, DutyHolder, MetBy
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import bulk_insert
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries.calendar import read_calendar

TELLING_COLUMNS = (
    *("area_id", "victimisation_id", "event_id", "told_at", "told_by", "how"),
    *("evidence", "recorded_by_id", "recorded_at"),
)
FROM_TELLING = sorted({r.code for r in RULES if r.clock is ClockStart.TOLD_AT})
KEPT_BY_TELLING = sorted({rule.code for rule in RULES if rule.met_by is MetBy.TOLD_ON})


class HowNeeded(EvidenceNeeded):
    user_message = "Choose how they were told"


@transaction.atomic
def record_telling(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_ids: Sequence[int],
    told_at: datetime,
    told_by: DutyHolder,
    how: str,
    evidence: str,
) -> None:
    """Keep that the person was told of these events of a case, and keep the promises
    that wait for it.

    `told_by` is whoever told them, which need not be who owed it; `how` is a channel's
    code. `told_at` lies between the last of the events and now. The clocks of these
    events that are met by telling, and still run, are met on the day of `told_at`;
    what they may ask for from the day they were told runs from there.

    Raises:
        NotAllowed, NotFound: the actor may not, or an event is not one of the case
            that counts.
        EvidenceNeeded, HowNeeded, DayImpossible: something needed is missing or
            cannot be.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    events = _counting(case_id=case.pk, event_ids=event_ids)
    shown = _checked(now, events, told_at=told_at, how=how, evidence=evidence)
    _keep(actor, now, events, (told_at, told_by, how, shown))
    _run_from_telling(actor, now, events, told_at)
    meet_told(
        actor=actor,
        now=now,
        event_ids=event_ids,
        told_on=local_day(told_at),
        evidence=shown,
    )
    go_on_telling(
        actor=actor, now=now, case_id=case.pk, told_at=told_at, evidence=shown
    )
    touch(actor=actor, now=now, case=case)
    _audit(actor, now, case_id, how)


def carry_tellings(
    *, actor: Actor, now: datetime, carried: Sequence[tuple[int, int]]
) -> None:
    """Have tellings count for events too that stand in the place of what was told:
    (the telling, the event). Part of the operation that corrects them."""
    if not carried:
        return
    olds = Telling.objects.in_bulk([telling_id for telling_id, _ in carried])
    bulk_insert(
        Telling,
        (*TELLING_COLUMNS, "carried_from_id"),
        (
            (
                *(old.area_id, old.victimisation_id, event_id, old.told_at),
                *(old.told_by, old.how, old.evidence, old.recorded_by_id),
                *(old.recorded_at, old.pk),
            )
            for old, event_id in ((olds[key], event) for key, event in carried)
        ),
    )


def _audit(actor: Actor, now: datetime, case_id: UUID, how: str) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.EVENT_TOLD,
        subject=Subject(kind="case", public_id=case_id),
        purpose=how,
    )


def meet_told(
    *,
    actor: Actor,
    now: datetime,
    event_ids: Sequence[int],
    told_on: date,
    evidence: str,
) -> None:
    """Say of the open clocks of these events that telling met them.

    Part of the operation that says who told, which audits it.
    """
    Clock.objects.filter(
        OPEN, event_id__in=list(event_ids), rule__in=KEPT_BY_TELLING
    ).update(
        **MET,
        met_on=told_on,
        evidence=evidence,
        settled_at=now,
        settled_by_id=actor.user_id,
    )


def _run_from_telling(
    actor: Actor, now: datetime, events: Sequence[JourneyEvent], told_at: datetime
) -> None:
    """Count anew until when the person may ask for something, from when they were
    first told. Counted from the event itself it was never too late."""
    calendar = read_calendar()
    rows = Clock.objects.filter(
        event__in=events,
        rule__in=FROM_TELLING,
        met_on=None,
        not_owed_reason="",
        replaced_by=None,
    )
    begun = {event.pk: event.occurred_at for event in events}
    replacements = []
    for row in rows.order_by("pk"):
        rule = rule_for(row.rule, row.rule_from)
        # Told before: the first time counts, whenever it is written down.
        if row.event_id and begun[row.event_id] < row.starts_at <= told_at:
            continue
        closed = calendar.closed_for(rule.duty_holder)
        again = NewClock(
            case_id=row.case_id,
            victimisation_id=row.victimisation_id,
            event_id=row.event_id,
            rule=rule,
            starts_at=told_at,
            due_on=due_on(rule, told_at, row.enhanced, closed),
            enhanced=row.enhanced,
        )
        replacements.append((row.pk, again))
    replace_clocks(actor=actor, now=now, replacements=replacements)


def _checked(
    now: datetime,
    events: Sequence[JourneyEvent],
    *,
    told_at: datetime,
    how: str,
    evidence: str,
) -> str:
    """What shows that they were told; refused where something is missing."""
    if not evidence.strip():
        raise EvidenceNeeded("Say how you know that they were told")
    if how not in CHANNELS:
        raise HowNeeded
    begun = max(local_day(event.occurred_at) for event in events)
    if local_day(told_at) < begun or told_at > now:
        raise DayImpossible("Choose a day between the day it happened and today")
    return evidence.strip()


def _counting(*, case_id: int, event_ids: Sequence[int]) -> list[JourneyEvent]:
    """These events, each one of the case that counts; refused where one is not."""
    wanted = set(event_ids)
    found = JourneyEvent.objects.filter(
        pk__in=wanted, superseded_by=None, victimisation__case_id=case_id
    )
    events = list(found)
    if not wanted or len(events) != len(wanted):
        raise NotFound("We could not find that in this case, or it was corrected")
    return events


def _keep(
    actor: Actor,
    now: datetime,
    events: Sequence[JourneyEvent],
    said: tuple[datetime, DutyHolder, str, str],
) -> None:
    bulk_insert(
        Telling,
        TELLING_COLUMNS,
        (
            (
                *(event.area_id, event.victimisation_id, event.pk),
                *(*said, actor.user_id, now),
            )
            for event in events
        ),
    )
