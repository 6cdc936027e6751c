"""Who must give evidence, when, and whether they know. Nothing here writes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.foundation.accounts.types import Actor

# Of several suspects the hearing that comes soonest counts; of what was said of one
# suspect's hearing the newest. Days are compared as they are written: a day that is
# no day orders itself and is shown as none. First who, in order; then what is shown.
WITNESSES = """
    SELECT v.id, v.case_id, c.public_id, c.person_id, v.role, v.crime_ref,
           coalesce(u.name, ''), t.name, asked.received_at,
           coalesce((SELECT true FROM journey_telling g WHERE g.victimisation_id = v.id
                        AND g.event_id = asked.id AND g.taken_back_at IS NULL LIMIT 1),
                    (SELECT true FROM journey_clock k WHERE k.case_id = v.case_id
                        AND k.event_id = asked.id AND k.met_on IS NOT NULL
                        AND k.replaced_by_id IS NULL LIMIT 1),
                    false),
           w.hearing_on,
           coalesce((SELECT e.detail ->> 'court' FROM journey_journeyevent e
                      WHERE e.victimisation_id = v.id AND e.event = ANY (%(hearings)s)
                        AND e.superseded_by_id IS NULL AND e.detail ->> 'court' <> ''
                      ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1), ''),
           coalesce(ended.event, ''), ended.occurred_at,
           coalesce((SELECT true FROM journey_telling g WHERE g.victimisation_id = v.id
                        AND g.event_id = ended.id AND g.taken_back_at IS NULL LIMIT 1),
                    (SELECT true FROM journey_clock k WHERE k.case_id = v.case_id
                        AND k.event_id = ended.id AND k.met_on IS NOT NULL
                        AND k.replaced_by_id IS NULL LIMIT 1),
                    false)
      FROM journey_must_come(%(today)s, %(hearings)s, %(ends)s, %(worker)s, %(role)s,
                             %(show)s, %(limit)s, %(skip)s)
           WITH ORDINALITY AS w(id, hearing_on, ended_id, place)
      JOIN casework_victimisation v ON v.id = w.id
      JOIN casework_case c ON c.id = v.case_id
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN accounts_user u ON u.id = c.worker_id
      LEFT JOIN journey_journeyevent ended ON ended.id = w.ended_id
      LEFT JOIN LATERAL (
           SELECT e.id, e.received_at FROM journey_journeyevent e
            WHERE e.victimisation_id = v.id AND e.event = 'witness_required'
              AND e.superseded_by_id IS NULL
            ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1) asked ON true
     ORDER BY w.place
"""
HEARINGS = ("first_hearing_listed", "hearing_listed", "hearing_changed")
ENDS = ("trial_verdict", "case_stopped", "sentenced")


class Showing(StrEnum):
    """Which witnesses are listed."""

    COMING = "coming"  # the hearing is to come, or has no day yet
    PASSED = "passed"  # its day has passed and nobody told us what came of it
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class WitnessLine:
    """Somebody who must give evidence in one crime. `told` says that they know."""

    victimisation_id: int
    case_key: int
    case_id: UUID
    person_key: int
    role: str
    crime_ref: str
    worker: str
    team: str
    asked_at: datetime | None
    told: bool
    hearing_on: date | None
    court: str
    ended_by: str
    ended_at: datetime | None
    told_result: bool


def list_witnesses(
    *,
    actor: Actor,
    today: date,
    showing: Showing,
    role: str = "",
    mine: bool = False,
    limit: int,
    skip: int = 0,
) -> list[WitnessLine]:
    """Who must give evidence: those whose hearing comes soonest first, then those who
    have no day yet. One statement.

    Victims whom witness care was told are needed, and witnesses whose crime has come
    to court.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            WITNESSES,
            {
                "hearings": list(HEARINGS),
                "ends": list(ENDS),
                "today": today.isoformat(),
                "worker": actor.user_id if mine else 0,
                "role": role,
                "show": showing.value,
                "limit": limit,
                "skip": skip,
            },
        )
        return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> WitnessLine:
    return WitnessLine(
        victimisation_id=row[0],
        case_key=row[1],
        case_id=row[2],
        person_key=row[3],
        role=row[4],
        crime_ref=row[5],
        worker=row[6],
        team=row[7],
        asked_at=row[8],
        told=row[9],
        hearing_on=_day(row[10]),
        court=row[11],
        ended_by=row[12],
        ended_at=row[13],
        told_result=row[14],
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
