"""Long lists as CSV, a thousand rows at a time."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction

from alongside.api.v1.schemas import Returned
from alongside.care.intake import queries as intake
from alongside.foundation.accounts.types import Actor
from alongside.walls.context import acting_as
from alongside.workflows.read_outcomes import FILE_HEAD

PAGE = 1000
ROW_COLUMNS = ("row", "fate", "code", "message", "column")
RETURN_COLUMNS = tuple(Returned.model_fields)
ANSWER = {
    "responses": {
        200: {
            "description": "OK",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    }
}


def headers(name: str) -> dict[str, str]:
    """What tells a browser that this is a file to keep."""
    return {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{name}.csv"',
    }


def iterate_rows(actor: Actor, delivery_id: int) -> Iterator[bytes]:
    """The fates of a delivery. The answer goes out after its request's own
    transaction has ended, so each page of rows has one of its own."""
    yield _lines([ROW_COLUMNS])
    after = 0
    while True:
        with acting_as(actor), transaction.atomic():
            rows = intake.list_fates(delivery_id=delivery_id, after=after, limit=PAGE)
        if not rows:
            return
        yield _lines([getattr(row, name) for name in ROW_COLUMNS] for row in rows)
        after = rows[-1].row


def write_returned(returned: Sequence[Returned]) -> bytes:
    """What was sent back, one line each."""
    lines = [[getattr(one, name) for name in RETURN_COLUMNS] for one in returned]
    return _lines([RETURN_COLUMNS, *lines])


def write_outcomes(rows: Iterable[Sequence[object]]) -> bytes:
    """Counts of what changed for people, one line each."""
    return _lines([FILE_HEAD, *rows])


def _lines(lines: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode()
