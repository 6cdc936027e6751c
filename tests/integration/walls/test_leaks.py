"""Nothing of who acted is left on a connection that goes on living."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from alongside.walls.context import acting_as

THREADS, TURNS = 8, 40


def cases_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_case")
        return int(cursor.fetchone()[0])


@pytest.mark.usefixtures("fresh_database", "delivery")
def test_connections_that_live_on_carry_nobodys_sight(service, provider, elsewhere):
    expected = ((service, 1), (provider, 0), (elsewhere, 0))

    def work(thread: int) -> list[tuple[int, int]]:
        wrong = []
        try:
            for turn in range(TURNS):
                actor, wanted = expected[(thread + turn) % len(expected)]
                try:
                    with acting_as(actor), transaction.atomic():
                        found = cases_seen()
                        if turn % 5 == 0:
                            raise KeyError  # as where a page fails half way
                except KeyError:
                    pass
                wrong += [(turn, found)] if found != wanted else []
                with transaction.atomic():
                    wrong += [(turn, found)] if cases_seen() else []
                wrong += [(turn, found)] if cases_seen() else []
        finally:
            connections.close_all()
        return wrong

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(work, range(THREADS)), []) == []
