"""Bringing matters to where the events kept of them take them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alongside.care.journey import queries
from alongside.care.journey.operations import matters
from alongside.foundation.accounts.types import Actor
from alongside.walls.context import acting_as
from alongside.workflows.receiving import happenings

LOT = 5_000


@dataclass(frozen=True, slots=True)
class Settled:
    """How far a run has come: of `total` crimes of somebody `looked` at, and how many
    matters were brought elsewhere or begun."""

    total: int
    looked: int = 0
    changed: int = 0


Progress = Callable[[Settled], None]


class _OnlyTried(Exception):
    """Takes back what was only tried out."""


def settle_matters_of(
    *, actor: Actor, now: datetime, victimisation_ids: Sequence[int]
) -> int:
    """Settle the matters of these victimisations from every event that counts, and say
    how many were not where their events take them.

    For when the table of moves has changed, and for what was kept before there were
    matters: receiving does it by itself. Three statements, and those that write.
    """
    victims = queries.find_victims(victimisation_ids=victimisation_ids)
    known = queries.list_known(victimisation_ids=victimisation_ids)
    return happenings.settle_matters(
        actor=actor,
        now=now,
        victims=list(victims.values()),
        events={key: happenings.counting(events) for key, events in known.items()},
    )


def settle_area(
    *,
    actor: Actor,
    now: datetime,
    why: str,
    dry_run: bool = False,
    on_progress: Progress | None = None,
    lot: int = LOT,
) -> Settled:
    """Settle every matter that the actor sees, in lots, each its own transaction.

    Outside any transaction. With `dry_run` nothing is kept. Stopped in the middle, it
    can be run again: what stands where it should is not written.
    """
    with acting_as(actor), transaction.atomic():
        done = Settled(queries.count_live())
    after = 0
    while True:
        with acting_as(actor), transaction.atomic():
            keys = queries.list_live(after=after, limit=lot)
        if not keys:
            break
        after = keys[-1]
        changed = _settle_lot(actor, now, keys, keep=not dry_run)
        done = Settled(done.total, done.looked + len(keys), done.changed + changed)
        if on_progress is not None:
            on_progress(done)
    if not dry_run:
        with acting_as(actor), transaction.atomic():
            matters.record_settling(actor=actor, now=now, why=why)
    return done


def _settle_lot(actor: Actor, now: datetime, keys: Sequence[int], *, keep: bool) -> int:
    changed = 0
    try:
        with acting_as(actor), transaction.atomic():
            changed = settle_matters_of(actor=actor, now=now, victimisation_ids=keys)
            if not keep:
                raise _OnlyTried
    except _OnlyTried:
        pass
    return changed
