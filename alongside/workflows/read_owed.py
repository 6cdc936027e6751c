"""Who owes whom what, across cases, for those who see that promises are kept."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.care.journey.queries import owed
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.owed import (
    ForceOwed,
    Lateness,
    OwedAsked,
    OwedLine,
    OwedPlace,
)
from alongside.care.people import queries as people
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import TeamChoice

PURPOSE = "list of promises"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What somebody chose above the list. None and empty narrow nothing."""

    holder: DutyHolder | None = None
    lateness: Lateness | None = None
    right: int | None = None
    team: UUID | None = None
    tier: str = ""


@dataclass(frozen=True, kw_only=True)
class OwedPage:
    """One page of running promises, with every promise counted by who owes it.

    `names` are by person; `next_place` is where the next page begins.
    """

    lines: tuple[OwedLine, ...]
    names: dict[int, str]
    counts: dict[tuple[DutyHolder, Lateness], int]
    teams: tuple[TeamChoice, ...]
    next_place: OwedPlace | None
    on: date


@dataclass(frozen=True, kw_only=True)
class ForcePage:
    """One page of what a force owes, by its own numbers."""

    lines: tuple[ForceOwed, ...]
    has_more: bool
    on: date


def read_owed(
    *,
    actor: Actor,
    now: datetime,
    chosen: Filters,
    place: OwedPlace | None = None,
    size: int,
) -> OwedPage:
    """Running promises soonest due first, with names. Four statements.

    Raises:
        NotFound: the agency has no such team.
    """
    on = local_day(now)
    teams = organisations.list_teams(agency_id=actor.agency_id)
    asked = _asked(chosen, teams, on)
    lines = owed.list_owed(asked, place=place, limit=size + 1)
    shown = lines[:size]
    labels = people.open_labels(
        person_ids=[line.person_id for line in shown], purpose=PURPOSE, now=now
    )
    return OwedPage(
        lines=tuple(shown),
        names={key: label.name for key, label in labels.items()},
        counts=owed.count_owed(on=on),
        teams=tuple(teams),
        next_place=_after(shown, place) if len(lines) > size else None,
        on=on,
    )


def export_owed(
    *, actor: Actor, now: datetime, chosen: Filters, limit: int
) -> list[OwedLine]:
    """The same as rows of a file, without names; that it was saved is audited.

    Raises:
        NotFound: the agency has no such team.
    """
    teams = organisations.list_teams(agency_id=actor.agency_id)
    asked = _asked(chosen, teams, local_day(now))
    lines = owed.list_owed(asked, limit=limit)
    _note(actor, now, "list of promises")
    return lines


def read_force_owed(
    *,
    actor: Actor,
    now: datetime,
    lateness: Lateness | None,
    start: int,
    size: int,
    as_file: bool = False,
) -> ForcePage:
    """What the actor's force owes to victims of the crimes it sent. Two statements.

    By the force's own numbers: no name, and nothing of a case hidden from the police.
    """
    on = local_day(now)
    lines = owed.list_owed_by_force(
        actor=actor, on=on, lateness=lateness, skip=start, limit=size + 1
    )
    if as_file:
        _note(actor, now, "what a force owes")
    return ForcePage(lines=tuple(lines[:size]), has_more=len(lines) > size, on=on)


def _note(actor: Actor, now: datetime, purpose: str) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.OWED_EXPORTED,
        subject=Subject(kind="clock"),
        purpose=purpose,
    )


def _asked(chosen: Filters, teams: list[TeamChoice], on: date) -> OwedAsked:
    team_id = None
    if chosen.team is not None:
        team_id = next((t.team_id for t in teams if t.public_id == chosen.team), None)
        if team_id is None:
            raise NotFound("We could not find that team")
    return OwedAsked(
        on=on,
        holder=chosen.holder,
        lateness=chosen.lateness,
        right=chosen.right,
        team_id=team_id,
        tier=chosen.tier,
    )


def _after(shown: list[OwedLine], place: OwedPlace | None) -> OwedPlace:
    """Where the page after these lines begins."""
    day = shown[-1].due_on
    on_day = sum(line.due_on == day for line in shown)
    before = place.skip if place is not None and place.day == day else 0
    return OwedPlace(day=day, skip=before + on_day)
