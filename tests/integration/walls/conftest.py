"""People who act for different agencies, and something for them to see."""

from dataclasses import replace

import pytest

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor, list_memberships
from tests.support.receiving import NOW, receiver, send

NOWHERE = 999_999_999


def actor_of(email):
    """One of the demonstration's accounts, acting."""
    user = User.objects.get(email=email)
    ((membership, _),) = list_memberships(user_id=user.pk, now=NOW)
    return get_actor(user_id=user.pk, now=NOW, membership_id=membership)


# Nobody that could be taken for whoever else the feed is about.
OTHER = {"given_names": "Omid", "surname": "Ash", "date_of_birth": "1981-02-03"}


@pytest.fixture
def delivery():
    """A live referral and a held one, received by the service."""
    return send({}, {**OTHER, "crime_ref": "2", "consent_referral": "refused"})


@pytest.fixture
def service():
    return receiver()


@pytest.fixture
def provider():
    """Another agency of the same area."""
    return actor_of("provider@llr.example")


@pytest.fixture
def elsewhere(service):
    """The same agency, as if it acted in another area."""
    return replace(service, area_id=NOWHERE)
