"""Something to see, and every page with somebody who may open it."""

import re
from dataclasses import dataclass
from functools import cache

import pytest
from django.test import Client
from django.urls import get_resolver

from alongside.demo.sample import REFERRALS, first_rows
from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.types import ROLE_PERMISSIONS, Permission, Role
from alongside.web.access import PUBLIC, REQUIRED, SIGNED_IN
from tests.integration.web.test_reading_writes_nothing import addresses, examples
from tests.support.receiving import receive_bytes

ROWS = 60
PART = re.compile(r"<(\w+):(\w+)>")
# What stands in for a part of an address of which there is no example.
STRANGER = {"uuid": "00000000-0000-0000-0000-000000000007", "int": "7"}
ENDS_SESSION = {"sign-out"}


@dataclass(frozen=True)
class Door:
    """A page, and somebody signed in who may open it."""

    page: str
    client: Client


@pytest.fixture
def filled(fresh_database):
    """A database with cases, held referrals and a delivery in it."""
    with first_rows(REFERRALS, ROWS) as path:
        receive_bytes(path.read_bytes())
    return fresh_database


@pytest.fixture
def doors(filled, client_as):
    """Every page but the one that ends the session, each with who may open it."""
    known = examples()
    opener = cache(client_as)

    def typed(address):
        return PART.sub(lambda p: str(known.get(p[0], stand_in(p))), address)

    return [
        Door(page=f"/{typed(address)}", client=opener(who_holds(REQUIRED.get(view))))
        for address, view in addresses(get_resolver("config.urls").url_patterns)
        if view in REQUIRED.keys() | SIGNED_IN | PUBLIC and address not in ENDS_SESSION
    ]


@cache
def who_holds(permission: Permission | None) -> str:
    """The name of a demonstration account whose role holds the permission."""
    roles = [r for r in Role if permission in {None, *ROLE_PERMISSIONS[r]}]
    rows = Membership.objects.filter(role__in=set(roles) - {Role.FEED_RECEIVER})
    email = rows.order_by("role", "pk").values_list("user__email", flat=True)[0]
    return str(email).partition("@")[0]


def stand_in(part):
    return STRANGER.get(part[1], "nothing")
