"""Keeping what people ask to hear, and what that does to their promises."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.contact.tables import CHANNELS
from alongside.care.journey.models import Clock, Matter, Wish
from alongside.care.journey.operations.clocks import (
    MET,
    OPEN,
    NewClock,
    end_these,
    replace_clocks,
    start_clocks,
)
from alongside.care.journey.operations.facts import plan_by_facts
from alongside.care.journey.rules.wishes import frequency_holder
from alongside.care.journey.tables import LIMITS, rule_for
from alongside.care.journey.types import Suppression, WishKind
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day

FREQUENCY = "R06-FREQ"
MOST_DAYS = LIMITS["wish_days"].number


class WishImpossible(DomainError):
    """What was asked for cannot be written down so. The text says why."""


@transaction.atomic
def record_wish(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    asks: WishKind,
    every_days: int | None = None,
    channel: str = "",
    words: str = "",
) -> None:
    """Keep what the person of a case asks to hear from now on, in place of what they
    asked before.

    Running promises that they do not want kept are not owed while the wish stands;
    those left out before, and not due yet, run again. Every so many days makes a
    promise of its own.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such case.
        WishImpossible: the days or the channel cannot be.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    _check(asks, every_days, channel)
    Wish.objects.filter(case=case, until=None).update(
        until=now, ended_by_id=actor.user_id
    )
    Wish.objects.create(
        area_id=actor.area_id,
        case=case,
        asks=asks,
        every_days=every_days,
        channel=channel,
        words=words.strip(),
        since=now,
        recorded_by_id=actor.user_id,
    )
    _begin_frequency(actor, now, case_id=case.pk, since=now)
    plan_by_facts(actor=actor, now=now, case_ids=[case.pk])
    touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.WISH_RECORDED,
        subject=Subject(kind="case", public_id=case_id),
        purpose=asks,
    )


def go_on_telling(
    *, actor: Actor, now: datetime, case_id: int, told_at: datetime, evidence: str
) -> None:
    """Say that what was agreed to be told by now was told, and begin the next stretch.
    Part of the operation that says who told.
    """
    agreed = Clock.objects.filter(OPEN, case_id=case_id, rule=FREQUENCY)
    met = agreed.filter(starts_at__lte=told_at).update(
        **MET,
        met_on=local_day(told_at),
        evidence=evidence,
        settled_at=now,
        settled_by_id=actor.user_id,
    )
    if met:
        _begin_frequency(actor, now, case_id=case_id, since=told_at)


def _check(asks: WishKind, every_days: int | None, channel: str) -> None:
    every = asks is WishKind.EVERY
    if every and not (every_days and 1 <= every_days <= MOST_DAYS):
        raise WishImpossible(f"Enter a number of days from 1 to {MOST_DAYS}")
    if not every and every_days is not None:
        raise WishImpossible("Leave the number of days empty for this choice")
    if channel and channel not in CHANNELS:
        raise WishImpossible("Choose how they want to be told")


def _begin_frequency(
    actor: Actor, now: datetime, *, case_id: int, since: datetime
) -> None:
    """The next stretch of what is agreed takes the place of the one that runs."""
    wish = Wish.objects.filter(case_id=case_id, until=None).first()
    agreed = Clock.objects.filter(OPEN, case_id=case_id, rule=FREQUENCY)
    old = list(agreed.values_list("pk", flat=True))
    if wish is None or wish.every_days is None:
        end_these(actor=actor, now=now, clock_ids=old, reason=Suppression.OPTED_OUT)
        return
    case_tier = Clock.objects.filter(case_id=case_id, replaced_by=None)
    stages = Matter.objects.filter(victimisation__case_id=case_id, live=True)
    new = NewClock(
        case_id=case_id,
        victimisation_id=None,
        rule=replace(
            rule_for(FREQUENCY, local_day(since)),
            duty_holder=frequency_holder(list(stages.values_list("stage", flat=True))),
        ),
        starts_at=since,
        due_on=local_day(since) + timedelta(days=wish.every_days),
        enhanced=case_tier.filter(enhanced=True).exists(),
    )
    if old:
        pairs = [(key, new) for key in old]
        replace_clocks(actor=actor, now=now, replacements=pairs)
    else:
        start_clocks(actor=actor, now=now, clocks=[new])
