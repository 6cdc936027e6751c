"""What is to be told: events whose promise runs and which nobody has told yet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection

from alongside.care.contact.types import Channel
from alongside.care.journey.tables.reach import NOTHING_OWED
from alongside.care.journey.types import WishKind
from alongside.care.telling.tables import TOLD_RULES, WAYS
from alongside.care.telling.types import Policy
from alongside.foundation.accounts.types import Actor

# Each event once, by the soonest of its promises. What is on its way is not to be told
# a second time.
EVERY = """
    SELECT k.id, k.event_id, e.public_id, e.event, e.occurred_at, e.received_at,
           e.detail, k.due_on, k.holder, c.public_id, c.id, c.person_id,
           c.tier, c.high_risk, coalesce(w.name, ''), t.name,
           coalesce(u.state, ''), coalesce(u.failed, '')
      FROM journey_clock k
      JOIN journey_journeyevent e ON e.id = k.event_id
      JOIN casework_case c ON c.id = k.case_id
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN accounts_user w ON w.id = c.worker_id
      LEFT JOIN telling_update u ON u.case_id = k.case_id AND u.event_id = k.event_id
            AND u.state <> 'dropped'
"""
# First which, from the index of running promises in its order, each other fact looked
# up by itself (OFFSET 0): a join there would have every promise of the area read and
# sorted for one page. Then what is shown of those.
WHICH = """
    SELECT k.id FROM journey_clock k
     WHERE k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
       AND k.rule = ANY (%(rules)s::text[])
       AND EXISTS (SELECT 1 FROM journey_journeyevent e WHERE e.id = k.event_id
            AND e.superseded_by_id IS NULL OFFSET 0)
       AND NOT EXISTS (SELECT 1 FROM telling_update u WHERE u.case_id = k.case_id
            AND u.event_id = k.event_id
            AND u.state NOT IN ('drafted', 'failed', 'dropped') OFFSET 0)
       AND NOT EXISTS (SELECT 1 FROM journey_clock o WHERE o.case_id = k.case_id
            AND o.event_id = k.event_id AND o.met_on IS NULL AND o.not_owed_reason = ''
            AND o.replaced_by_id IS NULL AND o.rule = ANY (%(rules)s::text[])
            AND (o.due_on, o.id) < (k.due_on, k.id) OFFSET 0)
       AND NOT EXISTS (SELECT 1 FROM journey_outofreach r WHERE r.case_id = k.case_id
            AND r.until IS NULL AND r.basis = ANY (%(nothing)s::text[]) OFFSET 0)
       {part}
     ORDER BY k.due_on, k.id LIMIT %(limit)s
"""
OWED = "{every} WHERE k.id = ANY (ARRAY({which})) ORDER BY k.due_on, k.id"
COUNT = "SELECT count(*) FROM ({which}) owed"
# What might leave by itself: nothing was begun for it, and the person said by which
# channel they want to be told.
BY_ITSELF = """
    {every}
      JOIN journey_wish s ON s.case_id = k.case_id AND s.until IS NULL
           AND s.asks = ANY (%(asks)s::text[]) AND s.channel = ANY (%(by)s::text[])
     WHERE k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
       AND k.rule = ANY (%(rules)s::text[]) AND e.superseded_by_id IS NULL
       AND c.agency_id = %(agency)s AND u.id IS NULL AND NOT c.high_risk
       AND c.status <> 'closed' AND e.event = ANY (%(events)s::text[])
       AND c.tier = ANY (%(tiers)s::text[])
       {part}
     ORDER BY k.due_on, k.id LIMIT %(limit)s
"""
WISHED = "SELECT channel FROM journey_wish WHERE case_id = %s AND until IS NULL"
# One event, told or not, with the promise that is soonest to be kept.
ONE = """
    {every}
     WHERE k.case_id = %(case)s AND e.public_id = %(event)s
       AND e.superseded_by_id IS NULL AND k.rule = ANY (%(rules)s::text[])
       AND k.replaced_by_id IS NULL
     ORDER BY k.met_on IS NULL AND k.not_owed_reason = '' DESC, k.due_on, k.id LIMIT 1
"""
# The same news of several crimes of one person: all of them are told at once.
SAME_NEWS = """
    SELECT o.id FROM journey_journeyevent e
      JOIN casework_victimisation v ON v.id = e.victimisation_id
      JOIN casework_victimisation s ON s.case_id = v.case_id
      JOIN journey_journeyevent o ON o.victimisation_id = s.id AND o.event = e.event
           AND o.occurred_at = e.occurred_at AND o.detail = e.detail
           AND o.suspect_ref = e.suspect_ref
           AND o.superseded_by_id IS NULL
     WHERE e.id = %s AND v.case_id = %s ORDER BY o.id
"""
RUNNING = """
    SELECT k.id FROM journey_clock k
     WHERE k.case_id = %(case)s AND k.event_id = ANY (%(events)s::bigint[])
       AND k.rule = ANY (%(rules)s::text[]) AND k.met_on IS NULL
       AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM journey_outofreach r WHERE r.case_id = k.case_id
            AND r.until IS NULL AND r.basis = ANY (%(nothing)s::text[]))
     ORDER BY k.id
"""

Given = dict[str, str | int | date | UUID | list[int] | list[str] | None]


class Whose(StrEnum):
    """Whose cases a list of what is to be told looks at."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


