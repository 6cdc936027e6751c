"""Putting many rows into a table in two statements.

Row security refuses COPY into its tables, so rows are copied into a temporary
table first and inserted from there, under the policies. A few rows go in one
statement instead: making the temporary table would cost more than they do.

Inside `writing_behind` these statements are sent by a second thread, in order,
while the first goes on preparing rows; whatever else is then asked of the
database waits for them first, so that nobody sees the difference.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any
from zlib import crc32

import psycopg
from django.db import connections, models

from alongside.walls.prepared import Prepared

# What Django calls a type, where the driver knows it by another name.
COPIED_AS = {
    "bigint": "int8",
    "integer": "int4",
    "smallint": "int2",
    "boolean": "bool",
    "timestamp with time zone": "timestamptz",
}

# Up to so many values, a statement of their own is quicker than a temporary table.
FEW_VALUES = 400

TAKE_IDS = Prepared(
    "SELECT array_agg(nextval(s.name)) FROM generate_series(1, %s),"
    " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) s"
)

Job = Callable[[psycopg.Connection[Any]], None]


class _Writer:
    """Sends statements on one connection from a thread of its own, in order."""

    def __init__(self, alias: str) -> None:
        self.connection = connections[alias]
        self.connection.ensure_connection()
        self.thread = ThreadPoolExecutor(max_workers=1)
        self.sent: list[Future[None]] = []

    def send(self, job: Job) -> None:
        self.sent.append(self.thread.submit(job, self.connection.connection))

    def wait(self) -> None:
        sent, self.sent = self.sent, []
        with self.connection.wrap_database_errors:
            for job in sent:
                job.result()

    def wait_then(self, execute: Any, *statement: Any) -> Any:
        """What Django calls around each statement it sends itself."""
        self.wait()
        return execute(*statement)


_writer: ContextVar[_Writer | None] = ContextVar("bulk_writer", default=None)


@contextmanager
def writing_behind(*, using: str = "default") -> Iterator[None]:
    """Let bulk statements of this block be sent while the block goes on."""
    writer = _Writer(using)
    token = _writer.set(writer)
    try:
        with writer.connection.execute_wrapper(writer.wait_then):
            yield
            writer.wait()
    finally:
        _writer.reset(token)
        writer.thread.shutdown(cancel_futures=True)


@contextmanager
def sending_together(*, using: str = "default") -> Iterator[None]:
    """Let statements of this block that answer nothing go without waiting for each.

    Whatever is asked in between waits for those before it. What went wrong is told
    at the latest as the block ends.
    """
    connection = connections[using]
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _send(job: Job, *, using: str) -> None:
    writer = _writer.get()
    if writer is not None:
        writer.send(job)
        return
    connection = connections[using]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        job(connection.connection)


def wait_for_sent() -> None:
    """Wait for what `writing_behind` has been given to send, if there is any."""
    writer = _writer.get()
    if writer is not None:
        writer.wait()


def run_in_order(sql: str, values: Sequence[Any], *, using: str = "default") -> None:
    """Run one statement that answers nothing, after the bulk statements before it."""
    _send(lambda raw: _run(raw, sql, values), using=using)


def _run(raw: psycopg.Connection[Any], sql: str, values: Sequence[Any]) -> None:
    with raw.cursor() as cursor:
        # The backend's cursor, which knows what is to be prepared.
        cursor.execute(sql, values)


def bulk_insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    alike: Mapping[str, Any] | None = None,
    unless_there: bool = False,
    ordered_by: str = "",
    using: str = "default",
) -> None:
    """Insert the rows (values in the order of `columns`) inside the open transaction.

    `alike` are columns with one value for every row. Values are given as the
    database takes them: keys of other rows as numbers, JSON as
    `psycopg.types.json.Jsonb`. With `unless_there`, rows that a unique constraint
    says are there already are passed over. They go in as they are given, or in the
    order of the column `ordered_by`.
    """
    given = list(rows)
    if not given:
        return
    same = dict(alike or {})
    order = f" ORDER BY {ordered_by}" if ordered_by else ""
    passing = " ON CONFLICT DO NOTHING" if unless_there else ""
    then = _insert_sql(
        model, tuple(columns), tuple(same), using, ending=f"{order}{passing}"
    )
    _stage(model, columns, given, then=then, values=list(same.values()), using=using)


@lru_cache(maxsize=256)
def _insert_sql(
    model: type[models.Model],
    columns: tuple[str, ...],
    same: tuple[str, ...],
    using: str,
    *,
    ending: str,
) -> str:
    constants = [f"%s::{name}" for name in _types(model, same, using)]
    into = ", ".join([*columns, *same])
    values = ", ".join([*columns, *constants])
    return (
        f"INSERT INTO {model._meta.db_table} ({into})"  # noqa: S608
        f" SELECT {values} FROM {{}}{ending}"
    )


@lru_cache(maxsize=256)
def _types(
    model: type[models.Model], columns: tuple[str, ...], using: str
) -> list[str]:
    by_column = {field.column: field for field in model._meta.concrete_fields}
    return [str(by_column[c].db_type(connections[using])) for c in columns]


def bulk_update(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    only_unset: str = "",
    using: str = "default",
) -> None:
    """Change the rows whose key is the first of `columns` inside the transaction.

    With `only_unset`, those alone in which that column is empty.
    """
    key, *changed = columns
    table = model._meta.db_table
    settings = ", ".join(f"{column} = new.{column}" for column in changed)
    condition = f" AND {table}.{only_unset} IS NULL" if only_unset else ""
    _stage(
        model,
        columns,
        list(rows),
        then=f"UPDATE {table} SET {settings} FROM {{}}"  # noqa: S608
        f" WHERE {table}.{key} = new.{key}{condition}",
        using=using,
    )


def _stage(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    then: str,
    values: Sequence[Any] = (),
    using: str,
) -> None:
    """Put the rows into a temporary table, then run a statement on it.

    The names in these statements are our own tables' and columns'.
    """
    if not rows:
        return
    types = _types(model, tuple(columns), using)
    if len(rows) * len(columns) <= FEW_VALUES:
        statement, given = _few(tuple(columns), tuple(types), rows, then=then)
        run_in_order(statement, [*values, *given], using=using)
        return
    shape = ", ".join(map(" ".join, zip(columns, types, strict=True)))
    names = ", ".join(columns)
    mark = crc32(shape.encode())
    temporary = f"bulk_{model._meta.db_table}_{mark:x}"
    statement = then.format(f"{temporary} new")

    def job(raw: psycopg.Connection[Any]) -> None:
        with raw.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE IF NOT EXISTS {temporary} ({shape}) ON COMMIT DROP"
            )
            # Binary: a fifth of the work of text, on both sides.
            with cursor.copy(
                f"COPY {temporary} ({names}) FROM STDIN (FORMAT BINARY)"
            ) as copy:
                copy.set_types([COPIED_AS.get(name, name) for name in types])
                for row in rows:
                    copy.write_row(row)
            cursor.execute(statement, values or None)
            cursor.execute(f"TRUNCATE {temporary}")

    _send(job, using=using)


def _few(
    columns: tuple[str, ...],
    types: tuple[str, ...],
    rows: Sequence[Sequence[Any]],
    *,
    then: str,
) -> tuple[str, list[Any]]:
    """A statement that brings the rows in itself, and the values in it.

    One text however many the rows are, wherever a column can be a list of its own.
    """
    if len(rows) == 1:
        return _one_sql(columns, types, then), list(rows[0])
    if any(name.endswith("]") for name in types):
        line = ", ".join(f"%s::{name}" for name in types)
        lines = ", ".join([f"({line})"] * len(rows))
        statement = then.format(f"(VALUES {lines}) new({', '.join(columns)})")
        return statement, [value for row in rows for value in row]
    return _lists_sql(columns, types, then), [list(a) for a in zip(*rows, strict=True)]


@lru_cache(maxsize=256)
def _one_sql(columns: tuple[str, ...], types: tuple[str, ...], then: str, /) -> str:
    line = ", ".join(f"%s::{name}" for name in types)
    return Prepared(then.format(f"(VALUES ({line})) new({', '.join(columns)})"))


@lru_cache(maxsize=256)
def _lists_sql(columns: tuple[str, ...], types: tuple[str, ...], then: str, /) -> str:
    lists = ", ".join(f"%s::{name}[]" for name in types)
    return Prepared(then.format(f"unnest({lists}) new({', '.join(columns)})"))


def take_ids(
    model: type[models.Model], count: int, *, using: str = "default"
) -> list[int]:
    """Keys for rows that are about to be inserted."""
    if not count:
        return []
    with connections[using].cursor() as cursor:
        cursor.execute(TAKE_IDS, [count, model._meta.db_table])
        return list(cursor.fetchone()[0])
