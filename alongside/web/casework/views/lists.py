"""My work and the team queue, and what is done from them."""

from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from alongside.care.casework.queries import COUNT_LIMIT, Place
from alongside.care.casework.types import Tier
from alongside.foundation.accounts.types import Permission
from alongside.web.access import fresh, requires
from alongside.web.casework import forms
from alongside.web.casework.pages import lists as pages
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.web.words import say_count
from alongside.workflows import pass_on
from alongside.workflows.read_work import (
    CASELOAD_LIMIT,
    Due,
    read_chosen,
    read_my_work,
    read_team_work,
)

PAGE_SIZE = 25

E = TypeVar("E", bound=StrEnum)


@requires(Permission.WORK_VIEW)
@require_safe
def my_work(request: AppRequest) -> HttpResponse:
    """The cases the worker holds, the most pressing first."""
    due, tier = _one_of(request, "due", Due), _one_of(request, "tier", Tier)
    if request.GET.get("format") == "csv":
        return _my_work_file(request)
    start, size = _start(request), PAGE_SIZE
    work = read_my_work(
        actor=request.actor,
        now=request.now,
        due=due,
        tier=tier,
        start=start,
        size=size,
    )
    page = pages.my_work(
        work, actor=request.actor, due=due, tier=tier, start=start, size=size
    )
    return render(request, "casework/my_work.html", {"page": page})


@requires(Permission.WORK_VIEW)
@require_safe
def queue(request: AppRequest) -> HttpResponse:
    """A team's cases: those that wait for a worker, or all that are open."""
    if request.GET.get("format") == "csv":
        return _queue_file(request)
    waiting, tier = request.GET.get("show") != "all", _one_of(request, "tier", Tier)
    place = _place(request)
    work = read_team_work(
        actor=request.actor,
        now=request.now,
        team_id=_uuid(request.GET.get("team", "")),
        waiting=waiting,
        tier=tier,
        place=place,
        size=PAGE_SIZE,
    )
    page = pages.team(
        work, actor=request.actor, waiting=waiting, tier=tier, place=place
    )
    return render(request, "casework/queue.html", {"page": page})


@requires(Permission.WORK_VIEW)
@fresh()
def _my_work_file(request: AppRequest) -> HttpResponse:
    """Names leave in a file only for whoever has just shown that it is them."""
    work = read_my_work(
        actor=request.actor,
        now=request.now,
        due=_one_of(request, "due", Due),
        tier=_one_of(request, "tier", Tier),
        start=0,
        size=CASELOAD_LIMIT,
    )
    return csv_file("my-work", pages.CSV_COLUMNS, pages.csv_rows(work.items, work.on))


@requires(Permission.WORK_VIEW)
@fresh()
def _queue_file(request: AppRequest) -> HttpResponse:
    """The same for a team's cases."""
    work = read_team_work(
        actor=request.actor,
        now=request.now,
        team_id=_uuid(request.GET.get("team", "")),
        waiting=request.GET.get("show") != "all",
        tier=_one_of(request, "tier", Tier),
        place=None,
        size=COUNT_LIMIT,
    )
    return csv_file(
        "team-cases", pages.CSV_COLUMNS, pages.csv_rows(work.items, work.on)
    )


@requires(Permission.CASE_WORK)
@require_POST
def take_ticked(request: AppRequest) -> HttpResponse:
    """Takes every ticked case that nobody holds."""
    ticked = _ticked(request)
    if not ticked:
        messages.warning(request, "Tick at least one case first")
        return redirect("casework:queue")
    taken = pass_on.take_cases(actor=request.actor, now=request.now, case_ids=ticked)
    for refusal in taken.refusals:
        messages.warning(request, refusal)
    if taken.cases:
        verb = "is" if taken.cases == 1 else "are"
        messages.success(request, f"{say_count(taken.cases, 'case')} {verb} now yours")
    return redirect("casework:my_work")


@requires(Permission.CASE_ALLOCATE)
@require_POST
def give_ticked(request: AppRequest) -> HttpResponse:
    """Asks which worker the ticked cases go to, then gives them."""
    ticked = _ticked(request)
    hands = pass_on.read_hands(actor=request.actor, now=request.now)
    asked = "worker" in request.POST or "giving" in request.POST
    form = forms.GiveCases(request.POST if asked or not ticked else None, hands=hands)
    form.selected = ticked
    if form.is_valid():
        given = pass_on.give_cases(
            actor=request.actor,
            now=request.now,
            case_ids=ticked,
            worker_id=form.cleaned_data["worker"],
        )
        for refusal in given.refusals:
            messages.warning(request, refusal)
        name = form.names[str(form.cleaned_data["worker"])]
        messages.success(request, f"{say_count(given.cases, 'case')} given to {name}")
        return redirect("casework:queue")
    items = read_chosen(actor=request.actor, now=request.now, case_ids=ticked)
    page = pages.give(items, form)
    return render(request, "casework/give.html", {"page": page})


def _one_of(request: AppRequest, name: str, kind: type[E]) -> E | None:
    """A filter's value; none where it is not one of those there are."""
    value = request.GET.get(name, "")
    return kind(value) if value in set(kind) else None


def _start(request: AppRequest) -> int:
    text = request.GET.get("start", "")
    is_number = text.isascii() and text.isdigit() and len(text) < len("10000")
    return int(text) if is_number else 0


def _place(request: AppRequest) -> Place | None:
    for way in ("after", "before"):
        day, _, case = request.GET.get(way, "").partition(".")
        case_id = _uuid(case)
        try:
            due = date.fromisoformat(day)
        except ValueError:
            continue
        if case_id is not None:
            return Place(due=due, case_id=case_id, before=way == "before")
    return None


def _ticked(request: AppRequest) -> list[UUID]:
    found = (_uuid(text) for text in request.POST.getlist("selected"))
    return [one for one in found if one is not None][:COUNT_LIMIT]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
