"""What is done to the calendar stands on the trail."""

import psycopg
from django.db import transaction

from alongside.foundation.organisations import queries
from alongside.walls.context import acting_as
from alongside.workflows.keep_calendar import add_days, withdraw_day


def test_adding_and_taking_back_are_on_the_trail(fresh_database, actor_as, asked, now):
    supervisor = actor_as("supervisor")
    with acting_as(supervisor), transaction.atomic():
        add_days(actor=supervisor, now=now, closing=asked)
        (day,) = queries.list_closed_days()
        withdraw_day(actor=supervisor, now=now, day_id=day.public_id, reason="Not so")

    with psycopg.connect(fresh_database.auditor.conninfo()) as auditor:
        found = auditor.execute(
            "SELECT action, subject_kind, subject_id, user_id FROM audit.entry"
            " WHERE action LIKE 'calendar.%' ORDER BY id"
        ).fetchall()
    assert found == [
        ("calendar.added", "closed_day", day.public_id, supervisor.user_id),
        ("calendar.withdrawn", "closed_day", day.public_id, supervisor.user_id),
    ]
