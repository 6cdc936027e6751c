"""What a database says, in a form two databases can be compared in.

Keys, random ids and what is sealed anew each time are left out; a foreign key is
told by what it points at only through the tables' own facts.
"""

from collections import Counter

import psycopg
from psycopg import sql

from alongside.foundation.gateways.installation import Connections
from alongside.walls.tables import WALLED

LEFT_OUT = "a.attname !~ '(^|_)id$' AND a.attname <> 'sealed'"
COLUMNS = f"""
    SELECT a.attname FROM pg_attribute a
     WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
       AND {LEFT_OUT} ORDER BY a.attname
"""
LINKS = """
    SELECT d.extract_id, f.number, f.code, v.role, v.live,
           c.tier, r.given_names, r.surname, r.date_of_birth,
           dense_rank() OVER (ORDER BY (SELECT min(f2.number) FROM intake_feedrow f2
               JOIN casework_victimisation v2 ON v2.referral_id = f2.referral_id
              WHERE v2.case_id = v.case_id)),
           (SELECT array_agg(k.rule || k.due_on || k.enhanced ORDER BY 1)::text
              FROM (SELECT rule, due_on, enhanced FROM journey_clock k
                     WHERE k.victimisation_id = v.id ORDER BY 1, 2) k)
      FROM intake_feedrow f JOIN intake_delivery d ON d.id = f.delivery_id
      LEFT JOIN casework_victimisation v ON v.referral_id = f.referral_id
      LEFT JOIN casework_case c ON c.id = v.case_id
      LEFT JOIN people_personrecord r ON r.id = v.record_id
     ORDER BY 1, 2
"""
ENTRIES = "SELECT action, count(*) FROM audit.entry GROUP BY action"


def dump(reach: Connections) -> dict[str, Counter[tuple[object, ...]]]:
    """Every walled table's rows, how they hang together, and the trail's entries."""
    found = {}
    with psycopg.connect(reach.owner.conninfo()) as owner:
        for table in WALLED:
            columns = [row[0] for row in owner.execute(COLUMNS, [table])]
            rows = owner.execute(
                sql.SQL("SELECT {} FROM {}").format(
                    sql.SQL(", ").join(
                        sql.SQL("{}::text").format(sql.Identifier(c)) for c in columns
                    )
                    if columns
                    else sql.SQL("1"),
                    sql.Identifier(table),
                )
            )
            found[table] = Counter(map(tuple, rows))
        found["how they hang together"] = Counter(map(tuple, owner.execute(LINKS)))
    with psycopg.connect(reach.auditor.conninfo()) as auditor:
        found["audit.entry"] = Counter(map(tuple, auditor.execute(ENTRIES)))
    return found
