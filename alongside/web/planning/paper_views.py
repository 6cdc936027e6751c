"""Safety and exit plans: seeing, writing, printing."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.planning.operations import papers
from alongside.care.planning.permissions import PlanDayNeeded
from alongside.care.planning.types import PaperKind
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.planning import forms, pages, paper_pages
from alongside.web.planning.plan_views import next_review
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.workflows import plan_support

CARDS, SHEET = "planning/cards.html", "planning/sheet.html"


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, case_id: UUID, paper: PaperKind) -> HttpResponse:
    """A safety or exit plan as it stands."""
    brief, found = plan_support.read_papers(
        actor=request.actor, now=request.now, case_id=case_id, paper=paper
    )
    page = paper_pages.paper_page(
        brief, paper, found, actor=request.actor, on=local_day(request.now)
    )
    return render(request, CARDS, {"page": page})


@requires(Permission.CASE_VIEW)
@require_safe
def sheet(request: AppRequest, case_id: UUID, paper: PaperKind) -> HttpResponse:
    """The same as a sheet for the person."""
    brief, found = plan_support.read_papers(
        actor=request.actor, now=request.now, case_id=case_id, paper=paper
    )
    page = paper_pages.paper_sheet(brief, paper, found)
    return render(request, SHEET, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def write(request: AppRequest, case_id: UUID, paper: PaperKind) -> HttpResponse:
    """Writes the next version."""
    brief, found = plan_support.read_papers(
        actor=request.actor, now=request.now, case_id=case_id, paper=paper
    )
    newest = found[0] if found else None
    said = newest.sections if newest else {}
    number = newest.number if newest else 0
    form = forms.Paper(
        typed(request),
        paper=paper,
        initial={
            "version": number,
            "review_on": next_review(request) if paper is PaperKind.SAFETY else None,
            **{f"section_{code}": words for code, words in said.items()},
        },
    )
    name = paper_pages.PAPERS[paper]
    return asked(
        request,
        form,
        lambda: papers.write_paper(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            paper=paper,
            number=form.cleaned_data["version"],
            sections=form.sections(),
            with_person=form.cleaned_data["with_person"],
            review_on=form.cleaned_data["review_on"],
        ),
        page=lambda form: pages.form_page(
            name,
            brief,
            form,
            save="Save",
            back=paper.value,
            notes=["The version before is kept."] if number else [],
        ),
        done=f"{name} saved",
        to=pages.at(paper.value, brief),
        fields={PlanDayNeeded: "review_on"},
        version=number,
        now=paper_pages.paper_card(newest, paper) if newest else None,
    )
