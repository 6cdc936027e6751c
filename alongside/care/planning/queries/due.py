"""The soonest of what is planned in each of many cases."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

# One look for all the cases; row security decides in each part. A plan that came back
# is due at once. Of warnings, those that have lapsed; of appointments, those to come
# and those of which nobody said whether they were kept. A plan that is closed asks for
# nothing any more.
NEXT = """
    SELECT DISTINCT ON (case_id) case_id, due_on, words FROM (
        SELECT a.case_id, a.due_on, a.words FROM planning_action a
          JOIN planning_goal g ON g.id = a.goal_id
          JOIN planning_plan p ON p.id = g.plan_id AND p.state <> 'closed'
         WHERE a.case_id = ANY (%(cases)s::bigint[]) AND a.state = 'to_do'
        UNION ALL
        SELECT a.case_id, (a.begins AT TIME ZONE 'Europe/London')::date,
               CASE WHEN a.ends < %(now)s THEN 'Say whether they came: '
                    ELSE 'Appointment: ' END || a.purpose
          FROM planning_appointment a
         WHERE a.case_id = ANY (%(cases)s::bigint[]) AND a.state = 'planned'
        UNION ALL
        SELECT g.case_id, g.review_on, 'Look at the goal again: ' || g.words
          FROM planning_goal g
          JOIN planning_plan p ON p.id = g.plan_id AND p.state <> 'closed'
         WHERE g.case_id = ANY (%(cases)s::bigint[]) AND g.state = 'open'
           AND g.review_on IS NOT NULL
        UNION ALL
        SELECT p.case_id, CASE WHEN p.returned_words <> '' THEN %(on)s::date
                               ELSE p.review_on END,
               CASE WHEN p.returned_words <> '' THEN 'The plan came back: '
                         || p.returned_words ELSE 'Look at the plan again' END
          FROM planning_plan p
         WHERE p.case_id = ANY (%(cases)s::bigint[]) AND p.state <> 'closed'
        UNION ALL
        SELECT n.case_id, n.review_on, 'Look at the safety plan again' FROM (
            SELECT DISTINCT ON (s.case_id) s.case_id, s.review_on
              FROM planning_safetyplan s WHERE s.case_id = ANY (%(cases)s::bigint[])
             ORDER BY s.case_id, s.number DESC) n WHERE n.review_on IS NOT NULL
        UNION ALL
        SELECT s.case_id, s.act_by, 'Supervision: ' || s.asks
          FROM planning_supervisionnote s
         WHERE s.case_id = ANY (%(cases)s::bigint[]) AND s.asks <> ''
           AND s.done_at IS NULL
        UNION ALL
        SELECT c.id, w.until, 'Look at a warning again'
          FROM casework_case c JOIN planning_warningnote w ON w.person_id = c.person_id
         WHERE c.id = ANY (%(cases)s::bigint[]) AND w.ended_at IS NULL
           AND w.until <= %(on)s::date
    ) AS due ORDER BY case_id, due_on, words
"""


def next_planned(
    *, case_ids: Sequence[int], on: date, now: datetime
) -> dict[int, tuple[date, str]]:
    """By case: the soonest thing that is planned in it, and its day. One statement."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"cases": list(case_ids), "on": on, "now": now})
        return {case: (due, words) for case, due, words in cursor.fetchall()}
