"""What changed for people, counted. Nothing here writes, and nobody is named.

Of each case the first and the newest complete assessment by an instrument are
compared, where both were made with one version of it. A case counts in the period in
which its newest assessment was completed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import connection

from alongside.care.assessment.tables import AGE_BANDS, OUTCOMES
from alongside.care.assessment.types.filled import GroupBy, OutcomeAsked, OutcomeCount
from alongside.foundation.lib.local import LONDON
from alongside.foundation.reference.tables import OFFENCES

GROUPS: Mapping[GroupBy, str] = {
    GroupBy.NOTHING: "''",
    GroupBy.CRIME_GROUP: "l.offence_code",
    GroupBy.AGE_BAND: "coalesce(width_bucket(l.age, %(ages)s::int[]), 0)",
    GroupBy.DISTRICT: "l.district",
    GroupBy.TEAM: "l.team_id",
    GroupBy.AGENCY: "l.agency_id",
    GroupBy.PROVIDER: "coalesce(h.helper, '')",
    GroupBy.MONTH: "to_char(l.completed_at AT TIME ZONE 'Europe/London', 'YYYY-MM')",
}
# One sort: what stands first, and whether a row is the last, come from one window.
# Answers are opened in the list of what is selected, where nothing is called for each
# row, and counted by their pairs of numbers before anything is decided of them. Where
# another version asked more at first, its answers that are over have no question.
COUNTS = """
    SELECT grouped, instrument, question, sum(people),
           sum(people) FILTER (WHERE coalesce(number, earlier) IS NOT NULL),
           sum(people) FILTER (WHERE compared AND earlier < number),
           sum(people) FILTER (WHERE compared AND earlier = number),
           sum(people) FILTER (WHERE compared AND earlier > number)
      FROM (SELECT grouped, instrument, compared, unnest(asked) AS question,
                   unnest(numbers) AS number, unnest(before) AS earlier,
                   count(*) AS people
              FROM (SELECT {group} AS grouped, l.*
                      FROM (SELECT a.case_id, a.instrument, a.asked, a.numbers, a.age,
                                   a.offence_code, a.district, a.team_id, a.agency_id,
                                   a.completed_at,
                                   first_value(a.numbers) OVER w AS before,
                                   row_number() OVER w > 1
                                   AND first_value(a.instrument_version) OVER w
                                       = a.instrument_version AS compared,
                                   lead(a.id) OVER w IS NULL AS newest
                              FROM assessment_assessment a
                             WHERE a.state = 'complete'
                               AND a.instrument = ANY (%(codes)s)
                               AND a.completed_at < %(until)s
                               AND (%(team)s::bigint IS NULL OR a.team_id = %(team)s)
                            WINDOW w AS (PARTITION BY a.case_id, a.instrument
                                         ORDER BY a.completed_at, a.id)) l
                      {join}
                     WHERE l.newest AND l.completed_at >= %(since)s
                    OFFSET 0) AS each
             GROUP BY 1, 2, 3, 4, 5, 6) AS pairs
     WHERE question IS NOT NULL
     GROUP BY 1, 2, 3
"""
HELPERS = """
      LEFT JOIN unnest(%(helped)s::bigint[], %(helpers)s::text[]) h(case_id, helper)
        ON h.case_id = l.case_id
"""
WITHOUT = """
    SELECT n.reason, count(DISTINCT n.case_id)
      FROM assessment_noexit n
     WHERE n.at >= %s AND n.at < %s
     GROUP BY 1 ORDER BY 2 DESC, 1
"""


def count_outcomes(
    asked: OutcomeAsked,
    *,
    less_is_better: Collection[tuple[str, str]] = (),
    helpers: Collection[tuple[int, str]] = (),
) -> list[OutcomeCount]:
    """Counts of what the actor may see, by question and group. One statement.

    `less_is_better` are the questions (instrument, question) of which a lower number is
    good. `helpers` are cases with the service that supports them; a case with several
    counts with each.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(asked.by), _values(asked, helpers))
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


def count_without(*, since: date, until: date) -> list[tuple[str, int]]:
    """How many cases closed without last scores in a time, by reason. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT, [_begin(since), _begin(until)])
        return [(reason, count) for reason, count in cursor.fetchall()]


def _statement(by: GroupBy) -> str:
    join = HELPERS if by is GroupBy.PROVIDER else ""
    return COUNTS.format(group=GROUPS[by], join=join)


def _values(
    asked: OutcomeAsked, helpers: Collection[tuple[int, str]]
) -> dict[str, Any]:
    values: dict[str, Any] = {
        "codes": list(OUTCOMES),
        "since": _begin(asked.since),
        "until": _begin(asked.until),
        "team": asked.team_id,
    }
    if asked.by is GroupBy.AGE_BAND:
        values["ages"] = [band.from_age for band in AGE_BANDS]
    if asked.by is GroupBy.PROVIDER:
        values["helped"] = [case_id for case_id, _ in helpers]
        values["helpers"] = [name for _, name in helpers]
    return values


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
