"""The rights of a case, one of them, and which is written about."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.code_rights import pages, record_pages, say
from alongside.web.code_rights.forms import Choose
from alongside.web.planning.saving import typed
from alongside.web.requests import AppRequest
from alongside.workflows import code_rights
from alongside.workflows.code_rights import Begin

CARDS = "planning/cards.html"


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, case_id: UUID) -> HttpResponse:
    """The rights of a case: what is open, and what may be used now."""
    view = code_rights.read_rights(
        actor=request.actor, now=request.now, case_id=case_id
    )
    page = pages.case_page(view, actor=request.actor, on=local_day(request.now))
    return render(request, CARDS, {"page": page})


@requires(Permission.CASE_VIEW)
@require_safe
def record(request: AppRequest, case_id: UUID, record_id: UUID) -> HttpResponse:
    """One right and every step of it."""
    view = code_rights.read_record(
        actor=request.actor, now=request.now, case_id=case_id, record_id=record_id
    )
    page = record_pages.record_page(
        view, actor=request.actor, on=local_day(request.now)
    )
    return render(request, CARDS, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def choose(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Which right is written about, of which crime; then how it begins."""
    found = code_rights.read_begin(
        actor=request.actor, now=request.now, case_id=case_id
    )
    form = _choose(request, found)
    if form.is_valid():
        chosen = {name: value for name, value in form.cleaned_data.items() if value}
        query = urlencode(chosen)
        return redirect(f"{reverse('code_rights:choose', args=[case_id])}?{query}")
    chosen_page = _chosen(request, found)
    if request.method != "POST" and chosen_page is not None:
        return chosen_page
    return render(
        request, "planning/form.html", {"page": pages.choose_page(found, form)}
    )


def _choose(request: AppRequest, found: Begin) -> Choose:
    return Choose(
        typed(request),
        kinds=tuple(found.kinds.values()),
        crimes=pages.numbered(found.found),
        suspects=pages.suspects_in(found.found),
        initial={
            "kind": request.GET.get("kind", ""),
            "crime": request.GET.get("crime", ""),
            "suspect": request.GET.get("suspect", ""),
        },
    )


def _chosen(request: AppRequest, found: Begin) -> HttpResponse | None:
    """With which step what was chosen begins; straight there where it is only one."""
    kind = found.kinds.get(request.GET.get("kind", ""))
    crime = pages.crime_numbered(found.found, request.GET.get("crime", ""))
    if kind is None or crime is None:
        return None
    suspect = request.GET.get("suspect", "")
    query = urlencode({"crime": request.GET["crime"], "suspect": suspect})
    case_id = found.brief.case.public_id
    if len(kind.first) == 1:
        to = reverse("code_rights:begin", args=[case_id, kind.code, kind.first[0]])
        return redirect(f"{to}?{query}")
    stands = pages.window_for(found, kind, crime, suspect)
    window = say.window(stands, local_day(request.now)) if stands else ""
    page = pages.first_page(found, kind, crime, query=query, window=window)
    return render(request, CARDS, {"page": page})
