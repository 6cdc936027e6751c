"""A year of an area's promises: who told whom, which hearings come, what is open.

On top of the register and the events that `bench.journey` fills. Set-based; the
administrator goes round walls and triggers.
"""

from datetime import datetime, timedelta
from typing import Any

import psycopg

from bench.journey import EVENTS, PARTS, REFERRED, SEEN
from bench.register import fill

WORKER = "worker@llr.example"
CASELOAD = 60
# One case in so many is open; the others were closed in the course of the year.
OPEN_OF = 3
YEAR = timedelta(days=365)
YEAR_MINUTES = YEAR.total_seconds() / 60
Connection = psycopg.Connection[Any]
# A number of nobody's choosing for each row, the same in every run.
CHANCE = "(hashint8({key} + {salt}) & 2147483647)"
CASES = f"""
    UPDATE casework_case c
       SET agency_id = s.id, opened_at = v.reported_at + interval '30 hours',
           team_id = s.teams[1 + {CHANCE.format(key="c.id", salt=1)}
                                 % cardinality(s.teams)],
           worker_id = s.workers[1 + {CHANCE.format(key="c.id", salt=2)}
                                     % cardinality(s.workers)],
           tier = CASE WHEN c.id % 3 = 0 THEN 'enhanced' ELSE 'standard' END,
           status = CASE WHEN {CHANCE.format(key="c.id", salt=3)} % %(open_of)s = 0
                         THEN 'open' ELSE 'closed' END,
           closed_at = CASE WHEN {CHANCE.format(key="c.id", salt=3)} % %(open_of)s = 0
                            THEN NULL ELSE v.reported_at + interval '60 days' END,
           disposition = CASE WHEN {CHANCE.format(key="c.id", salt=3)} % %(open_of)s = 0
                              THEN '' ELSE 'supported_standard' END,
           next_action = CASE WHEN {CHANCE.format(key="c.id", salt=3)} % %(open_of)s = 0
                              THEN 'Ring them' ELSE '' END,
           next_action_on = CASE WHEN {CHANCE.format(key="c.id", salt=3)} % %(open_of)s
                                      = 0 THEN %(on)s::date END
      FROM casework_victimisation v,
           (SELECT a.id,
                   (SELECT array_agg(t.id ORDER BY t.id) FROM organisations_team t
                     WHERE t.agency_id = a.id) AS teams,
                   (SELECT array_agg(u.id ORDER BY u.id) FROM accounts_user u
                     WHERE u.email <> %(worker)s) AS workers
              FROM organisations_agency a WHERE a.kind = 'service') s
     WHERE v.id = c.id
""".replace("%", "%%").replace("%%(", "%(")
# A worker has as many cases in a large register as in a small one.
CASELOADS = """
    UPDATE casework_case c SET worker_id = u.id, status = 'open', closed_at = NULL,
           disposition = '', next_action = 'Ring them', next_action_on = %(on)s
      FROM accounts_user u
     WHERE u.email = %(worker)s AND c.id IN (
           SELECT id FROM casework_case ORDER BY hashint8(id) LIMIT %(load)s)
"""
SENDERS = """
    UPDATE intake_referral f SET sender_id = a.id
      FROM organisations_agency a WHERE a.kind = 'force'
"""
# Dates that are named, for bail and for hearings; two suspects in a case in six.
DETAIL = """
    UPDATE journey_journeyevent e
       SET detail = CASE e.event
               WHEN 'suspect_bailed' THEN jsonb_build_object('until',
                    ((e.occurred_at + interval '28 days')::date)::text)
               WHEN 'first_hearing_listed' THEN jsonb_build_object('on',
                    ((e.occurred_at + interval '21 days')::date)::text,
                    'court', 'Leicester')
               ELSE e.detail END,
           suspect_ref = CASE WHEN e.victimisation_id % 6 = 0
                              THEN 'S' || e.victimisation_id || '-' || e.id % 2
                              ELSE '' END
"""
# One victim of those who have a hearing in five must give evidence.
NEEDED = """
    INSERT INTO journey_journeyevent
        (area_id, victimisation_id, event, suspect_ref, occurred_at, received_at,
         detail, source, content_hash, recorded_at)
    SELECT e.area_id, e.victimisation_id, 'witness_required', '',
           e.occurred_at + interval '2 days', e.occurred_at + interval '3 days', '{}',
           'bench', gen_random_uuid(), e.recorded_at
      FROM journey_journeyevent e
     WHERE e.event = 'first_hearing_listed' AND e.victimisation_id % 5 = 0
"""
WITNESSES = """
    UPDATE casework_victimisation v SET role = 'witness' WHERE v.id %% 20 = 7
"""
WISHES = """
    INSERT INTO journey_wish (area_id, case_id, asks, every_days, channel, words, since)
    SELECT c.area_id, c.id,
           (ARRAY['every', 'big_news', 'nothing'])[1 + c.id % 3],
           CASE WHEN c.id % 3 = 0 THEN 21 END,
           CASE WHEN c.id % 2 = 0 THEN 'sms' ELSE '' END, '', c.opened_at
      FROM casework_case c WHERE c.id % 10 = 0
"""
# Nine promises of ten that began before the last three weeks are settled, most in
# time; of the later ones, half.
SETTLED = f"""
    UPDATE journey_clock k
       SET met_on = k.due_on - 2 + {CHANCE.format(key="k.id", salt=5)} % 5,
           evidence = 'bench', settled_at = %(now)s
     WHERE k.met_on IS NULL AND k.due_on IS NOT NULL AND k.not_owed_reason = ''
       AND {CHANCE.format(key="k.id", salt=4)} % 10
           < CASE WHEN k.starts_at < %(now)s - interval '21 days' THEN 9 ELSE 5 END
       AND k.due_on - 2 + {CHANCE.format(key="k.id", salt=5)} % 5 <= %(on)s
""".replace("%", "%%").replace("%%(", "%(")
TELLINGS = """
    INSERT INTO journey_telling
        (area_id, victimisation_id, event_id, told_at, told_by, how, evidence,
         recorded_at)
    SELECT DISTINCT ON (e.id) e.area_id, e.victimisation_id, e.id,
           k.met_on + interval '12 hours', k.holder, 'phone', 'bench', %(now)s
      FROM journey_clock k JOIN journey_journeyevent e ON e.id = k.event_id
     WHERE k.met_on IS NOT NULL
"""
EVERY_ID = """
    SELECT setval(pg_get_serial_sequence('{table}', 'id'),
                  (SELECT max(id) FROM {table}) + 1)
"""
SEQUENCES = ("casework_victimisation", "intake_referral", "journey_journeyevent")


