"""What changed for people, counted. Nothing here writes, and nobody is named.

Of each case the first and the newest complete assessment by an instrument are
compared, where both were made with one version of it. A case counts in the period in
which its newest assessment was completed.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django.db import connection

from alongside.care.assessment.tables import AGE_BANDS, OUTCOMES
from alongside.care.assessment.types.filled import GroupBy, OutcomeAsked, OutcomeCount
from alongside.foundation.lib.local import LONDON
from alongside.foundation.reference.tables import OFFENCES

AGES = [band.from_age for band in AGE_BANDS]
COUNTS = "SELECT * FROM assessment_outcomes_of(%s, %s, %s, %s, %s, %s, %s, %s, NULL)"
COMMISSIONED = "SELECT * FROM assessment_outcomes_commissioned(%s, %s, %s, %s, %s)"
WITHOUT = """
    SELECT n.reason, count(DISTINCT n.case_id)
      FROM assessment_noexit n
     WHERE n.at >= %s AND n.at < %s
     GROUP BY 1 ORDER BY 2 DESC, 1
"""
WITHOUT_COMMISSIONED = "SELECT * FROM assessment_without_commissioned(%s, %s)"


def count_outcomes(
    asked: OutcomeAsked,
    *,
    less_is_better: Collection[tuple[str, str]] = (),
    helpers: Collection[tuple[int, str]] = (),
    commissioned: bool = False,
) -> list[OutcomeCount]:
    """Counts of what the actor may see, by question and group. One statement.

    With `commissioned`, of every case of the services whose work they commission,
    whatever walls it stands behind, and nothing for anybody else.

    `less_is_better` are the questions (instrument, question) of which a lower number is
    good. `helpers` are cases with the service that supports them; a case with several
    counts with each.
    """
    with connection.cursor() as cursor:
        if commissioned:
            cursor.execute(COMMISSIONED, _commissioned(asked))
        else:
            cursor.execute(COUNTS, _values(asked, helpers))
        rows = cursor.fetchall()
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0] * 5)
    for grouped, instrument, question, *counts in rows:
        if (instrument, question) in less_is_better:
            counts = [*counts[:2], *counts[:1:-1]]
        held = sums[_group(asked.by, grouped), instrument, question]
        for place, number in enumerate(counts):
            held[place] += int(number or 0)
    return [
        OutcomeCount(
            group=group,
            instrument=instrument,
            question=question,
            asked=held[0],
            answered=held[1],
            again=sum(held[2:]),
            better=held[2],
            same=held[3],
            worse=held[4],
        )
        for (group, instrument, question), held in sums.items()
    ]


def count_without(
    *, since: date, until: date, commissioned: bool = False
) -> list[tuple[str, int]]:
    """How many cases closed without last scores in a time, by reason. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            WITHOUT_COMMISSIONED if commissioned else WITHOUT,
            [_begin(since), _begin(until)],
        )
        return [(reason, count) for reason, count in cursor.fetchall()]


def _values(asked: OutcomeAsked, helpers: Collection[tuple[int, str]]) -> list[Any]:
    return [
        *(list(OUTCOMES), _begin(asked.since), _begin(asked.until), asked.team_id),
        *(asked.by, AGES),
        [case_id for case_id, _ in helpers],
        [name for _, name in helpers],
    ]


def _commissioned(asked: OutcomeAsked) -> list[Any]:
    since, until = _begin(asked.since), _begin(asked.until)
    return [list(OUTCOMES), since, until, asked.by, AGES]


def _group(by: GroupBy, grouped: object) -> str:
    """The key under which a group is counted; empty where it is not known."""
    if by is GroupBy.AGE_BAND:
        place = int(str(grouped))
        return AGE_BANDS[place - 1].code if place else ""
    if by is GroupBy.CRIME_GROUP:
        offence = OFFENCES.get(str(grouped))
        return offence.group if offence else ""
    return str(grouped)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
