"""Whose time is over, rule by rule, and the rounds that watch over rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from alongside.care.information_rights import queries
from alongside.care.information_rights.operations import packs, reminding
from alongside.care.information_rights.queries import DueLine, RunLine
from alongside.care.information_rights.tables import RETENTION
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as
from alongside.workflows.erase import work_approved


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleCount:
    """How many people's time is over by one rule, and how many stay by a hold."""

    due: int = 0
    kept_by_law: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DueView:
    """Whose time is over on a day: by rule, the first of them, and the live run."""

    day: date
    by_rule: Mapping[str, RuleCount]
    lines: tuple[DueLine, ...]
    live: RunLine | None
    past: tuple[RunLine, ...]

    @property
    def total(self) -> int:
        """How many would be erased."""
        return sum(one.due for one in self.by_rule.values())


def read_due(*, actor: Actor, now: datetime, day: date, limit: int) -> DueView:
    """Whose time is over on a day. Three statements; no name among it.

    Raises:
        DatabaseError: the actor is not of information governance, nor the round.
    """
    lines = queries.list_due(actor=actor, now=now, day=day, limit=limit)
    by_rule = {row.code: RuleCount() for row in RETENTION if row.holds_on(day)}
    for line in lines:
        before = by_rule[line.rule]
        by_rule[line.rule] = (
            RuleCount(due=before.due, kept_by_law=line.people)
            if line.kept_by_law
            else RuleCount(due=line.people, kept_by_law=before.kept_by_law)
        )
    runs = queries.list_runs(actor=actor, limit=10)
    over = tuple(run for run in runs if run.ended_at or run.declined_at)
    live = next((run for run in runs if run not in over), None)
    return DueView(day=day, by_rule=by_rule, lines=tuple(lines), live=live, past=over)


def watch_rights(*, now: datetime) -> None:
    """Remind of what is due, delete old packs, and carry out what was approved.

    For every service, as its feed receiver. Safe to repeat.
    """
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        try:
            actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        except NotFound:
            continue
        with acting_as(actor):
            with transaction.atomic():
                reminding.remind_of_requests(actor=actor, now=now)
                reminding.remind_of_holds(actor=actor, now=now)
                packs.delete_old_packs(actor=actor, now=now)
            work_approved(actor=actor, now=now)