def fill_year(
    administrator: Connection, *, cases: int, now: datetime, open_of: int = OPEN_OF
) -> dict[str, int]:
    """Fill the year before a moment with referrals, crimes and events, into an empty
    database; how many of each. Promises are planned afterwards, by the product."""
    fill(administrator, cases=cases, agencies=2)
    administrator.execute("SET session_replication_role = replica")
    # As many as there are, spread over the year.
    parts = PARTS.replace("c.id * 4.7", f"c.id * {YEAR_MINUTES / cases}")
    administrator.execute(parts, {"since": now - YEAR})
    administrator.execute(REFERRED)
    administrator.execute(EVENTS.replace("%%", "%"))
    more = {"on": now.date(), "open_of": open_of, "worker": WORKER, "load": CASELOAD}
    administrator.execute(CASES, more)
    administrator.execute(CASELOADS, more)
    for statement in (SENDERS, DETAIL, NEEDED, SEEN, WISHES):
        administrator.execute(statement)
    administrator.execute(WITNESSES, {})
    for table in SEQUENCES:
        administrator.execute(EVERY_ID.format(table=table))
    administrator.execute("SET session_replication_role = origin")
    administrator.commit()
    return {
        "referrals": _count(administrator, "intake_referral"),
        "events": _count(administrator, "journey_journeyevent"),
    }


def settle_year(administrator: Connection, *, now: datetime) -> dict[str, int]:
    """Say of most promises that they were kept, and who was told; how many of each."""
    administrator.execute("SET session_replication_role = replica")
    administrator.execute(SETTLED, {"on": now.date(), "now": now})
    administrator.execute(TELLINGS, {"now": now})
    administrator.execute("SET session_replication_role = origin")
    administrator.commit()
    return {
        "promises": _count(administrator, "journey_clock"),
        "tellings": _count(administrator, "journey_telling"),
    }


def _count(administrator: Connection, table: str) -> int:
    found = administrator.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0]) if found else 0
