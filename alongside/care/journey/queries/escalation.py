"""Which promises somebody is to be told of, and who was told. Nothing here writes."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.journey.tables import rule_for
from alongside.care.journey.tables.escalation import RUNG_LABELS, rungs_on
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.escalation import EscalationLine, ToEscalate
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound

# A body that owes is told by notice or by letter; this service tells itself by its
# workers. Nobody tells the police of a case hidden from them, or kept only (33).
TO_ESCALATE = """
    SELECT k.id, k.case_id, r.code, k.holder,
           CASE WHEN r.told = 'worker' THEN c.worker_id END,
           CASE WHEN r.told = 'holder' AND k.holder = 'police' THEN f.sender_id END
      FROM journey_clock k
      JOIN casework_case c ON c.id = k.case_id AND c.status <> 'closed'
      LEFT JOIN casework_victimisation v ON v.id = k.victimisation_id
      LEFT JOIN intake_referral f ON f.id = v.referral_id
     CROSS JOIN unnest(%(codes)s::text[], %(told)s::text[], %(standard)s::int[],
                       %(enhanced)s::int[], %(until)s::int[])
           r(code, told, standard, enhanced, until_days)
     WHERE k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
       AND k.due_on < %(on)s AND k.due_on >= %(oldest)s AND k.holder <> 'victim'
       AND c.agency_id = %(agency)s
       AND %(on)s - k.due_on <= r.until_days
       AND %(on)s - k.due_on
           >= CASE WHEN k.enhanced THEN r.enhanced ELSE r.standard END
       AND NOT (r.told = 'holder' AND k.holder IN ('service', 'any_provider'))
       AND NOT (r.told = 'holder' AND c.compartments & 33 <> 0)
       AND NOT EXISTS (SELECT 1 FROM journey_escalation x
                        WHERE x.clock_id = k.id AND x.rung = r.code)
     ORDER BY k.due_on, k.id LIMIT %(limit)s
"""
# Of the case in which the promise runs now: where two cases became one, who was told is
# read in the case that stayed.
LIST = """
    SELECT x.public_id, x.rung, x.holder, k.rule, k.rule_from, k.due_on, x.at,
           coalesce(u.name, g.name, ''), c.public_id, coalesce(v.crime_ref, ''),
           k.met_on IS NOT NULL OR k.not_owed_reason <> ''
           OR k.replaced_by_id IS NOT NULL,
           x.answer, x.answered_at, coalesce(b.name, ''), x.clock_id
      FROM journey_escalation x
      JOIN journey_clock k ON k.id = x.clock_id
      JOIN casework_case c ON c.id = k.case_id
      LEFT JOIN casework_victimisation v ON v.id = k.victimisation_id
      LEFT JOIN accounts_user u ON u.id = x.user_id
      LEFT JOIN organisations_agency g ON g.id = x.agency_id
      LEFT JOIN accounts_user b ON b.id = x.answered_by_id
     WHERE (%(rung)s = '' OR x.rung = %(rung)s)
       AND (%(holder)s = '' OR x.holder = %(holder)s)
       AND (NOT %(open)s OR x.answer = '' AND k.met_on IS NULL
            AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL)
       AND (%(one)s::uuid IS NULL OR x.public_id = %(one)s)
       AND (%(clocks)s::bigint[] IS NULL OR x.clock_id = ANY (%(clocks)s))
     ORDER BY x.at DESC, x.id DESC LIMIT %(limit)s OFFSET %(skip)s
"""


def find_to_escalate(*, actor: Actor, on: date, limit: int) -> list[ToEscalate]:
    """Promises past their day of which somebody is to be told on a day and was not,
    longest past first. One statement."""
    rungs = rungs_on(on)
    oldest = max((rung.until_days for rung in rungs), default=0)
    with connection.cursor() as cursor:
        cursor.execute(
            TO_ESCALATE,
            {
                "codes": [rung.code for rung in rungs],
                "told": [rung.to for rung in rungs],
                "standard": [rung.standard for rung in rungs],
                "enhanced": [rung.enhanced for rung in rungs],
                "until": [rung.until_days for rung in rungs],
                "on": on,
                "oldest": date.fromordinal(on.toordinal() - oldest),
                "agency": actor.agency_id,
                "limit": limit,
            },
        )
        return [
            ToEscalate(
                clock_id=row[0],
                case_id=row[1],
                rung=row[2],
                holder=DutyHolder(row[3]),
                user_id=row[4],
                agency_id=row[5],
            )
            for row in cursor.fetchall()
        ]


def list_escalations(
    *,
    rung: str = "",
    holder: DutyHolder | None = None,
    unanswered: bool = False,
    limit: int,
    skip: int = 0,
) -> list[EscalationLine]:
    """Who was told of what, newest first; with `unanswered` only what still runs and
    has no answer. One statement."""
    return _list(
        rung=rung if rung in RUNG_LABELS else "",
        holder=holder or "",
        open=unanswered,
        limit=limit,
        skip=skip,
        one=None,
        clocks=None,
    )


def list_told(*, clock_ids: Sequence[int]) -> dict[int, list[EscalationLine]]:
    """By promise who was told that it passed its day, in order. One statement."""
    found: dict[int, list[EscalationLine]] = defaultdict(list)
    lines = _list(
        rung="",
        holder="",
        open=False,
        limit=len(clock_ids) * len(RUNG_LABELS),
        skip=0,
        one=None,
        clocks=list(clock_ids),
    )
    for line in reversed(lines):
        found[line.clock_id].append(line)
    return found


def get_escalation(*, public_id: UUID) -> EscalationLine:
    """One of them. One statement.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    found = _list(
        rung="", holder="", open=False, limit=1, skip=0, one=public_id, clocks=None
    )
    if not found:
        raise NotFound("We could not find that")
    return found[0]


def _list(**values: Any) -> list[EscalationLine]:
    with connection.cursor() as cursor:
        cursor.execute(LIST, values)
        return [
            EscalationLine(
                public_id=row[0],
                rung=row[1],
                holder=DutyHolder(row[2]),
                label=rule_for(row[3], row[4]).label,
                due_on=row[5],
                at=row[6],
                told_name=row[7],
                case_id=row[8],
                crime_ref=row[9],
                settled=row[10],
                answer=row[11],
                answered_at=row[12],
                answered_by=row[13],
                clock_id=row[14],
            )
            for row in cursor.fetchall()
        ]