# A worker's own cases are few: their promises are looked up by case.
PARTS = {
    Whose.MINE: """ AND k.case_id = ANY (ARRAY(SELECT c.id FROM casework_case c
        WHERE c.worker_id = %(user)s AND c.agency_id = %(agency)s))""",
    Whose.TEAM: """ AND EXISTS (SELECT 1 FROM casework_case c WHERE c.id = k.case_id
        AND c.team_id = %(team)s AND c.agency_id = %(agency)s OFFSET 0)""",
    Whose.ALL: """ AND EXISTS (SELECT 1 FROM casework_case c WHERE c.id = k.case_id
        AND c.agency_id = %(agency)s OFFSET 0)""",
}
AFTER = " AND (k.due_on, k.id) > (%(due)s, %(clock)s)"
OF_CASE = f" AND k.case_id = %(case)s {PARTS[Whose.ALL]}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list goes on: after this day and clock."""

    due_on: date
    clock_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedEvent:
    """Something that happened and that one person is still to be told.

    `state` and `failed` are those of an update that was begun for it, if any.
    """

    clock_id: int
    event_key: int
    event_id: UUID
    event: str
    occurred_at: datetime
    received_at: datetime
    detail: Mapping[str, object]
    due_on: date
    holder: str
    case_id: UUID
    case_key: int
    person_id: int
    tier: str
    high_risk: bool
    worker: str
    team: str
    state: str
    failed: str


def list_owed(
    *, actor: Actor, whose: Whose, after: Place | None = None, limit: int
) -> list[OwedEvent]:
    """What is to be told in the cases of the actor's agency, soonest due first.

    One statement.
    """
    part = PARTS[whose] + (AFTER if after else "")
    return _read(
        OWED.format(every=EVERY, which=WHICH.format(part=part)),
        {**_given(actor, limit), **_after(after)},
    )


def list_owed_of_case(*, actor: Actor, case_key: int, limit: int) -> list[OwedEvent]:
    """What is to be told in one case. One statement."""
    return _read(
        OWED.format(every=EVERY, which=WHICH.format(part=OF_CASE)),
        {**_given(actor, limit), "case": case_key},
    )


def count_owed(*, actor: Actor, whose: Whose, most: int) -> int:
    """How much is to be told, counted no further than `most`. One statement."""
    text = COUNT.format(which=WHICH.format(part=PARTS[whose]))
    with connection.cursor() as cursor:
        cursor.execute(text, _given(actor, most))
        found: int = cursor.fetchone()[0]
        return found


def find_event(*, case_key: int, event_id: UUID) -> OwedEvent | None:
    """An event of a case with the soonest promise it started, told or not.

    None where the case has no such event, or it started no promise to tell.
    """
    given: Given = {"rules": TOLD_RULES, "case": case_key, "event": event_id}
    found = _read(ONE.format(every=EVERY), given)
    return found[0] if found else None


def list_by_itself(
    *, actor: Actor, policy: Policy, after: Place | None = None, limit: int
) -> list[OwedEvent]:
    """What might leave by itself under an area's policy, soonest due first.

    Rules decide about each (`rules.why_by_hand`). One statement.
    """
    given = _given(actor, limit) | {
        "events": sorted(policy.events),
        "tiers": sorted(policy.tiers),
        "asks": [WishKind.EVERY.value],
        "by": sorted(way.code.value for way in WAYS.values() if way.leaves),
    }
    part = AFTER if after else ""
    return _read(BY_ITSELF.format(every=EVERY, part=part), given | _after(after))


def find_wished_channel(*, case_key: int) -> Channel | None:
    """By which channel somebody asked to be told; None where they did not say."""
    with connection.cursor() as cursor:
        cursor.execute(WISHED, [case_key])
        found = cursor.fetchone()
    return Channel(found[0]) if found and found[0] else None


def list_same_news(*, case_key: int, event_key: int) -> list[int]:
    """The event and those of the case's other crimes that say the very same."""
    with connection.cursor() as cursor:
        cursor.execute(SAME_NEWS, [event_key, case_key])
        return [row[0] for row in cursor.fetchall()]


def list_running_promises(*, case_key: int, event_ids: Sequence[int]) -> list[int]:
    """The clocks to tell that still run for these events of a case."""
    with connection.cursor() as cursor:
        cursor.execute(
            RUNNING,
            {
                "case": case_key,
                "events": list(event_ids),
                "rules": TOLD_RULES,
                "nothing": NOTHING_OWED,
            },
        )
        return [row[0] for row in cursor.fetchall()]


def _given(actor: Actor, limit: int) -> Given:
    return {
        "rules": TOLD_RULES,
        "nothing": NOTHING_OWED,
        "agency": actor.agency_id,
        "user": actor.user_id,
        "team": actor.team_id,
        "limit": limit,
    }


def _after(place: Place | None) -> Given:
    if place is None:
        return {}
    return {"due": place.due_on, "clock": place.clock_id}


def _read(text: str, given: Given) -> list[OwedEvent]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return [_owed(row) for row in cursor.fetchall()]


def _owed(row: tuple[object, ...]) -> OwedEvent:
    names = OwedEvent.__slots__
    given = dict(zip(names, row, strict=True))
    given["detail"] = as_detail(given["detail"])
    return OwedEvent(**given)  # type: ignore[arg-type]


def as_detail(value: object) -> dict[str, object]:
    """What an event says; Django has its connections hand JSON over as text."""
    found = json.loads(value) if isinstance(value, str) else value
    return found if isinstance(found, dict) else {}
