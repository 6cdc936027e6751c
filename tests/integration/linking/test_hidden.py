"""Somebody known whom the worker who writes them down may not see."""

import pytest
from django.db import connections

from alongside.care.matching.types import Band
from alongside.foundation.lib.errors import NotFound
from tests.integration.linking.somebody import SUPERVISOR, arrive, like
from tests.integration.walls.conftest import actor_of
from tests.support.receiving import ask


@pytest.mark.usefixtures("fresh_database")
def test_who_the_worker_may_not_see_is_not_linked_by_them():
    """Else whoever knows a name and a birthday could open a hidden case with it."""
    hidden = arrive(by=actor_of(SUPERVISOR))
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE casework_case SET compartments = 16 WHERE public_id = %s",
            [hidden.case_id],
        )
    found = arrive()

    assert found.band is Band.REVIEW
    assert found.person_id != hidden.person_id
    assert ask("SELECT count(*) FROM linking_reviewtask") == [(1,)]
    assert ask("SELECT why FROM linking_linkdecision WHERE band = 'review'") == [
        ("agree",)
    ]


@pytest.mark.usefixtures("fresh_database")
def test_nobody_is_chosen_whom_the_worker_may_not_see():
    hidden = arrive(by=actor_of(SUPERVISOR))
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE casework_case SET compartments = 16")
    with pytest.raises(NotFound):
        arrive(like(chosen=hidden.person_id))
