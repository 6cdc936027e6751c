"""Workload and supervision, for those who supervise."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.planning.operations import supervising
from alongside.care.planning.permissions import PlanDayNeeded, PlanWordsNeeded
from alongside.care.planning.queries.supervising import Watched
from alongside.care.planning.types import Found
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.planning import forms, pages, supervising_forms
from alongside.web.planning import supervising_pages as drawn
from alongside.web.planning.saving import asked, start_of, typed
from alongside.web.requests import AppRequest
from alongside.workflows import plan_support, watch_workload
from alongside.workflows.read_case import read_brief
from alongside.workflows.watch_workload import Chosen

TABLES, CARDS = "planning/tables.html", "planning/cards.html"
PAGE_SIZE, FILE_ROWS = 50, 10_000
FIELDS = {PlanWordsNeeded: "words", PlanDayNeeded: "act_by"}
FILE_HEAD = (
    *("worker", "points", "open cases", "high risk", "enhanced"),
    *("overdue", "no plan"),
)
CASES_HEAD = (
    *("reference", "what", "by", "tier", "high risk", "worker", "team", "opened"),
)


@requires(Permission.CASE_SUPERVISE)
@require_safe
def workload(request: AppRequest) -> HttpResponse:
    """Who carries how much, as a page or as a file."""
    work = watch_workload.read_workload(actor=request.actor, now=request.now)
    if request.GET.get("format") == "csv":
        watch_workload.record_export(actor=request.actor, now=request.now, case_ids=())
        return csv_file("workload", FILE_HEAD, drawn.workload_rows(work))
    return render(request, TABLES, {"page": drawn.workload_page(work)})


@requires(Permission.CASE_SUPERVISE)
@require_safe
def watched(request: AppRequest) -> HttpResponse:
    """The cases behind a number, as a page or as a file."""
    chosen = _chosen(request)
    as_file = request.GET.get("format") == "csv"
    start = start_of(request)
    found = watch_workload.read_watched(
        actor=request.actor,
        now=request.now,
        chosen=chosen,
        limit=FILE_ROWS if as_file else PAGE_SIZE,
        skip=0 if as_file else start,
    )
    if as_file:
        watch_workload.record_export(
            actor=request.actor,
            now=request.now,
            case_ids=tuple(one.case_id for one in found.cases),
        )
        return csv_file("cases", CASES_HEAD, drawn.watched_rows(found))
    page = drawn.watched_page(
        found, chosen, on=local_day(request.now), start=start, size=PAGE_SIZE
    )
    return render(request, TABLES, {"page": page})


def _chosen(request: AppRequest) -> Chosen:
    wanted = request.GET.get("list", "")
    try:
        return Chosen(
            watched=Watched(wanted) if wanted else Watched.ALL,
            team=_name(request.GET.get("team", "")),
            worker=_name(request.GET.get("worker", "")),
            nobody=request.GET.get("queue") == "yes",
        )
    except ValueError:
        raise NotFound("There is no such list") from None


def _name(text: str) -> UUID | None:
    return UUID(text) if text else None


@requires(Permission.CASE_WORK)
@require_safe
def show(request: AppRequest, case_id: UUID) -> HttpResponse:
    """What supervisors wrote about a case, for those who may read it."""
    brief, lines = plan_support.read_supervision(
        actor=request.actor, now=request.now, case_id=case_id
    )
    page = drawn.supervision_page(brief, lines, actor=request.actor, now=request.now)
    return render(request, CARDS, {"page": page})


@requires(Permission.CASE_SUPERVISE)
@require_http_methods(["GET", "POST"])
def add(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Writes what supervision came to."""
    form = supervising_forms.Supervise(typed(request))
    return _write(request, case_id, form, "Supervision note")


@requires(Permission.CASE_SUPERVISE)
@require_http_methods(["GET", "POST"])
def audit(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Writes what an audit of the file found."""
    form = supervising_forms.Audit(typed(request))
    return _write(request, case_id, form, "Audit of the file")


def _write(
    request: AppRequest,
    case_id: UUID,
    form: supervising_forms.Supervise,
    heading: str,
) -> HttpResponse:
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)

    def do() -> object:
        found: dict[str, Found] = (
            form.found() if isinstance(form, supervising_forms.Audit) else {}
        )
        return supervising.add_supervision(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            words=form.cleaned_data["words"],
            found=found,
            asks=form.cleaned_data["asks"],
            act_by=form.cleaned_data["act_by"],
        )

    return asked(
        request,
        form,
        do,
        page=lambda form: pages.form_page(
            heading, brief, form, save="Save", back="supervision"
        ),
        done="Saved. The worker sees it in their work",
        to=pages.at("supervision", brief),
        fields=FIELDS,
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def settle(request: AppRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Says that what a supervisor asked for is done."""
    brief, lines = plan_support.read_supervision(
        actor=request.actor, now=request.now, case_id=case_id
    )
    found = [one for one in lines if one.note_id == note_id]
    if not found:
        raise NotFound("We could not find that note")
    form = forms.Sure(typed(request), initial={"version": 1})
    return asked(
        request,
        form,
        lambda: supervising.settle_supervision(
            actor=request.actor, now=request.now, case_id=case_id, note_id=note_id
        ),
        page=lambda form: pages.form_page(
            "Is it done?",
            brief,
            form,
            save="It is done",
            back="supervision",
            notes=[found[0].asks],
        ),
        done="Saved",
        to=pages.at("supervision", brief),
    )
