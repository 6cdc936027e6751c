"""Who acts in these tests, and for whom. Everybody is invented."""

import time
from dataclasses import replace

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from tests.support.receiving import NOW

ASHA = {"crime_ref": "26000000001", "given_names": "Asha", "surname": "Reed"}
OMAR = {"crime_ref": "26000000002", "given_names": "Omar", "surname": "Bell"}


def actor_of(name, **changes):
    user = User.objects.get(email=f"{name}@llr.example")
    return replace(get_actor(user_id=user.pk, now=NOW), **changes)


def fresh(actor, *, minutes_ago=0):
    """The same actor, who gave a second factor so many minutes ago."""
    return replace(actor, strong_at=int(time.time() - minutes_ago * 60))
