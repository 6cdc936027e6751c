"""The places that do not fit into the bar, each with what is there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.web.access import signed_in
from alongside.web.places import in_the_bar
from alongside.web.requests import AppRequest
from alongside.web.shell import place_link


@signed_in
@require_safe
def more(request: AppRequest) -> HttpResponse:
    """Everywhere else the reader may go."""
    _, rest = in_the_bar(request.actor)
    places = [
        {
            **place_link(place, actor=request.actor, request=request),
            "says": place.says,
        }
        for place in rest
    ]
    return render(request, "more/more.html", {"places": places})
