"""Questions that are asked again and again: planned once a connection, asked together.

Each waits for nothing but the answers: however many are asked together, there is one
journey to the database and back.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from psycopg.pq import PipelineStatus

from alongside.foundation.lib.bulk import wait_for_sent
from alongside.walls.prepared import Prepared

# PostgreSQL's own name for it; as a constant it is looked up once a plan.
NUMBER = "nextval('{}_id_seq')"
Rows = list[tuple[Any, ...]]


class Question(NamedTuple):
    """A statement and its values. `sql` is one text whatever the values are."""

    sql: Prepared
    values: Sequence[Any] = ()


def ask_keys(*models: type[Model]) -> Question:
    """A key for one row of each of these, about to be inserted: one row of keys."""
    return Question(_keys_sql(models))


@lru_cache(maxsize=32)
def _keys_sql(models: tuple[type[Model], ...], /) -> Prepared:
    numbers = (NUMBER.format(model._meta.db_table) for model in models)
    return Prepared(f"SELECT {', '.join(numbers)}")


def ask(question: Question, *, using: str = DEFAULT_DB_ALIAS) -> Rows:
    """The rows that answer a question."""
    with connections[using].cursor() as cursor:
        cursor.execute(question.sql, question.values)
        return list(cursor.fetchall())


def ask_together(
    *questions: Question, using: str = DEFAULT_DB_ALIAS
) -> tuple[Rows, ...]:
    """The rows that answer each question, in the order they are asked.

    The database answers them in that order, so that what one locks or writes the next
    ones see. Outside a transaction each is one of its own.
    """
    wait_for_sent()
    connection = connections[using]
    connection.ensure_connection()
    with ExitStack() as block:
        block.enter_context(connection.wrap_database_errors)
        # Inside `sending_together` there is a pipeline already.
        if connection.connection.pgconn.pipeline_status == PipelineStatus.OFF:
            block.enter_context(connection.connection.pipeline())
        cursors = [block.enter_context(connection.cursor()) for _ in questions]
        for cursor, question in zip(cursors, questions, strict=True):
            cursor.execute(question.sql, question.values)
        return tuple(list(cursor.fetchall()) for cursor in cursors)
