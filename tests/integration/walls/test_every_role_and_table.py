"""Every role at every walled table with every verb, against a table kept by hand.

The demonstration's people act on the demonstration's data. For each of them and each
table `tests/data/walls.txt` says what the database lets them do: S see some row, I add
one like another, U change one, D remove one. "-" is nothing at all. What is tried is
plain SQL, as a page that forgot everything would send it.
"""

import json
import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.demo.sample import PROGRESS, REFERRALS, first_rows
from alongside.demo.stories import play_stories
from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.accounts.types import Role
from alongside.walls.context import acting_as
from alongside.walls.tables import WALLED
from alongside.workflows.receive_delivery import receive_file
from alongside.workflows.receive_progress import receive_progress_file
from tests.support.databases import as_administrator
from tests.support.feed import LIMIT
from tests.support.home import PROJECT

FILE = PROJECT / "tests" / "data" / "walls.txt"
ROWS, TRIES = 400, 4
NOBODY, ELSEWHERE = "nobody", "elsewhere"
# What the demonstration's first days do not come to. Seeing nothing of an empty table
# says nothing, so these are not in the table: their own tests fill and try them.
EMPTY = {
    *("intake_deliverypart", "intake_deliveryprogress", "organisations_agreementchase"),
    *("linking_linkmodel", "linking_merge", "linking_mergemove"),
    "people_contactconfirmed",
    *("rights_accesspack", "rights_casecount", "rights_correction", "rights_erasure"),
    *("rights_packdecision", "rights_retentionitem", "rights_retentionrun"),
    "rights_suppression",
}
COLUMNS = """
    SELECT array_agg(quote_ident(a.attname))
               FILTER (WHERE a.attnotnull AND NOT a.atthasdef
                       AND a.attidentity = '' OR NOT a.attnotnull),
           min(a.attname) FILTER (WHERE a.attnum = ANY (k.conkey))
      FROM pg_attribute a
      JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'p'
     WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attgenerated = ''
"""


@dataclass(frozen=True)
class Examples:
    """Some rows of a table, its key, and the columns a new row must be given."""

    key: str
    columns: list[str]
    rows: list[dict[str, object]]


def read_table() -> dict[str, dict[str, str]]:
    """Table -> what each role may do there."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    _, *roles = rows[0]
    return {name: dict(zip(roles, cells, strict=True)) for name, *cells in rows[1:]}


def write_table(found: dict[str, dict[str, str]], roles: list[str]) -> None:
    """Put the table down as things are, to be read through before it is kept."""
    kept = FILE.read_text(encoding="utf-8").splitlines()
    heading = [line for line in kept if line.startswith("#")]
    rows = [["table", *roles]]
    rows += [[name, *(found[name][role] for role in roles)] for name in sorted(found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    text = "\n".join([*heading, *(line.rstrip() for line in lines)]) + "\n"
    FILE.write_text(text, encoding="utf-8")


@pytest.fixture
def now():
    return datetime.now(tz=UTC)


@pytest.fixture
def filled(fresh_database, now):
    """The demonstration with its first days' work done."""
    came = {"now": now - timedelta(days=1), "max_bytes": LIMIT}
    with first_rows(REFERRALS, ROWS) as path:
        receive_file(path=path, **came)
    with first_rows(PROGRESS, ROWS) as path:
        receive_progress_file(path=path, **came)
    play_stories(now=now)
    return fresh_database


@pytest.fixture
def examples(filled):
    """Some rows of each table, as the administrator sees them."""
    found = {}
    with as_administrator(filled.app.database) as administrator:
        for table in WALLED:
            ((columns, key),) = administrator.execute(COLUMNS, [table]).fetchall()
            rows = administrator.execute(
                f"SELECT to_jsonb(t) FROM {table} t ORDER BY {key} LIMIT {TRIES}"
            ).fetchall()
            if rows:
                found[table] = Examples(key, columns, [row for (row,) in rows])
    return found


@pytest.fixture
def actors(filled, now):
    """One member of staff for each role, nobody, and somebody of another area."""
    rows = Membership.objects.select_related("user").order_by("-pk")
    found = {row.role: row for row in rows}
    acting = {
        role: get_actor(user_id=row.user_id, now=now, membership_id=row.pk)
        for role, row in sorted(found.items())
    }
    elsewhere = replace(acting[Role.FEED_RECEIVER], area_id=999_999)
    return {**acting, ELSEWHERE: elsewhere, NOBODY: None}


def let_through(sql: str, *values: Any) -> bool:
    """Whether the walls let a statement touch a row; nothing of it is kept."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            touched = bool(cursor.rowcount > 0)
            transaction.set_rollback(True)
            return touched
    except IntegrityError as error:
        # Past the walls, and stopped by what rows must be; unless a trigger refused.
        cause = error.__cause__
        return isinstance(cause, psycopg.Error) and cause.diag.table_name is not None
    except DatabaseError as error:
        return not isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)


def verbs(table: str, examples: Examples) -> str:
    """What whoever acts may do with a table's rows."""
    wall = WALLED[table]
    one = (wall.columns or (examples.key,))[0]
    may = "S" if let_through(f"SELECT {one} FROM {table} LIMIT 1") else ""
    names = ", ".join(examples.columns)
    column = (wall.update or examples.columns)[0]
    this = f"WHERE {examples.key} = %s"
    for row in examples.rows:
        key = row[examples.key]
        if "I" not in may and let_through(
            f"INSERT INTO {table} ({names})"
            f" SELECT {names} FROM jsonb_populate_record(NULL::{table}, %s)",
            json.dumps(row),
        ):
            may += "I"
        if "U" not in may and let_through(
            f"UPDATE {table} SET {column} = {column} {this}", key
        ):
            may += "U"
        if "D" not in may and let_through(f"DELETE FROM {table} {this}", key):
            may += "D"
    return "".join(verb for verb in "SIUD" if verb in may) or "-"


def look(actors, examples):
    found: dict[str, dict[str, str]] = {table: {} for table in examples}
    for role, actor in actors.items():
        with acting_as(actor) if actor else nullcontext():
            for table, some in examples.items():
                # One by one: the trail is not sealed past an open transaction, and
                # tests beside this one wait for what they wrote to be sealed.
                with transaction.atomic():
                    found[table][role] = verbs(table, some)
    return found


def test_every_role_may_do_what_the_table_says(actors, examples):
    found = look(actors, examples)
    if os.environ.get("ALONGSIDE_WRITE_WALLS"):
        write_table(found, list(actors))
    table = read_table()

    assert {
        (name, role, may, table.get(name, {}).get(role))
        for name, row in found.items()
        for role, may in row.items()
        if table.get(name, {}).get(role) != may
    } == set()
    assert table.keys() == found.keys()
    assert WALLED.keys() - found.keys() == EMPTY


def test_nobody_and_another_area_may_do_nothing():
    for name, row in read_table().items():
        assert row[NOBODY] == "-", name
        assert row[ELSEWHERE] == "-", name


def test_a_wall_taken_down_is_caught(actors, examples, filled):
    with as_administrator(filled.app.database) as administrator:
        administrator.execute("ALTER TABLE casework_note NO FORCE ROW LEVEL SECURITY")
        administrator.execute("ALTER TABLE casework_note DISABLE ROW LEVEL SECURITY")
        administrator.commit()
    found = look(actors, {"casework_note": examples["casework_note"]})
    assert found["casework_note"][ELSEWHERE] != "-"
