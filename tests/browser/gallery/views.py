"""Pages of invented data, signed in as nobody real. Only tests serve them."""

from types import SimpleNamespace

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tests.browser.gallery import forms, samples

CASE = SimpleNamespace(
    title="Case LLR-7F3K",
    identity=samples.IDENTITY,
    next_action=samples.NEXT,
    clocks=samples.CLOCKS,
    acts=samples.ACTS,
    other_acts=samples.OTHER_ACTS,
    timeline=samples.TIMELINE,
    crime=samples.CRIME,
    seen=samples.SEEN,
    phones=samples.PHONES,
)
WORK = SimpleNamespace(
    title="My work",
    table=samples.WORK,
    filter=samples.FILTER,
    pager=samples.PAGER,
    nothing=samples.NO_WORK,
)
QUEUE = SimpleNamespace(title="Team queue", table=samples.QUEUE, stats=samples.STATS)
HELD = SimpleNamespace(title="Held referrals", cards=(samples.HELD, samples.HELD))
FEEDS = SimpleNamespace(
    title="Feeds", share=samples.SHARE, deliveries=samples.DELIVERIES
)
PAGES = {"case": CASE, "work": WORK, "queue": QUEUE, "held": HELD, "feeds": FEEDS}


@transaction.non_atomic_requests
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the gallery."""
    request.actor = samples.ACTOR  # type: ignore[attr-defined]
    if name == "held":
        messages.success(request, "Referral returned to the force")
    if name == "form":
        form = forms.EveryField({"on_0": "31", "on_1": "", "on_2": "2026"})
        page = SimpleNamespace(title="Error: Log contact", heading="Log contact")
        page.form = form
        return render(request, "layouts/form.html", {"page": page})
    return render(request, f"gallery/{name}.html", {"page": PAGES[name]})


@transaction.non_atomic_requests
def nowhere(request: HttpRequest) -> HttpResponse:
    """Stands in for the pages that the navigation leads to."""
    return HttpResponse("A page")
