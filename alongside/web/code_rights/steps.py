"""Writing down a step of a right, and putting one right."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.permissions import BadStep, RightChanged
from alongside.care.code_rights.types import Step, StepTaken
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.code_rights import pages, record_pages, step_pages
from alongside.web.code_rights.forms import StepForm, TakeBack
from alongside.web.planning.saving import typed
from alongside.web.requests import AppRequest
from alongside.workflows import code_rights
from alongside.workflows.code_rights import RecordView

SAVE = "save"
FORM = "code_rights/step.html"
CHECK = "code_rights/check.html"


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def begin(request: AppRequest, case_id: UUID, kind: str, step: str) -> HttpResponse:
    """Begins a right with one of the steps it may begin with."""
    found = code_rights.read_begin(
        actor=request.actor, now=request.now, case_id=case_id
    )
    row = found.kinds.get(kind)
    crime = pages.crime_numbered(found.found, request.GET.get("crime", "1"))
    if row is None or step not in row.first or crime is None:
        raise NotFound("We could not find that right or that crime")
    suspect = request.GET.get("suspect", "")
    form = StepForm(typed(request), step=row.step(step), today=local_day(request.now))
    back = reverse("code_rights:choose", args=[case_id])
    about = Whereabouts(victimisation_id=crime.victimisation_id, suspect_ref=suspect)
    return _ask(
        request,
        form,
        lambda: code_rights.begin_right(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            kind=kind,
            about=about,
            asked=form.asked(),
        ),
        page=step_pages.step_page(
            found.brief,
            row,
            row.step(step),
            form,
            crime=crime,
            window=pages.window_for(found, row, crime, suspect),
            on=local_day(request.now),
            back=f"{back}?{urlencode({'kind': kind})}",
        ),
        case_id=case_id,
    )


def _find(request: AppRequest, case_id: UUID, record_id: UUID) -> RecordView:
    return code_rights.read_record(
        actor=request.actor, now=request.now, case_id=case_id, record_id=record_id
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add(request: AppRequest, case_id: UUID, record_id: UUID, step: str) -> HttpResponse:
    """Writes down the next step of a right."""
    view = _find(request, case_id, record_id)
    row = next((one for one in view.next_steps if one.code == step), None)
    if row is None:
        messages.info(request, "That does not follow from how things stand now")
        return redirect("code_rights:record", case_id, record_id)
    form = StepForm(
        typed(request),
        step=row,
        today=local_day(request.now),
        initial={"version": view.record.version},
    )
    return _ask(
        request,
        form,
        lambda: code_rights.take_step(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            record_id=record_id,
            version=form.version,
            asked=form.asked(),
        ),
        page=_page(request, view, row, form),
        case_id=case_id,
    )


def _page(
    request: AppRequest, view: RecordView, step: Step, form: StepForm
) -> step_pages.StepPage:
    return step_pages.step_page(
        view.brief,
        view.record.kind,
        step,
        form,
        crime=view.crime,
        window=view.window,
        on=local_day(request.now),
        back=reverse(
            "code_rights:record",
            args=[view.brief.case.public_id, view.record.record_id],
        ),
        version=view.record.version,
        state=view.record.state.label if view.record.state else "",
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def correct(
    request: AppRequest, case_id: UUID, record_id: UUID, step_id: UUID
) -> HttpResponse:
    """Writes down a step again as it really was."""
    view = _find(request, case_id, record_id)
    line = next((one for one in view.steps if one.step_id == step_id), None)
    if line is None or line.step is None or not line.counts:
        raise NotFound("We could not find that step, or it was put right already")
    form = StepForm(
        typed(request),
        step=line.step,
        today=local_day(request.now),
        line=line,
        initial={"version": view.record.version},
    )
    return _ask(
        request,
        form,
        lambda: code_rights.correct_step(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            record_id=record_id,
            version=form.version,
            step_id=step_id,
            asked=form.asked(),
            why=form.cleaned_data["why"],
        ),
        page=step_pages.put_right(_page(request, view, line.step, form), line.step),
        case_id=case_id,
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def take_back(
    request: AppRequest, case_id: UUID, record_id: UUID, step_id: UUID
) -> HttpResponse:
    """Says that the newest step never was, and why."""
    view = _find(request, case_id, record_id)
    line = next((one for one in view.steps if one.step_id == step_id), None)
    if line is None or line.step is None or view.last != step_id:
        messages.info(request, "Take back what followed it first")
        return redirect("code_rights:record", case_id, record_id)
    form = TakeBack(typed(request), initial={"version": view.record.version})
    if form.is_valid():
        try:
            code_rights.take_back_step(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                record_id=record_id,
                version=form.cleaned_data["version"],
                step_id=step_id,
                why=form.cleaned_data["why"],
            )
        except (NotFound, NotAllowed):
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, "Taken back")
            return redirect("code_rights:record", case_id, record_id)
    page = record_pages.take_back_page(view, line.step, form)
    return render(request, "planning/form.html", {"page": page})


def _ask(
    request: AppRequest,
    form: StepForm,
    do: Callable[[], StepTaken],
    *,
    page: step_pages.StepPage,
    case_id: UUID,
) -> HttpResponse:
    """Ask, show the answers to be checked, and then keep them.

    What cannot be kept is said beside its field, before the answers are shown: the
    step is tried out first, and undone.
    """
    sent = request.POST.get("do", "")
    if form.is_valid() and sent != "change":
        taken = _try(form, do, version=page.version, keep=sent == SAVE)
        if taken is not None and sent == SAVE:
            messages.success(request, f"Saved: {taken.step.label}")
            return redirect("code_rights:record", case_id, taken.record_id)
        if taken is not None:
            shown = step_pages.check_page(page, form, request.POST)
            return render(request, CHECK, {"page": shown})
    return render(request, FORM, {"page": step_pages.with_errors(page, form)})


def _try(
    form: StepForm, do: Callable[[], StepTaken], *, version: int, keep: bool
) -> StepTaken | None:
    """Do it, and undo it unless it is to be kept. None where it is refused: the form
    says why."""
    try:
        if keep:
            return do()
        return code_rights.tried_out(do)
    except (NotFound, NotAllowed):
        raise
    except BadStep as refusal:
        for problem in refusal.problems:
            known = problem.field if problem.field in form.fields else None
            form.add_error(known, problem.words)
    except DomainError as refusal:
        form.add_error(None, refusal.user_message)
        if isinstance(refusal, RightChanged):
            # What it says now stands on the page: from here on it has been seen.
            seen = QueryDict(mutable=True)
            seen.update(form.data)
            seen["version"] = str(version)
            form.data = seen
    return None
