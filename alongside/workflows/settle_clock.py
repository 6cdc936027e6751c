"""Settling one promise of a case, named without its key in the database."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.journey import operations, queries
from alongside.care.journey.queries import ClockLine
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day


def clock_name(*, case_id: UUID, clock_id: int) -> UUID:
    """What a page calls a clock: always the same, and nothing can be told from it."""
    return uuid5(case_id, str(clock_id))


def read_clock(*, actor: Actor, now: datetime, case_id: UUID, name: UUID) -> ClockLine:
    """One promise of a case that is not settled yet. Two statements.

    Raises:
        NotFound: there is no such promise, or it is settled already.
    """
    case = casework.get_case(actor=actor, public_id=case_id)
    for clock in queries.list_clocks(case_id=case.pk, on=local_day(now)):
        named = clock_name(case_id=case_id, clock_id=clock.clock_id)
        if named == name and not clock.settled:
            return clock
    raise NotFound("We could not find that promise, or it is settled already")


@transaction.atomic
def mark_met(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    name: UUID,
    met_on: date,
    evidence: str,
) -> None:
    """Say that a promise was kept (see `journey.operations.mark_met`)."""
    clock = read_clock(actor=actor, now=now, case_id=case_id, name=name)
    operations.mark_met(
        actor=actor,
        now=now,
        case_id=case_id,
        clock_id=clock.clock_id,
        met_on=met_on,
        evidence=evidence,
    )


@transaction.atomic
def mark_not_owed(
    *, actor: Actor, now: datetime, case_id: UUID, name: UUID, reason: str
) -> None:
    """Say that a promise is not owed (see `journey.operations.mark_not_owed`)."""
    clock = read_clock(actor=actor, now=now, case_id=case_id, name=name)
    operations.mark_not_owed(
        actor=actor,
        now=now,
        case_id=case_id,
        clock_id=clock.clock_id,
        reason=reason,
    )
