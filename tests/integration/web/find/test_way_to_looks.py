"""From those who were found to who has seen them: offered where it opens."""

import pytest
from django.urls import reverse

from alongside.foundation.accounts.models import Membership
from alongside.foundation.organisations.models import Team
from tests.integration.care.test_search import AMRIT
from tests.integration.web.casework.conftest import text_of
from tests.support.receiving import send

# Only the database's owner changes who acts for whom, so these are committed.
pytestmark = pytest.mark.usefixtures("fresh_database")


def found_by(client):
    return text_of(client.post(reverse("find:find"), {"q": "amrit"}))


def test_a_supervisor_is_offered_the_looks_of_their_own_teams_people(client_as):
    send(AMRIT)
    assert "Seen by" in found_by(client_as("supervisor"))
    supervisors = Membership.objects.using("owner").filter(
        user__email="supervisor@llr.example"
    )
    supervisors.update(team=Team.objects.using("owner").get(code="witness"))
    page = found_by(client_as("supervisor"))
    assert "A**** K****" in page and "/seen" not in page
    assert "Who has seen them" not in page
    assert "Seen by" in found_by(client_as("information"))
