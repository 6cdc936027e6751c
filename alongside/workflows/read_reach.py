"""What stands about reaching people: in one case, and across cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.care.journey.queries import ClockLine
from alongside.care.journey.queries.clocks import list_clocks
from alongside.care.journey.queries.reach import (
    count_freed,
    list_out_of_reach,
    list_reach,
)
from alongside.care.journey.tables.reach import BASES
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.reach import ReachCase, ReachLine
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.workflows.read_case import CaseBrief, read_brief


@dataclass(frozen=True, kw_only=True)
class ReachView:
    """A case, when its person was out of reach, and what is not owed because of it."""

    brief: CaseBrief
    lines: tuple[ReachLine, ...]
    freed: tuple[ClockLine, ...]


@dataclass(frozen=True, kw_only=True)
class NotOwedView:
    """Promises that are not owed because of facts, counted, and a page of who is out of
    reach."""

    counts: Mapping[tuple[str, DutyHolder], int]
    cases: tuple[ReachCase, ...]
    has_more: bool
    on: date


def read_reach(*, actor: Actor, now: datetime, case_id: UUID) -> ReachView:
    """What stood and stands about reaching the person of a case. Four statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    key = brief.case.case_id
    clocks = list_clocks(case_id=key, on=local_day(now))
    return ReachView(
        brief=brief,
        lines=tuple(list_reach(key)),
        freed=tuple(clock for clock in clocks if clock.is_freed),
    )


def find_line(view: ReachView, reach_id: UUID) -> ReachLine:
    """One thing that stands.

    Raises:
        NotFound: there is none, or it is over.
    """
    for line in view.lines:
        if line.public_id == reach_id and line.until is None:
            return line
    raise NotFound("We could not find that, or it is over")


def read_not_owed(*, now: datetime, basis: str, start: int, size: int) -> NotOwedView:
    """Promises that are not owed because of facts, and who is out of reach. Two
    statements."""
    chosen = basis if basis in BASES else ""
    cases = list_out_of_reach(basis=chosen, skip=start, limit=size + 1)
    return NotOwedView(
        counts=count_freed(),
        cases=tuple(cases[:size]),
        has_more=len(cases) > size,
        on=local_day(now),
    )


def export_not_owed(*, actor: Actor, now: datetime, limit: int) -> list[ReachCase]:
    """Who is out of reach, as a file. That it was made is audited."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.REACH_EXPORTED,
        subject=Subject(kind="area", public_id=None),
        purpose="file",
    )
    return list_out_of_reach(basis="", skip=0, limit=limit)
