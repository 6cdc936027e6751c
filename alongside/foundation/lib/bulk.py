"""Putting many rows into a table in two statements.

Row security refuses COPY into its tables, so rows are copied into a temporary
table first and inserted from there, under the policies.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from zlib import crc32

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
    with _staged(model, columns, rows, using=using) as (cursor, temporary):
        names = ", ".join(columns)
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names})"  # noqa: S608 - our names
            f" SELECT {names} FROM {temporary}"
        )


def bulk_update(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    using: str = "default",
) -> None:
    """Change the rows whose key is the first of `columns` inside the transaction."""
    key, *changed = columns
    with _staged(model, columns, rows, using=using) as (cursor, temporary):
        settings = ", ".join(f"{column} = new.{column}" for column in changed)
        table = model._meta.db_table
        cursor.execute(
            f"UPDATE {table} SET {settings} FROM {temporary} new"  # noqa: S608
            f" WHERE {table}.{key} = new.{key}"
        )


@contextmanager
def _staged(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    using: str,
) -> Iterator[tuple[Any, str]]:
    """The rows in a temporary table of the right column types. Names are ours."""
    connection = connections[using]
    by_column = {field.column: field for field in model._meta.concrete_fields}
    shape = ", ".join(
        f"{column} {by_column[column].db_type(connection)}" for column in columns
    )
    shape_mark = crc32(shape.encode())
    temporary = f"bulk_{model._meta.db_table}_{shape_mark:x}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {temporary} ({shape}) ON COMMIT DROP"
        )
        with cursor.copy(f"COPY {temporary} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        yield cursor, temporary
        cursor.execute(f"TRUNCATE {temporary}")


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
