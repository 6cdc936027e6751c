"""Saying that somebody was not told after all."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.journey.models import Clock, JourneyEvent, Telling
from alongside.care.journey.operations.facts import plan_by_facts
from alongside.care.journey.operations.redoing import Redo, redo_clocks
from alongside.care.journey.operations.tellings import FROM_TELLING, KEPT_BY_TELLING
from alongside.care.journey.operations.wishes import FREQUENCY
from alongside.care.journey.rules import due_on
from alongside.care.journey.tables import rule_for
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries.calendar import read_calendar

# Why the stretch that such a telling began is not owed.
NEVER_BEGAN = "written_by_mistake"


class UntoldWhyNeeded(DomainError):
    user_message = "Say how you know that they were not told"


@transaction.atomic
def take_back_telling(
    *, actor: Actor, now: datetime, case_id: UUID, telling_id: int, why: str
) -> list[int]:
    """Say that a telling was not one: it did not reach them, or was written down by
    mistake. Answers with the events of which they were not told.

    What was written is kept, and says why. Everything told in the same moment is taken
    back with it. The promises it met run again, or are met by another telling; what
    counted from the day they were told counts as if it had never been.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is none of the case that counts.
        UntoldWhyNeeded: it is not said why.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    if not why.strip():
        raise UntoldWhyNeeded
    one, together = _find(case.pk, telling_id)
    Telling.objects.filter(pk__in=[row.pk for row in together]).update(
        taken_back_at=now, taken_back_by_id=actor.user_id, taken_back_why=why.strip()
    )
    events = sorted({row.event_id for row in together})
    redone = [*_promises(one, events), *_windows(one, events)]
    redone += _agreed(one, case.pk)
    redo_clocks(actor=actor, now=now, redone=redone)
    plan_by_facts(actor=actor, now=now, case_ids=[case.pk])
    touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.TELLING_TAKEN_BACK,
        subject=Subject(kind="case", public_id=case_id),
        purpose=one.how,
    )
    return events


def _find(case_id: int, telling_id: int) -> tuple[Telling, list[Telling]]:
    """The telling, and all that was written down of the same moment: of the same news
    of several crimes, and of what stands in its place."""
    counting = Telling.objects.select_for_update(of=("self",)).filter(
        victimisation__case_id=case_id, taken_back_at=None
    )
    one = counting.filter(pk=telling_id).first()
    if one is None:
        raise NotFound("We could not find that, or it was taken back already")
    same = Q(told_at=one.told_at, recorded_at=one.recorded_at, how=one.how)
    return one, list(counting.filter(same, evidence=one.evidence).order_by("pk"))


def _first_left(event_ids: Sequence[int]) -> dict[int, Telling]:
    """The first telling that counts of each event, where there is one."""
    left = Telling.objects.filter(event_id__in=list(event_ids), taken_back_at=None)
    rows = left.filter(
        victimisation_id__in=JourneyEvent.objects.filter(pk__in=list(event_ids)).values(
            "victimisation_id"
        )
    )
    return {row.event_id: row for row in rows.order_by("-told_at", "-pk")}


def _promises(one: Telling, event_ids: Sequence[int]) -> Iterator[Redo]:
    """What it met, and nothing else shows to be met, runs again."""
    met = Clock.objects.filter(
        event_id__in=list(event_ids),
        rule__in=KEPT_BY_TELLING,
        due_on__isnull=False,
        met_on=local_day(one.told_at),
        evidence=one.evidence,
        replaced_by=None,
    )
    left = _first_left(event_ids)
    for clock in met.order_by("pk"):
        other = left.get(clock.event_id or 0)
        if other is None:
            yield Redo(clock_id=clock.pk)
        else:
            day = local_day(other.told_at)
            yield Redo(clock_id=clock.pk, met_on=day, evidence=other.evidence)


def _windows(one: Telling, event_ids: Sequence[int]) -> Iterator[Redo]:
    """What ran from the day they were told runs from another telling, or from the
    event itself, as before anybody was told."""
    calendar = read_calendar()
    open_ = Clock.objects.filter(
        event_id__in=list(event_ids),
        rule__in=FROM_TELLING,
        starts_at=one.told_at,
        met_on=None,
        not_owed_reason="",
        replaced_by=None,
    )
    left = _first_left(event_ids)
    for clock in open_.select_related("event").order_by("pk"):
        if clock.event is None:
            continue
        other = left.get(clock.event.pk)
        since = other.told_at if other else clock.event.occurred_at
        rule = rule_for(clock.rule, clock.rule_from)
        closed = calendar.closed_for(rule.duty_holder)
        until = due_on(rule, since, clock.enhanced, closed)
        yield Redo(clock_id=clock.pk, starts_at=since, due_on=until)


def _agreed(one: Telling, case_id: int) -> Iterator[Redo]:
    """What was agreed to be told every so often: the stretch that it ended goes on."""
    stretches = Clock.objects.filter(
        case_id=case_id, rule=FREQUENCY, replaced_by=None
    ).order_by("-starts_at", "-pk")
    ended = stretches.filter(met_on=local_day(one.told_at), evidence=one.evidence)
    before = ended.first()
    if before is None:
        return
    later = Telling.objects.filter(
        victimisation__case_id=case_id,
        taken_back_at=None,
        told_at__gte=before.starts_at,
    )
    other = later.order_by("told_at", "pk").first()
    if other is not None:
        day = local_day(other.told_at)
        yield Redo(clock_id=before.pk, met_on=day, evidence=other.evidence)
        return
    yield Redo(clock_id=before.pk)
    begun = stretches.filter(starts_at=one.told_at, met_on=None, not_owed_reason="")
    for clock in begun:
        yield Redo(clock_id=clock.pk, not_owed_reason=NEVER_BEGAN)
