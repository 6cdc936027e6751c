"""Who is out of reach, since when and why; and every fact that frees from promises.

Nothing here writes.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alongside.care.journey.models import OutOfReach
from alongside.care.journey.tables.reach import BASES
from alongside.care.journey.types import DutyHolder, Suppression, WishKind
from alongside.care.journey.types.reach import Fact, ReachCase, ReachLine

RANKS = (Suppression.OPTED_OUT, Suppression.NO_SAFE_CHANNEL, Suppression.UNCONTACTABLE)
FACTS = """
    SELECT w.case_id, w.asks, '', w.since, w.until FROM journey_wish w
     WHERE w.case_id = ANY (%(cases)s::bigint[]) AND w.asks <> 'every'
    UNION ALL
    SELECT o.case_id, o.basis, o.holder, o.since, o.until FROM journey_outofreach o
     WHERE o.case_id = ANY (%(cases)s::bigint[])
"""
WISHES = frozenset(WishKind)
COUNTS = "SELECT reason, holder, clocks FROM journey_count_not_owed()"
# What somebody must look at again first; the ends of cases, of which nobody does, last.
LIST = """
    SELECT o.public_id, c.public_id, o.basis, o.holder, o.since, o.review_on, o.words,
           coalesce(b.name, ''), t.name, coalesce(w.name, ''),
           (SELECT count(*) FROM journey_clock k
             WHERE k.case_id = o.case_id AND k.by_fact AND k.replaced_by_id IS NULL
               AND k.met_on IS NULL AND k.not_owed_reason = ANY (%(reasons)s))
      FROM journey_outofreach o
      JOIN casework_case c ON c.id = o.case_id
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN accounts_user w ON w.id = c.worker_id
      LEFT JOIN accounts_user b ON b.id = o.recorded_by_id
     WHERE o.until IS NULL AND (%(bases)s::text[] IS NULL OR o.basis = ANY (%(bases)s))
     ORDER BY o.review_on NULLS LAST, o.id OFFSET %(skip)s LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands about reaching somebody, by its key."""

    key: int
    basis: str
    since: datetime


def rank_of(reason: str) -> int:
    """Where a reason stands among those that hold at once: 0 is said first."""
    return RANKS.index(Suppression(reason)) + 1 if reason in RANKS else 0


def list_facts(case_ids: Sequence[int]) -> dict[int, list[Fact]]:
    """What frees, or freed, from promises to the people of these cases. One
    statement."""
    found: dict[int, list[Fact]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"cases": list(case_ids)})
        for case_id, what, holder, since, until in cursor.fetchall():
            if what in WISHES:
                fact = Fact(
                    reason=Suppression.OPTED_OUT,
                    rank=rank_of(Suppression.OPTED_OUT),
                    asks=WishKind(what),
                    since=since,
                    until=until,
                )
            else:
                basis = BASES[what]
                named = frozenset({DutyHolder(holder)} if holder else basis.holders)
                fact = Fact(
                    reason=basis.reason,
                    rank=rank_of(basis.reason),
                    holders=named,
                    all_promises=basis.all_promises,
                    since=since,
                    until=until,
                    anew=True,
                )
            found[case_id].append(fact)
    return dict(found)


def list_reach(case_id: int) -> list[ReachLine]:
    """When the person of a case was out of reach, what stands first, then newest
    first. One statement."""
    rows = OutOfReach.objects.select_related("recorded_by", "ended_by")
    lines = [_line(row) for row in rows.filter(case_id=case_id).order_by("-since")]
    return sorted(lines, key=lambda line: line.until is not None)


def standing_reach(case_ids: Sequence[int]) -> dict[int, list[Standing]]:
    """What stands of the people of these cases. One statement."""
    found: dict[int, list[Standing]] = defaultdict(list)
    rows = OutOfReach.objects.filter(case_id__in=list(case_ids), until=None)
    for row in rows.order_by("pk"):
        found[row.case_id].append(Standing(row.pk, row.basis, row.since))
    return dict(found)


def list_standing_cases() -> list[int]:
    """The cases the actor sees of which somebody must look again. One statement."""
    rows = OutOfReach.objects.filter(until=None, review_on__isnull=False)
    return list(rows.order_by("case_id").values_list("case_id", flat=True).distinct())


def _line(row: OutOfReach) -> ReachLine:
    return ReachLine(
        public_id=row.public_id,
        basis=row.basis,
        holder=DutyHolder(row.holder) if row.holder else None,
        since=row.since,
        words=row.words,
        review_on=row.review_on,
        by=row.recorded_by.name if row.recorded_by else "",
        until=row.until,
        ended_by=row.ended_by.name if row.ended_by else "",
        ended_why=row.ended_why,
    )


def count_freed() -> dict[tuple[str, DutyHolder], int]:
    """How many promises are not owed because of a fact, by reason and by who owes
    them, as far as the actor may know of them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return {
            (reason, DutyHolder(holder)): number
            for reason, holder, number in cursor.fetchall()
        }


def list_out_of_reach(*, basis: str, skip: int, limit: int) -> list[ReachCase]:
    """Who is out of reach now, whom somebody must look at first. One statement."""
    asked = {
        "bases": [basis] if basis else None,
        "reasons": sorted({one.reason for one in BASES.values()}),
        "skip": skip,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(LIST, asked)
        return [
            ReachCase(
                reach_id=row[0],
                case_id=row[1],
                basis=row[2],
                holder=DutyHolder(row[3]) if row[3] else None,
                since=row[4],
                review_on=row[5],
                words=row[6],
                by=row[7],
                team=row[8],
                worker=row[9],
                freed=row[10],
            )
            for row in cursor.fetchall()
        ]
