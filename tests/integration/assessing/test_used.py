"""How often a version was completed: told to administrators, who see no case."""

from django.db import transaction

from alongside.care.instruments import queries
from alongside.walls.context import acting_as
from alongside.workflows.complete_assessment import complete
from tests.integration.assessing.conftest import YES
from tests.integration.assessing.test_high_risk import filled


def used_by(actor):
    with acting_as(actor), transaction.atomic():
        return queries.count_used()


def test_what_was_completed_is_counted_and_drafts_are_not(worker, actor_as, now, begun):
    administrator = actor_as("administrator")
    made, version = filled(worker, now, begun, YES)
    assert used_by(administrator) == {}
    complete(actor=worker, now=now, assessment_id=made, version=version)
    assert used_by(administrator) == {("dash", 1): 1}
    assert used_by(worker) == {}
