"""The journey of a case: its matters, what happened, and what the person was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CrimeLine
from alongside.care.journey import queries, rules
from alongside.care.journey.queries import EventLine, MatterLine, TellingLine
from alongside.care.journey.types import Happened, Step
from alongside.care.journey.types.matters import EventMatter
from alongside.care.telling import queries as telling
from alongside.foundation.accounts.types import Actor
from alongside.workflows.read_case import CaseBrief, read_brief

MOST_EVENTS = 2000


@dataclass(frozen=True, kw_only=True)
class MatterView:
    """A matter, the crime it is of, and each step on its way, the first first."""

    line: MatterLine
    crime: CrimeLine
    begins: str
    since: datetime
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class JourneyView:
    """Everything the page of a journey shows. `events` are newest first; `unexpected`
    are those that came where nobody expects them; `to_tell`, those that the person is
    still to be told of."""

    brief: CaseBrief
    crimes: tuple[CrimeLine, ...]
    matters: tuple[MatterView, ...]
    events: tuple[EventLine, ...]
    tellings: dict[int, list[TellingLine]]
    unexpected: frozenset[int]
    to_tell: frozenset[UUID]


def read_journey(*, actor: Actor, now: datetime, case_id: UUID) -> JourneyView:
    """The journey of a case, open or closed. Eight statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    crimes = casework.list_crimes(case_ids=[brief.case.case_id])
    keys = [crime.victimisation_id for crime in crimes]
    events = queries.list_events(victimisation_ids=keys, limit=MOST_EVENTS)
    victims = queries.find_victims(victimisation_ids=keys)
    by_key = {crime.victimisation_id: crime for crime in crimes}
    matters = tuple(
        _matter(
            line, by_key[line.victimisation_id], victims[line.victimisation_id], events
        )
        for line in queries.list_matters(victimisation_ids=keys)
    )
    return JourneyView(
        brief=brief,
        crimes=tuple(crimes),
        matters=matters,
        events=tuple(events),
        tellings=queries.list_tellings(victimisation_ids=keys),
        unexpected=frozenset(
            step.event_id
            for matter in matters
            for step in matter.steps
            if step.unexpected
        ),
        to_tell=frozenset(
            owed.event_id
            for owed in telling.list_owed_of_case(
                actor=actor, case_key=brief.case.case_id, limit=MOST_EVENTS
            )
        ),
    )


def _matter(
    line: MatterLine, crime: CrimeLine, victim: EventMatter, events: Sequence[EventLine]
) -> MatterView:
    own = [
        happened[1]
        for happened in map(_happened, events)
        if happened is not None and happened[0] == line.victimisation_id
    ]
    _, steps = rules.way_of(victim, own, (line.suspect_ref, line.offence_code))
    return MatterView(
        line=line,
        crime=crime,
        begins=victim.begins,
        since=victim.since,
        steps=tuple(steps),
    )


def _happened(event: EventLine) -> tuple[int, Happened] | None:
    """The event where it counts, and of which victimisation."""
    if event.superseded_by is not None:
        return None
    return event.victimisation_id, Happened(
        event_id=event.event_id,
        event=event.event,
        suspect_ref=event.suspect_ref,
        offence_code=event.offence_code,
        occurred_at=event.occurred_at,
        detail=event.detail,
        content_hash=event.content_hash,
    )
