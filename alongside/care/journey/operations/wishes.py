"""Keeping what people ask to hear, and what that does to their promises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.contact.tables import CHANNELS
from alongside.care.journey.models import Clock, Matter, Wish
from alongside.care.journey.operations.clocks import (
    NewClock,
    replace_clocks,
    start_clocks,
)
from alongside.care.journey.queries.wishes import standing_wishes
from alongside.care.journey.rules.wishes import frequency_holder, is_left_out
from alongside.care.journey.tables import LIMITS, RULES, rule_for
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
    _run_again(actor, now, case_id=case.pk, asks=asks)
    leave_out(actor=actor, now=now, case_ids=[case.pk])
    touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.WISH_RECORDED,
        subject=Subject(kind="case", public_id=case_id),
        purpose=asks,
    )


def leave_out(*, actor: Actor, now: datetime, case_ids: Sequence[int]) -> None:
    """Say of running promises that are not due yet that they are not owed, where the
    person asked not to hear. Part of what started them, or of the wish.
    """
    wishes = standing_wishes(case_ids)
    for asks in (WishKind.NOTHING, WishKind.BIG_NEWS):
        whose = [key for key, found in wishes.items() if found is asks]
        if whose:
            _running().filter(
                case_id__in=whose,
                rule__in=sorted({r.code for r in RULES if is_left_out(r, asks)}),
                due_on__gte=local_day(now),
            ).update(
                not_owed_reason=Suppression.OPTED_OUT,
                by_fact=True,
                settled_at=now,
                settled_by_id=actor.user_id,
            )


def go_on_telling(
    *, actor: Actor, now: datetime, case_id: int, told_at: datetime, evidence: str
) -> None:
    """Say that what was agreed to be told by now was told, and begin the next stretch.
    Part of the operation that says who told.
    """
    running = _running().filter(case_id=case_id, rule=FREQUENCY)
    met = running.filter(starts_at__lte=told_at).update(
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


def _running() -> QuerySet[Clock]:
    return Clock.objects.filter(met_on=None, not_owed_reason="", replaced_by=None)


def _begin_frequency(
    actor: Actor, now: datetime, *, case_id: int, since: datetime
) -> None:
    """The next stretch of what is agreed takes the place of the one that runs."""
    wish = Wish.objects.filter(case_id=case_id, until=None).first()
    old = list(_running().filter(case_id=case_id, rule=FREQUENCY).values_list("pk"))
    if wish is None or wish.every_days is None:
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
        pairs = [(key, new) for (key,) in old]
        replace_clocks(actor=actor, now=now, replacements=pairs)
    else:
        start_clocks(actor=actor, now=now, clocks=[new])


def _run_again(actor: Actor, now: datetime, *, case_id: int, asks: WishKind) -> None:
    """Promises that an earlier wish left out, and that can still be kept, run again."""
    rows = Clock.objects.filter(
        case_id=case_id,
        by_fact=True,
        not_owed_reason=Suppression.OPTED_OUT,
        replaced_by=None,
        due_on__gte=local_day(now),
    ).exclude(rule=FREQUENCY)
    pairs = []
    for row in rows.order_by("pk"):
        rule = rule_for(row.rule, row.rule_from)
        if row.due_on is None or is_left_out(rule, asks):
            continue
        again = NewClock(
            case_id=row.case_id,
            victimisation_id=row.victimisation_id,
            event_id=row.event_id,
            rule=rule,
            starts_at=row.starts_at,
            due_on=row.due_on,
            enhanced=row.enhanced,
        )
        pairs.append((row.pk, again))
    replace_clocks(actor=actor, now=now, replacements=pairs)
