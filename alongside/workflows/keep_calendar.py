"""Keeping the days on which offices of an area are closed, and what that moves.

The calendar lies below the accounts and the trail; what is done to it is allowed and
written down here. The round `closed_days` counts what was added or withdrawn into the
promises that run.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.journey.queries.across import RunningAcross, count_across
from alongside.care.journey.rules import due_on
from alongside.care.journey.tables import rule_for
from alongside.care.journey.types import DutyHolder, Unit
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotAllowed
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import operations, queries
from alongside.foundation.organisations.queries import ClosedDayLine
from alongside.foundation.organisations.rules import ClosedDayImpossible, days_added
from alongside.foundation.organisations.types import EVERYBODY, Calendar, NewClosing
from alongside.walls.context import acting_as

# Whose offices can be closed; a window in which a victim may ask is no office's.
OFFICES = tuple(one for one in DutyHolder if one is not DutyHolder.VICTIM)


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """How many running promises of one body go from one last day to another."""

    holder: str
    was: date
    becomes: date
    promises: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What adding or withdrawing days would do to the promises that run now."""

    days: tuple[date, ...]
    moves: tuple[Move, ...]

    @property
    def promises(self) -> int:
        """How many promises would move."""
        return sum(move.promises for move in self.moves)


def may_keep(actor: Actor) -> bool:
    """Whether the actor adds and withdraws days: never for a provider."""
    return actor.has(Permission.CALENDAR_KEEP) and not actor.for_provider


def preview_adding(*, actor: Actor, now: datetime, closing: NewClosing) -> Preview:
    """What adding a day or a stretch of days would move. Five statements.

    Promises of the whole area are counted, whoever asks: numbers and days, no cases.

    Raises:
        NotAllowed: the actor may not.
        ClosedDayImpossible: the days cannot be added.
    """
    _check(actor)
    _check_offices(closing)
    known = queries.days_on_list(since=closing.first)
    days = days_added(closing, known=known, today=local_day(now))
    after = queries.read_calendar().with_days((day, closing.holders) for day in days)
    return Preview(days=days, moves=_moves(actor, now, days, after))


def preview_withdrawing(*, actor: Actor, now: datetime, day: ClosedDayLine) -> Preview:
    """What withdrawing a day would move back. Four statements.

    Raises:
        NotAllowed: the actor may not.
    """
    _check(actor)
    after = queries.NO_ADDITION.with_days(
        (one.on, one.holders)
        for one in queries.list_closed_days()
        if one.withdrawn_at is None and one.public_id != day.public_id
    )
    return Preview(days=(day.on,), moves=_moves(actor, now, [day.on], after))


@transaction.atomic
def add_days(*, actor: Actor, now: datetime, closing: NewClosing) -> tuple[date, ...]:
    """Add the working days of a stretch on which offices are closed; which they are.

    Raises:
        NotAllowed: the actor may not.
        ClosedDayImpossible: the days cannot be added, or something is missing.
    """
    _check(actor)
    _check_offices(closing)
    made = operations.add_closed_days(actor=actor, now=now, closing=closing)
    for day_id in made.values():
        _audit(actor, now, AuditAction.CLOSED_DAY_ADDED, day_id)
    return tuple(made)


@transaction.atomic
def withdraw_day(*, actor: Actor, now: datetime, day_id: UUID, reason: str) -> None:
    """Take a day back: offices are open after all.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such day.
        ClosedDayImpossible: there is no reason, or the day has passed.
    """
    _check(actor)
    operations.withdraw_closed_day(actor=actor, now=now, day_id=day_id, reason=reason)
    _audit(actor, now, AuditAction.CLOSED_DAY_WITHDRAWN, day_id)


def _moves(
    actor: Actor, now: datetime, days: Sequence[date], after: Calendar
) -> tuple[Move, ...]:
    service = queries.get_service(area_id=actor.area_id)
    with acting_as(accounts.get_receiver(agency_id=service, now=now)):
        running = count_across(first=min(days), last=max(days))
    found: Counter[tuple[str, date, date]] = Counter()
    for one in running:
        becomes = _due(one, after)
        if becomes != one.due_on:
            found[one.holder, one.due_on, becomes] += one.promises
    return tuple(
        Move(holder=holder, was=was, becomes=becomes, promises=number)
        for (holder, was, becomes), number in sorted(found.items())
    )


def _due(one: RunningAcross, after: Calendar) -> date:
    rule = rule_for(one.rule, one.rule_from)
    if rule.standard.unit is not Unit.WORKING_DAYS:
        return one.due_on
    closed = after.closed_for(rule.duty_holder)
    return due_on(rule, one.starts_on, one.enhanced, closed)


def _check(actor: Actor) -> None:
    permissions.check_has(actor, Permission.CALENDAR_KEEP)
    if actor.for_provider:
        raise NotAllowed


def _check_offices(closing: NewClosing) -> None:
    if set(closing.holders) - {EVERYBODY, *OFFICES}:
        raise ClosedDayImpossible("Choose whose offices are closed", field="holders")


def _audit(actor: Actor, now: datetime, action: AuditAction, day_id: UUID) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="closed_day", public_id=day_id),
    )
