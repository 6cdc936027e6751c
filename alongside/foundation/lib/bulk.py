"""Putting many rows into a table in two statements.

Row security refuses COPY into its tables, so rows are copied into a temporary
table first and inserted from there, under the policies.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models


def bulk_insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    using: str = "default",
) -> None:
    """Insert the rows (values in the order of `columns`) inside the open transaction.

    Values are given as the database takes them: keys of other rows as numbers,
    JSON as `psycopg.types.json.Jsonb`.
    """
    connection = connections[using]
    table = model._meta.db_table
    names = ", ".join(columns)
    by_column = {field.column: field for field in model._meta.concrete_fields}
    shape = ", ".join(
        f"{column} {by_column[column].db_type(connection)}" for column in columns
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS bulk_{table} ({shape}) ON COMMIT DROP"
        )
        with cursor.copy(f"COPY bulk_{table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM bulk_{table}"
        )
        cursor.execute(f"TRUNCATE bulk_{table}")


def take_ids(
    model: type[models.Model], count: int, *, using: str = "default"
) -> list[int]:
    """Keys for rows that are about to be inserted."""
    if not count:
        return []
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]
