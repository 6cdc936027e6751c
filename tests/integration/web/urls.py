"""The real sign-in pages, and stand-ins for the pages behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web import urls as web
from alongside.web.access import requires
from alongside.web.accounts.views import signing_in
from alongside.web.requests import AppRequest

REFUSALS: dict[str, type[DomainError]] = {
    "gone": NotFound,
    "forbidden": NotAllowed,
    "late": DomainError,
}


@requires(Permission.WORK_VIEW)
def my_work(request: AppRequest) -> HttpResponse:
    """Says who acts, to the page and to the database."""
    return HttpResponse(f"{request.actor.label} at {request.now:%H:%M}")


@requires(Permission.STATUS_VIEW)
def status(request: AppRequest) -> HttpResponse:
    """A page that not everybody may open."""
    return HttpResponse("Status")


def refuse(request: HttpRequest, why: str) -> HttpResponse:
    """Stands for an operation that refuses."""
    raise REFUSALS[why]


casework = [
    path("my-work", my_work, name="my_work"),
    path("queue", my_work, name="queue"),
]
standing = [path("status", status, name="status")]
intake = [
    path("held", my_work, name="held"),
    path("feeds", my_work, name="feeds"),
]
# Every package's own pages but those that stand-ins are there for: whatever the
# navigation leads to has an address.
STOOD_IN_FOR = {"home", "accounts", "casework", "intake", "status"}
OTHERS = [
    one
    for one in web.urlpatterns
    if (getattr(one, "app_name", None) or getattr(one, "name", None))
    not in STOOD_IN_FOR
]
urlpatterns = [
    path("", signing_in.home, name="home"),
    path("", include("alongside.web.accounts.urls")),
    path("", include((casework, "casework"))),
    path("", include((intake, "intake"))),
    path("", include((standing, "status"))),
    *OTHERS,
    path("refuse/<str:why>", refuse),
]
