"""Counting tries to sign in, so that nobody can go on guessing.

A try is counted before it is judged and given back when it was right: however many
come at once, no more than the limit are judged.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from alongside.foundation.accounts.models import TryCount
from alongside.foundation.accounts.rules.tries import Counter
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import LimitCode

COUNT = """
    INSERT INTO accounts_trycount AS t (mark, tries, until) VALUES (%s, 1, %s)
    ON CONFLICT (mark) DO UPDATE SET
        tries = CASE WHEN t.until <= %s THEN 1 ELSE t.tries + 1 END,
        until = CASE WHEN t.until <= %s THEN excluded.until ELSE t.until END
    RETURNING tries, until
"""


@transaction.atomic
def count_try(
    *, actor: object, now: datetime, counters: Sequence[Counter]
) -> timedelta | None:
    """Count one try; how long to wait where there were too many, else None.

    `actor` says who tries, as far as anybody knows.
    """
    waits = [_count(now, counter) for counter in counters]
    return max((wait for wait in waits if wait), default=None)


def _count(now: datetime, counter: Counter) -> timedelta | None:
    with connection.cursor() as cursor:
        until = now + counter.within
        cursor.execute(COUNT, [counter.mark, until, now, now])
        tries, until = cursor.fetchone()
    return until - now if tries > counter.most else None


@transaction.atomic
def forget_tries(*, actor: object, now: datetime, counters: Sequence[Counter]) -> None:
    """Give back the try that was right; the first counter starts from nought again.

    Marks that are long over go at the same time: nothing is kept of a network
    address once it is no longer counted.
    """
    first, *others = counters
    TryCount.objects.filter(mark=first.mark).delete()
    for counter in others:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE accounts_trycount SET tries = greatest(tries - 1, 0)"
                " WHERE mark = %s",
                [counter.mark],
            )
    kept = timedelta(days=limit(LimitCode.TRIES_KEPT_DAYS))
    TryCount.objects.filter(until__lte=now - kept).delete()
