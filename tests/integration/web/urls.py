"""The real sign-in pages, and stand-ins for the pages behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
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
urlpatterns = [
    path("", signing_in.home, name="home"),
    path("", include("alongside.web.accounts.urls")),
    path("", include((casework, "casework"))),
    path("", include((intake, "intake"))),
    path("", include((standing, "status"))),
    path("", include("alongside.web.notices.urls")),
    path("", include("alongside.web.emergency.urls")),
    path("", include("alongside.web.conflicts.urls")),
    path("", include("alongside.web.compartments.urls")),
    path("refuse/<str:why>", refuse),
]
