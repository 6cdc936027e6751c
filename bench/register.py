"""A register of a national size with invented people, filled set-based.

A million cases of a million people among 500 agencies, as unevenly as agencies are:
the largest holds a quarter through shares, the others from some thousands down to a
few hundred. One case in fifty stands in a compartment, and one in a thousand has a
member of staff barred.
"""

from dataclasses import dataclass

import psycopg

SHARED_WITH_WIDEST = 4  # every fourth case
COMPARTMENT_EVERY, CONFLICT_EVERY = 50, 1000
SYLLABLES = """
    ab ad al am an ar as bel ben bor cal car cor dal del den dor el em en er fal far fen
    gar gil har hal hol in is jar kel kim lan lin lor mal mar mel mor nal nor ol or pel
    per quin ral ren ris sal sel sim tal tam tor ul val ver wal win yar zel
"""
AGENCIES = """
    INSERT INTO organisations_agency (area_id, code, name, kind)
    SELECT {area}, 'bench-' || n, 'Agency ' || n, 'provider'
      FROM generate_series(1, {agencies}) n
"""
TEAMS = """
    INSERT INTO organisations_team (agency_id, code, name, kind)
    SELECT id, 'team', 'Team', 'enhanced' FROM organisations_agency
     WHERE code LIKE 'bench-%'
"""
# The square of a random number: a few agencies hold much, most hold little.
PLACES = """
    CREATE TEMP TABLE place AS
    SELECT n, place.id AS agency_id, place.team_id, person.id AS person
      FROM generate_series(1, {cases}) n
      JOIN LATERAL (SELECT n AS id) person ON true
      JOIN (SELECT a.id, t.id AS team_id, row_number() OVER (ORDER BY a.id) AS rank
              FROM organisations_agency a
              JOIN organisations_team t ON t.agency_id = a.id
             WHERE a.code LIKE 'bench-%') place
        ON place.rank = 1 + floor(({agencies} - 1)
                                  * power(('x' || md5(n::text))::bit(31)::int
                                          / 2147483647.0, 2))
"""
NAMES = """
    CREATE TEMP TABLE word AS
    SELECT row_number() OVER () - 1 AS n, initcap(a || b) AS given,
           initcap(b || a || c) AS family
      FROM unnest({syllables}::text[]) a, unnest({syllables}::text[]) b,
           unnest(({syllables}::text[])[1:6]) c
"""
PEOPLE = """
    INSERT INTO people_person (id, area_id, created_at, shown_record_id)
    SELECT n, {area}, now(), n FROM place
"""
RECORDS = """
    INSERT INTO people_personrecord
        (id, area_id, person_id, source, said_at, title, given_names, surname,
         date_of_birth, gender, language, adjustments, guardian_name, guardian_phone,
         contact_times, preferred_method, do_not_contact_reason)
    SELECT p.n, {area}, p.n, 'bench', now(), '', g.given, f.family,
           date '1930-01-01' + (random() * 30000)::int, '', '', '', '', '', '', '', ''
      FROM (SELECT n, floor(power(random(), 3) * {words}) AS one,
                   floor(power(random(), 3) * {words}) AS two FROM place) p
      JOIN word g ON g.n = p.one JOIN word f ON f.n = p.two
"""
CONTACTS = """
    INSERT INTO people_contactpoint
        (area_id, record_id, kind, value, as_given, postcode)
    SELECT {area}, n, 'mobile',
           '+447' || lpad((n::bigint * 7919 % 1000000000)::text, 9, '0'), '', ''
      FROM place
"""
CASES = """
    INSERT INTO casework_case
        (id, area_id, agency_id, person_id, status, tier, high_risk, team_id,
         opened_at, touched_at, disposition, next_action, next_action_on, version,
         compartments)
    SELECT n, {area}, agency_id, n, 'open', 'enhanced', false, team_id, now(), now(),
           '', 'Make first contact', current_date + (random() * 700)::int, 1,
           CASE WHEN n % {compartment_every} = 0 THEN 2 ELSE 0 END
      FROM place
"""
ACCESS = """
    INSERT INTO casework_caseaccess
        (area_id, case_id, agency_id, why, fields, compartments, barred, since)
    SELECT {area}, n, agency_id, 'owner', 255,
           CASE WHEN n % {compartment_every} = 0 THEN 2 ELSE 0 END,
           CASE WHEN n % {conflict_every} = 0 THEN ARRAY[1::bigint] END, now()
      FROM place
"""
SHARES = """
    INSERT INTO casework_caseaccess
        (area_id, case_id, agency_id, why, source, fields, since)
    SELECT {area}, n, {widest}, 'share', gen_random_uuid(), 127,
           now() - n * interval '1 second'
      FROM place WHERE n % {shared} = 0 AND agency_id <> {widest}
"""
FINISH = """
    SELECT setval(pg_get_serial_sequence('{table}', 'id'), {cases} + 1)
"""


@dataclass(frozen=True, kw_only=True)
class Register:
    """What was made: the agencies with most shares, most cases and fewest."""

    area_id: int
    widest: int
    large: int
    small: int


def fill(
    administrator: psycopg.Connection[tuple[object, ...]], *, cases: int, agencies: int
) -> Register:
    """Fill a walled, empty database. The administrator goes round walls and triggers.

    Takes about two minutes a million.
    """
    areas = administrator.execute("SELECT id FROM organisations_area").fetchall()
    area = int(str(areas[0][0]))
    # Foreign keys and triggers would cost minutes, and these rows keep to both.
    administrator.execute("SET session_replication_role = replica")
    administrator.execute("SELECT setseed(0.5)")
    syllables = SYLLABLES.split()
    values: dict[str, int | str] = {
        "area": area,
        "cases": cases,
        "agencies": agencies,
        "syllables": "'{" + ",".join(syllables) + "}'",
        "words": len(syllables) ** 2 * 6,
        "compartment_every": COMPARTMENT_EVERY,
        "conflict_every": CONFLICT_EVERY,
        "shared": SHARED_WITH_WIDEST,
    }
    for statement in (AGENCIES, TEAMS, PLACES, NAMES):
        administrator.execute(statement.format(**values))
    ranked = administrator.execute(
        "SELECT agency_id FROM place GROUP BY 1 ORDER BY count(*) DESC, 1"
    ).fetchall()
    keys = [int(str(key)) for (key,) in ranked]
    values["widest"] = keys[len(keys) // 2]
    administrator.execute("CREATE INDEX ON word (n); ANALYZE word, place")
    for statement in (PEOPLE, RECORDS, CONTACTS, CASES, ACCESS, SHARES):
        administrator.execute(statement.format(**values))
    for table in ("people_person", "people_personrecord", "casework_case"):
        administrator.execute(FINISH.format(table=table, **values))
    administrator.execute("SET session_replication_role = origin")
    administrator.commit()
    return Register(
        area_id=int(str(area)),
        widest=int(values["widest"]),
        large=keys[0],
        small=keys[-1],
    )
