"""A connection beside the request's own, which commits by itself.

What must stay when the request is undone goes there: what was refused, and how far a
delivery has come.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections, transaction

from alongside.walls.context import SETTING, current_token

BESIDE = "beside"


def run_beside(sql: str, values: Sequence[Any]) -> None:
    """Run one statement that answers nothing, as whoever acts now, and commit it."""
    with (
        transaction.atomic(using=BESIDE),
        connections[BESIDE].cursor() as cursor,
    ):
        # Again, for where another transaction there is open already.
        cursor.execute(SETTING, [current_token()])
        cursor.execute(sql, values)
