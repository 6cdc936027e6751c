"""Warnings about a person, and the people around them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.people.operations import CannotRelate, RelationAsked
from alongside.care.planning.operations import warnings as warning_operations
from alongside.care.planning.permissions import PlanDayNeeded, PlanWordsNeeded
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.planning import meeting_forms, meeting_pages, pages
from alongside.web.planning.plan_views import next_review
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.workflows import plan_support
from alongside.workflows.plan_support import NobodyThere
from alongside.workflows.read_case import read_brief

CARDS = "planning/cards.html"


@requires(Permission.CASE_VIEW)
@require_safe
def warnings(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Every warning about the person of a case."""
    brief, lines = plan_support.read_warnings(
        actor=request.actor, now=request.now, case_id=case_id
    )
    page = meeting_pages.warnings_page(
        brief, lines, actor=request.actor, on=local_day(request.now)
    )
    return render(request, CARDS, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add_warning(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Warns of something, until a day."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    form = meeting_forms.AddWarning(
        typed(request), initial={"until": next_review(request)}
    )
    return asked(
        request,
        form,
        lambda: warning_operations.add_warning(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            kind=form.cleaned_data["kind"],
            words=form.cleaned_data["words"],
            until=form.cleaned_data["until"],
        ),
        page=lambda form: pages.form_page(
            "Add a warning", brief, form, save="Add warning", back="warnings"
        ),
        done="Warning added",
        to=pages.at("warnings", brief),
        fields={PlanWordsNeeded: "words", PlanDayNeeded: "until"},
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def look_at(request: AppRequest, case_id: UUID, warning_id: UUID) -> HttpResponse:
    """Lets a warning stand until another day, or takes it away."""
    brief, lines = plan_support.read_warnings(
        actor=request.actor, now=request.now, case_id=case_id
    )
    found = [one for one in lines if one.warning_id == warning_id]
    if not found:
        raise NotFound("We could not find that warning note")
    line, on = found[0], local_day(request.now)
    form = meeting_forms.LookAtWarning(
        typed(request),
        initial={"version": line.version, "until": next_review(request)},
    )

    def do() -> object:
        common = {
            "actor": request.actor,
            "now": request.now,
            "case_id": case_id,
            "warning_id": warning_id,
            "version": form.cleaned_data["version"],
        }
        if form.cleaned_data["answer"] == "keep":
            until = form.cleaned_data["until"]
            return warning_operations.keep_warning(**common, until=until)
        why = form.cleaned_data["why"]
        return warning_operations.end_warning(**common, why=why)

    return asked(
        request,
        form,
        do,
        page=lambda form: pages.form_page(
            "Does the warning still hold?",
            brief,
            form,
            save="Save",
            back="warnings",
            notes=[line.words],
        ),
        done="Saved",
        to=pages.at("warnings", brief),
        fields={PlanWordsNeeded: "why", PlanDayNeeded: "until"},
        version=line.version,
        now=meeting_pages.warning_card(line, brief, on),
    )


@requires(Permission.CASE_VIEW)
@require_safe
def around(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Who is around the person of a case."""
    brief, lines = plan_support.read_around(
        actor=request.actor, now=request.now, case_id=case_id
    )
    page = meeting_pages.around_page(brief, lines, actor=request.actor)
    return render(request, CARDS, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add_around(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Says who is around a person, and what they may do or be told."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    form = meeting_forms.AddAround(typed(request))
    return asked(
        request,
        form,
        lambda: plan_support.add_around(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            reference=form.cleaned_data["reference"],
            asked=_relation(form),
        ),
        page=lambda form: pages.form_page(
            "Add somebody around them", brief, form, save="Add", back="around"
        ),
        done="Added",
        to=pages.at("around", brief),
        fields={NobodyThere: "reference"},
    )


def _relation(form: meeting_forms.AddAround) -> RelationAsked:
    data = form.cleaned_data
    return RelationAsked(
        other_id=None,
        name=data["name"],
        phone=data["phone"],
        kind=data["kind"],
        since=data["since"],
        may_speak=data["may_speak"],
        may_be_told=data["telling"] == "told",
        never_told=data["telling"] == "never",
        reason=data["reason"],
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def end_around(request: AppRequest, case_id: UUID, relation_id: UUID) -> HttpResponse:
    """Says that somebody is around a person no more."""
    brief, lines = plan_support.read_around(
        actor=request.actor, now=request.now, case_id=case_id
    )
    found = [one for one in lines if one.relation_id == relation_id and not one.back]
    if not found:
        raise NotFound("We could not find that")
    form = meeting_forms.EndAround(typed(request))
    return asked(
        request,
        form,
        lambda: plan_support.end_around(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            relation_id=relation_id,
            why=form.cleaned_data["why"],
        ),
        page=lambda form: pages.form_page(
            "Not any more, or wrong",
            brief,
            form,
            save="Save",
            back="around",
            notes=["It stays in the history. To put it right, add it again."],
        ),
        done="Saved",
        to=pages.at("around", brief),
        fields={CannotRelate: "why"},
    )
