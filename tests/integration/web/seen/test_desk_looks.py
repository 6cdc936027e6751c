"""Looking at two records at the review desk is a look at both people."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from alongside.walls.context import acting_as
from tests.factories.reviews import make_review
from tests.integration.linking.merging import FIRST, SECOND, take_in
from tests.integration.walls.conftest import actor_of

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_two_records_side_by_side_are_a_look_at_both_people(client_as):
    now = datetime.now(tz=UTC)
    names = [row | {"surname": "Okafor"} for row in (FIRST, SECOND)]
    ids = take_in(*names, now=now)
    task = make_review(SECOND["crime_ref"], FIRST["crime_ref"], now=now)
    sarah = client_as("supervisor")
    assert sarah.get(f"/same-person/{task}").status_code == 200

    bea = actor_of("information@llr.example")
    with acting_as(bea), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, looker"
            " FROM people_unusual_looking(%s, 99, 99, '', NULL, %s)"
            " WHERE kind = 'own_surname'",
            [now - timedelta(hours=1), now],
        )
        found = cursor.fetchall()
    assert set(found) == {(one, "Sarah Okafor") for one in ids}
