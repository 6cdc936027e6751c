"""Questions asked before promises are planned for many cases."""

from django.db import connection

EDGES = "SELECT min(id), max(id) FROM casework_case"


def case_keys() -> tuple[int, int]:
    """The lowest and the highest key of a case the actor sees; (0, 0) without any."""
    with connection.cursor() as cursor:
        cursor.execute(EDGES)
        low, high = cursor.fetchone()
    return int(low or 0), int(high or 0)
