"""What must be true of the database. Each query must return nothing.

Run by `alongside check` and by the tests, which also plant each breach and see
it caught.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alongside.walls.tables import READ_AND_WRITE, READ_ONLY, WALLED

APP = "alongside_app"
ROLES = ("alongside_app", "alongside_report", "alongside_auditor", "alongside_owner")
OURS = "('public', 'ctx', 'audit')"


@dataclass(frozen=True, slots=True)
class CatalogueCheck:
    """One thing that must hold. `sql` lists what breaks it."""

    name: str
    sql: str


def _names(tables: Any) -> str:
    return ", ".join(f"'{table}'" for table in sorted(tables))


ALLOWED = _names([*READ_ONLY, *READ_AND_WRITE])
# Tables of which only some columns may be read, and those columns.
NARROWED = [table for table, wall in WALLED.items() if wall.columns]
READABLE = [f"{table}.{name}" for table in NARROWED for name in WALLED[table].columns]

CHECKS: tuple[CatalogueCheck, ...] = (
    CatalogueCheck(
        "a table the application can reach has no forced row security",
        f"""SELECT c.relname FROM pg_class c
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
               AND c.relname NOT IN ({ALLOWED})
               AND (has_any_column_privilege('{APP}', c.oid,
                        'SELECT, INSERT, UPDATE, REFERENCES')
                    OR has_table_privilege('{APP}', c.oid, 'DELETE, TRUNCATE'))""",
    ),
    CatalogueCheck(
        "a table listed as walled is not",
        f"""SELECT c.relname FROM pg_class c
             WHERE c.relnamespace = 'public'::regnamespace
               AND c.relname IN ({_names(WALLED)})
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity)""",
    ),
    CatalogueCheck(
        "a walled table has no restrictive area wall",
        """SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
              AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
                              AND NOT p.polpermissive AND p.polcmd = '*'
                              AND pg_get_expr(p.polqual, p.polrelid)
                                  LIKE '%area_id =%ctx.claim(4)%')""",
    ),
    CatalogueCheck(
        "row security without a policy that lets anybody see",
        """SELECT c.relname FROM pg_class c
            WHERE c.relrowsecurity AND NOT EXISTS (
                SELECT 1 FROM pg_policy p
                 WHERE p.polrelid = c.oid AND p.polpermissive)""",
    ),
    CatalogueCheck(
        "a view that runs as its owner",
        f"""SELECT c.relname FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname IN {OURS} AND c.relkind IN ('v', 'm')
               AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)""",
    ),
    CatalogueCheck(
        "a security definer function without search_path, or open to everybody",
        f"""SELECT p.oid::regprocedure::text FROM pg_proc p
              JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname IN {OURS} AND p.prosecdef
               AND (NOT coalesce(array_to_string(p.proconfig, ' ')
                                 LIKE '%search_path=%', false)
                    OR has_function_privilege('public', p.oid, 'EXECUTE'))""",
    ),
    CatalogueCheck(
        "a role that could go round the walls",
        f"""SELECT rolname FROM pg_roles WHERE rolname IN ({_names(ROLES)})
               AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
                    OR rolreplication)""",
    ),
    CatalogueCheck(
        "the application may truncate, trigger or reference",
        f"""SELECT c.relname FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname IN {OURS} AND c.relkind IN ('r', 'p')
               AND has_table_privilege('{APP}', c.oid,
                                       'TRUNCATE, TRIGGER, REFERENCES')""",
    ),
    CatalogueCheck(
        "the application can read or change the audit trail or the signing keys",
        f"""SELECT c.relname FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname IN ('audit', 'ctx') AND c.relkind IN ('r', 'p')
               AND (has_any_column_privilege('{APP}', c.oid, 'SELECT, INSERT, UPDATE')
                    OR has_table_privilege('{APP}', c.oid, 'DELETE, TRUNCATE'))""",
    ),
    CatalogueCheck(
        "the application can read a name, a date of birth or a contact point directly",
        f"""SELECT c.relname || '.' || a.attname FROM pg_class c
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
               AND NOT a.attisdropped
             WHERE c.relnamespace = 'public'::regnamespace
               AND c.relname IN ({_names(NARROWED)})
               AND (c.relname || '.' || a.attname) NOT IN ({_names(READABLE)})
               AND has_column_privilege('{APP}', c.oid, a.attnum, 'SELECT')""",
    ),
    CatalogueCheck(
        "the application may act as another role",
        f"""SELECT rolname FROM pg_roles WHERE rolname <> '{APP}'
               AND pg_has_role('{APP}', oid, 'MEMBER')""",
    ),
)


def list_breaches(fetch: Callable[[str], list[tuple[Any, ...]]]) -> list[str]:
    """What is wrong, in words. `fetch` runs one query and returns its rows."""
    return [f"{check.name}: {row[0]}" for check in CHECKS for row in fetch(check.sql)]
