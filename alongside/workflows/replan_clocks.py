"""Planning the running promises of an area anew, in lots, each its own transaction.

What changes them: a limit that was corrected, a day on which offices are closed, or
promises that nobody wrote down. What was settled stays as it was.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from alongside.care.journey.operations import planning
from alongside.care.journey.operations.planning import Planned
from alongside.care.journey.queries.planning import case_keys
from alongside.care.journey.tables import RULES
from alongside.care.journey.types import DeadlineRule
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor
from alongside.foundation.organisations import operations as keeping
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import Uncounted
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as

LOT = 20_000

# How far a run has come: cases done, cases there are, and what came of it so far.
Progress = Callable[[int, int, Planned], None]


class _OnlyTried(Exception):
    """Takes back what was only tried out."""


def replan(
    *,
    actor: Actor,
    now: datetime,
    why: str,
    codes: Sequence[str] = (),
    limits: Sequence[DeadlineRule] = RULES,
    begin: bool = True,
    dry_run: bool = False,
    on_progress: Progress | None = None,
    lot: int = LOT,
    across: tuple[date, date] | None = None,
) -> Planned:
    """Plan anew what the actor's agency may see, outside any transaction.

    With `codes` only those limits are looked at, with `across` only promises that run
    on one of the days from the first to the last; with `dry_run` nothing is kept.
    Stopped in the middle, it can be run again: what is planned already stays.
    """
    with acting_as(actor), transaction.atomic():
        calendar = organisations.read_calendar()
        low, high = case_keys()
    done = Planned()
    for start in range(low, high + 1, lot):
        try:
            with acting_as(actor), transaction.atomic():
                done += planning.plan_lot(
                    actor=actor,
                    now=now,
                    limits=limits,
                    calendar=calendar,
                    low=start,
                    high=start + lot,
                    codes=codes,
                    begin=begin,
                    across=across,
                )
                if dry_run:
                    raise _OnlyTried
        except _OnlyTried:
            pass
        if on_progress is not None:
            on_progress(min(start + lot, high + 1) - low, high + 1 - low, done)
    if not dry_run:
        with acting_as(actor), transaction.atomic():
            planning.record_run(actor=actor, now=now, why=why)
    return done


def count_closed_days(*, now: datetime) -> Planned:
    """Count closed days that were added or withdrawn into the running promises of
    their area. Nothing where none was.

    Promises that do not run on one of these days are not looked at.
    """
    done = Planned()
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        with acting_as(actor), transaction.atomic():
            days = organisations.uncounted_days()
        if days:
            done += _count(actor, now, days)
    return done


def _count(actor: Actor, now: datetime, days: Sequence[Uncounted]) -> Planned:

    def note(cases: int, of: int, _: Planned) -> None:
        with acting_as(actor), transaction.atomic():
            keeping.note_counting(
                actor=actor.label, now=now, days=days, done=cases, of=of
            )

    done = replan(
        actor=actor,
        now=now,
        why="closed days",
        begin=False,
        on_progress=note,
        across=(min(day.on for day in days), max(day.on for day in days)),
    )
    with acting_as(actor), transaction.atomic():
        keeping.mark_counted(actor=actor.label, now=now, days=days)
    return done
