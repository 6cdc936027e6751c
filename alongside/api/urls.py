"""The API's addresses. It knows no page and no session, only tokens."""

from django.db import transaction
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI

from alongside.api.access import TokenAuth
from alongside.api.problems import add_handlers, in_words, no_such_address
from alongside.api.v1 import (
    compliance,
    deliveries,
    outcomes,
    people,
    progress,
    registers,
)

api = NinjaAPI(
    title="Alongside",
    version="1",
    description="For police forces: send referrals and progress messages, and read "
    "what became of every row. For a service: find people, add them, count what "
    "changed for them, and read its registers.",
    auth=TokenAuth(),
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
api.add_router("/compliance", compliance.router)
api.add_router("/deliveries", deliveries.router)
api.add_router("", outcomes.router)
api.add_router("/people", people.router)
api.add_router("/progress", progress.router)
api.add_router("", registers.router)
add_handlers(api)

app_name = "api"


def _addresses() -> list[URLPattern | URLResolver]:
    routes = [
        route
        for route in api.urls[0]
        if isinstance(route, URLPattern) and route.name != "api-root"
    ]
    # A route opens its own transactions: none stays open while a long body comes.
    for route in routes:
        route.callback = transaction.non_atomic_requests(in_words(route.callback))
    return [*routes, re_path("^(?P<rest>.*)$", no_such_address)]


urlpatterns = _addresses()
