"""What planning a year's promises from nothing costs, and after one limit changes.

A year of an area: so many referrals and about three events for each, filled set-based.
The product's own command does the planning, in lots, under row security; beside it the
same rows are read barely in the same run. Everything is measured twice.
"""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.databases import administrator_of, bench_template, copy_of_template, tidy
from bench.register import fill

REFERRALS, SMALL = 110_500, 11_050
NAME = "alongside_bench_journey"
MOST_SECONDS = 60
RUNS = 2
# One referral and one part in a crime for each case, over a year.
PARTS = """
    INSERT INTO casework_victimisation
        (id, area_id, agency_id, record_id, case_id, referral_id, live, role, high_risk,
         crime_key, force_code, source_system, crime_ref, record_type, offence_code,
         offence_title, flags, reported_at, location_postcode, status, outcome_type,
         officer_contact, relationship_to_suspect, suspect_ref, asb_risk,
         acknowledged_on, consent_referral)
    SELECT c.id, c.area_id, c.agency_id, c.id, c.id, c.id, true,
           CASE WHEN c.id %% 5 = 0 THEN 'victim_witness' ELSE 'victim' END, false,
           gen_random_uuid(), 'bench', 'bench', 'B' || c.id, 'crime',
           (ARRAY['8N', '30A', '45', '104', '8P'])[1 + c.id %% 5], '', '{}',
           %(since)s::timestamptz + make_interval(mins => (c.id * 4.7)::int), '', '',
           '', '', '', '', '',
           CASE WHEN c.id %% 3 = 0 THEN (%(since)s::timestamptz
                + make_interval(mins => (c.id * 4.7)::int, days => 2))::date END, ''
      FROM casework_case c
"""
REFERRED = """
    INSERT INTO intake_referral
        (id, area_id, sender_id, agency_id, force_code, source_system, crime_ref,
         person_ref, identity_key, role, state, received_at, reported_at, extracted_at,
         content_hash, person_hash, current_row_id)
    SELECT v.id, v.area_id, v.agency_id, v.agency_id, 'bench', 'bench', v.crime_ref, '',
           gen_random_uuid(), 'victim', 'live', v.reported_at + interval '30 hours',
           v.reported_at, v.reported_at, gen_random_uuid(), gen_random_uuid(), 0
      FROM casework_victimisation v
"""
# Every crime has one event to five: 2.7 on average.
EVENTS = """
    INSERT INTO journey_journeyevent
        (area_id, victimisation_id, event, suspect_ref, occurred_at, received_at,
         detail, source, content_hash, recorded_at)
    SELECT v.area_id, v.id,
           (ARRAY['suspect_arrested', 'suspect_bailed', 'charged',
                  'first_hearing_listed', 'sentenced', 'not_investigated',
                  'no_further_action'])[CASE n WHEN 1 THEN 1 + (v.id %% 7)::int
                                                ELSE n END],
           '', v.reported_at + make_interval(days => 9 * n),
           v.reported_at + make_interval(days => 9 * n, hours => 20),
           CASE WHEN n = 5 THEN '{"sentence": "custody", "months": 18}'::jsonb
                ELSE '{}' END, 'bench', gen_random_uuid(), v.reported_at
      FROM casework_victimisation v
      JOIN generate_series(1, 5) n ON n <= 1 + (v.id * 7919 %% 22) / 5
"""
# The cases are the service's, as after receiving; a third owed enhanced support.
OURS = """
    UPDATE casework_case c
       SET agency_id = a.id, opened_at = v.reported_at + interval '30 hours',
           tier = CASE WHEN c.id % 3 = 0 THEN 'enhanced' ELSE 'standard' END
      FROM organisations_agency a, casework_victimisation v
     WHERE a.kind = 'service' AND v.id = c.id
"""
SEEN = """
    UPDATE casework_caseaccess x SET agency_id = a.id
      FROM organisations_agency a WHERE a.kind = 'service' AND x.why = 'owner'
"""
TABLES = (
    *("casework_victimisation", "intake_referral", "journey_journeyevent"),
    *("casework_case", "casework_caseaccess"),
)


def main() -> None:
    """Fill a year, plan it, change a limit, plan again; print what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    cases = SMALL if parser.parse_args().small else REFERRALS
    with bench_template():
        for run in range(1, RUNS + 1):
            with copy_of_template(NAME):
                with administrator_of(NAME) as administrator:
                    fill(administrator, cases=cases, agencies=2)
                    events = _fill(administrator)
                tidy(NAME)
                _say(f"run {run} of {RUNS}", f"{cases:,} referrals, {events:,} events")
                _report(_measured(), events)


def _fill(administrator: psycopg.Connection[Any]) -> int:
    since = datetime(2025, 11, 20, tzinfo=UTC)
    administrator.execute("SET session_replication_role = replica")
    administrator.execute(PARTS, {"since": since})
    administrator.execute(REFERRED)
    found = administrator.execute(EVENTS.replace("%%", "%")).rowcount
    administrator.execute(OURS)
    administrator.execute(SEEN)
    for table in TABLES:
        administrator.execute(f"ANALYZE {table}")
    administrator.commit()
    return found


def _measured() -> dict[str, float]:
    """What planning took, in a process of its own: Django knows one database."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.replanning", NAME],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _report(found: dict[str, float], events: int) -> None:
    bare, whole = found["bare"], found["whole"]
    _say("the same rows, read barely", f"{bare:.1f} s")
    _say(
        f"planned from nothing, {found['begun']:,.0f} promises",
        f"{whole:.1f} s (< {MOST_SECONDS} s): {events / whole:,.0f} events a second,"
        f" {whole / bare:.1f} times the reading",
    )
    _say("planned again, nothing having changed", f"{found['idle']:.1f} s")
    _say(
        "after one limit changed",
        f"{found['after']:.1f} s: {found['changed']:,.0f} running promises replaced,"
        f" {found['others']:,.0f} other rows touched",
    )


def _say(what: str, words: str) -> None:
    sys.stdout.write(f"{what:<44} {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
