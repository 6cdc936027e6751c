"""What each role may do, as the catalogue says, is what `privileges.txt` says.

Written anew with ALONGSIDE_WRITE_PRIVILEGES=1 in the environment, then read in review.
"""

import os
from pathlib import Path

from tests.support.databases import as_administrator

KEPT = Path(__file__).parents[2] / "data" / "privileges.txt"
OURS = "n.nspname IN ('public', 'ctx', 'audit')"
ROLES = """(VALUES ('alongside_app'), ('alongside_report'), ('alongside_auditor'))
           AS role (name)"""
RIGHTS = "(VALUES ('SELECT'), ('INSERT'), ('UPDATE')) AS rights (name)"
MATRIX = f"""
    SELECT format('%s %s %s.%s%s', role.name, rights.name, n.nspname, c.relname,
                  CASE WHEN has_table_privilege(role.name, c.oid, rights.name) THEN ''
                  ELSE ' (' || string_agg(a.attname, ', ' ORDER BY a.attname) || ')'
                  END)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     CROSS JOIN {ROLES} CROSS JOIN {RIGHTS}
     WHERE {OURS} AND c.relkind IN ('r', 'p', 'v', 'm')
       AND has_column_privilege(role.name, c.oid, a.attnum, rights.name)
     GROUP BY role.name, rights.name, n.nspname, c.relname, c.oid
    UNION ALL
    SELECT format('%s DELETE %s.%s', role.name, n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN {ROLES}
     WHERE {OURS} AND c.relkind IN ('r', 'p', 'v')
       AND has_table_privilege(role.name, c.oid, 'DELETE')
    UNION ALL
    SELECT format('%s EXECUTE %s', role.name, p.oid::regprocedure)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     CROSS JOIN {ROLES}
     WHERE {OURS} AND has_function_privilege(role.name, p.oid, 'EXECUTE')
       AND NOT EXISTS (SELECT 1 FROM pg_depend d
                        WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('policy %s.%s %s for %s to %s', c.relname, p.polname,
                  CASE WHEN p.polpermissive THEN 'permits' ELSE 'restricts' END,
                  p.polcmd, (SELECT string_agg(r.rolname, ', ' ORDER BY r.rolname)
                               FROM pg_roles r WHERE r.oid = ANY (p.polroles)))
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
"""


def test_the_roles_may_do_what_was_agreed(fresh_database):
    with as_administrator(fresh_database.app.database) as connection:
        found = sorted(row[0] for row in connection.execute(MATRIX))
    text = "\n".join(found) + "\n"
    if os.environ.get("ALONGSIDE_WRITE_PRIVILEGES"):
        KEPT.write_text(text, encoding="utf-8")

    assert text == KEPT.read_text(encoding="utf-8")
