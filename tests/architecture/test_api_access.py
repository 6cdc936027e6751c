"""Every route of the API says who may use it, and asks for a token."""

from django.db import DEFAULT_DB_ALIAS

from alongside.api.access import REQUIRED_API
from alongside.api.urls import api, urlpatterns


def operations():
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return [one for path in schema["paths"].values() for one in path.values()]


def test_every_route_names_its_permission():
    said = {name.replace(".", "_") for name in REQUIRED_API}
    assert said
    assert {one["operationId"] for one in operations()} == said


def test_every_route_asks_for_a_token():
    assert all(one["security"] == [{"TokenAuth": []}] for one in operations())


def test_no_route_holds_a_transaction_while_it_reads_a_body():
    *routes, _no_such_address = urlpatterns
    for route in routes:
        exempt: set[str] = getattr(route.callback, "_non_atomic_requests", set())
        assert DEFAULT_DB_ALIAS in exempt, route
