"""Put the walls up: after every migrate, by the owner. Safe to repeat."""

from pathlib import Path

from django.db import connections, transaction

from alongside.walls.policies import statements

FUNCTIONS = Path(__file__).parent / "sql" / "functions"


def apply_all() -> None:
    """Functions, triggers, grants and policies, in one transaction."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for file in sorted(FUNCTIONS.glob("*.sql")):
            # One text without parameters: psycopg sends it as a simple query.
            cursor.execute(file.read_text(encoding="utf-8"))
        for statement in statements():
            cursor.execute(statement)
        # A trail restored from another server: its seals must go on after it.
        cursor.execute("SELECT audit.begin_era_if_moved()")
