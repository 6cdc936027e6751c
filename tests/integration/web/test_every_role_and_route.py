"""Every role at every route, against a table that people keep by hand.

`tests/data/reach.txt` says who may pass each door. A door lets in whoever is not told
403; what is behind it (a page, a form with errors, no such case) is other tests' care.
A new route or a new right fails here until somebody has written it down.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.api.urls import api
from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.operations import make_token
from alongside.foundation.accounts.types import Role
from alongside.web.access import PUBLIC
from tests.support.home import PROJECT

pytestmark = pytest.mark.usefixtures("fresh_database")

FILE = PROJECT / "tests" / "data" / "reach.txt"
NOBODY = str(UUID(int=7))
FORBIDDEN, UNKNOWN = 403, 401
EVERYBODY = "everybody"
# A stranger's key in place of each part of an address: the door is what is tried.
PARTS = {"uuid": NOBODY, "str": "nothing", "int": "7", "slug": "nothing"}
# What a route must be sent before it looks at who asks.
BODIES = {"/api/v1/people/search": {"q": "Nobody"}}
# Ends the session with which the next door would be tried.
ENDS_SESSION = {"/sign-out"}


def read_table() -> dict[str, set[str]]:
    """Address -> the roles it lets in."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    # Nobody signs in as the feed receiver.
    everyone = {role.value for role in Role} - {Role.FEED_RECEIVER.value}
    return {
        address: everyone if roles == [EVERYBODY] else set(roles) - {"-"}
        for address, *roles in rows
    }


def write_table(found: dict[str, set[str]]) -> None:
    """Put the table down as things are, to be read through before it is kept."""
    heading = [line for line in FILE.read_text().splitlines() if line.startswith("#")]
    everyone = {role.value for role in Role} - {Role.FEED_RECEIVER.value}
    rows = [
        f"{name} {EVERYBODY if roles == everyone else ' '.join(sorted(roles)) or '-'}"
        for name, roles in sorted(found.items())
    ]
    FILE.write_text("\n".join([*heading, *rows]) + "\n", encoding="utf-8")


def doors(patterns, prefix="/"):
    """Every page's address; the API's and the public ones are not doors of a role."""
    for pattern in patterns:
        here = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            if not here.startswith("/api/"):
                yield from doors(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            if f"{view.__module__}.{view.__qualname__}" not in PUBLIC:
                yield here


PAGES = sorted(set(doors(get_resolver("config.urls").url_patterns)) - ENDS_SESSION)
ROUTES = sorted(
    (f"{method.upper()}:{path}", method, path)
    for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
    for method in methods
)


def knock_at(page: str) -> str:
    """The address with a stranger's key in each place."""
    parts = []
    for part in page.split("/"):
        kind = part.strip("<>").partition(":")[0]
        parts.append(PARTS.get(kind, "nothing") if part.startswith("<") else part)
    return "/".join(parts)


def let_in_by_pages(client: Client) -> set[str]:
    """The pages that let somebody in. The guard stands before whatever is sent."""
    found = set()
    for page in PAGES:
        address = knock_at(page)
        asked = client.get(address)
        assert asked.headers.get("Location", "").partition("?")[0] != "/sign-in", page
        if (
            asked.status_code != FORBIDDEN
            or client.post(address).status_code != FORBIDDEN
        ):
            found.add(page)
    return found


def let_in_by_routes(token: str) -> set[str]:
    """The API's routes that let a token in."""
    found = set()
    for name, method, path in ROUTES:
        address = path.replace("{", "<uuid:").replace("}", ">")
        answer = Client().generic(
            method,
            knock_at(address),
            json.dumps(BODIES.get(path, {})),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code != UNKNOWN, name
        if answer.status_code != FORBIDDEN:
            found.add(name)
    return found


def memberships():
    rows = Membership.objects.select_related("user").order_by("role", "pk")
    return {row.role: row for row in rows}


def differences(
    found: dict[str, set[str]], table: dict[str, set[str]]
) -> dict[str, list[str]]:
    """The roles about which the doors and the table disagree, by door."""
    return {
        name: sorted(roles ^ table.get(name, set()))
        for name, roles in found.items()
        if roles != table.get(name)
    }


@pytest.fixture
def found(sign_in):
    """Address -> the roles that it lets in, as it is."""
    letting_in: dict[str, set[str]] = {name: set() for name in PAGES}
    letting_in |= {name: set() for name, _, _ in ROUTES}
    now = datetime.now(tz=UTC)
    for role, membership in memberships().items():
        token = make_token(
            actor="test",
            now=now,
            membership=membership,
            label="door",
            until=now + timedelta(days=1),
        )
        passed = let_in_by_routes(token)
        if role != Role.FEED_RECEIVER:
            client = Client()
            sign_in(client, email=membership.user.email)
            passed |= let_in_by_pages(client)
        for name in passed:
            letting_in[name].add(role)
    return letting_in


def test_every_door_lets_in_whom_the_table_says(found):
    if os.environ.get("ALONGSIDE_WRITE_REACH"):
        write_table(found)
    table = read_table()
    assert memberships().keys() == {role.value for role in Role}, "a role tried no door"
    assert differences(found, table) == {}
    assert table.keys() == found.keys(), "the table names a route that is no more"


def test_a_door_left_open_is_caught():
    table = read_table()
    wider = {**table, "/rights": table["/rights"] | {"commissioner"}}
    assert differences(wider, table) == {"/rights": ["commissioner"]}
    assert differences({**table, "/planted": {"analyst"}}, table) == {
        "/planted": ["analyst"]
    }


def test_nobody_gets_in_without_signing_in():
    for page in PAGES:
        answer = Client().get(knock_at(page))
        assert answer.status_code in {302, 405}, page
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/sign-in"), page
    for name, method, path in ROUTES:
        address = knock_at(path.replace("{", "<uuid:").replace("}", ">"))
        assert Client().generic(method, address).status_code == UNKNOWN, name
