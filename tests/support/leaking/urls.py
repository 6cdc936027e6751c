"""Pages that forget to filter, behind the product's own tokens and signed context."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from alongside.foundation.accounts.queries import get_actor_by_token
from alongside.walls.context import acting_as

EVERY_CASE = "SELECT id FROM casework_case"


class HalfWay(Exception):
    """What a page that breaks raises."""


def by_token(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Act as whoever the token says; as nobody without one."""

    def answer(request: Any) -> HttpResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token:
            return get_response(request)
        with acting_as(get_actor_by_token(token=token, now=request.now)):
            return get_response(request)

    return answer


def forgetful(request: HttpRequest) -> HttpResponse:
    """Every case there is: only the walls say which."""
    with connection.cursor() as cursor:
        cursor.execute(EVERY_CASE)
        return JsonResponse([row[0] for row in cursor.fetchall()], safe=False)


def forgetful_in_pieces(request: HttpRequest) -> HttpResponse:
    """The same, read as the ORM reads long lists."""
    from alongside.care.casework.models import Case

    rows = Case.objects.values_list("pk", flat=True)
    return JsonResponse(list(rows.iterator(chunk_size=2)), safe=False)


def breaks(request: HttpRequest) -> HttpResponse:
    """Reads, then fails: its connection goes back as it is."""
    forgetful(request)
    raise HalfWay


urlpatterns = [
    path("forgetful", forgetful),
    path("pieces", forgetful_in_pieces),
    path("breaks", breaks),
]
