"""Choosing what to ask, filling it in section by section, and completing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.assessment import operations
from alongside.care.assessment.types.filled import AssessmentState
from alongside.care.instruments.rules.answering import check_answers
from alongside.care.instruments.rules.showing import shown_sections
from alongside.care.instruments.types import BadAnswers
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.access import requires
from alongside.web.assessing import forms
from alongside.web.assessing.pages import filling as pages
from alongside.web.casework.views.saving import typed
from alongside.web.instruments.rendering import answer_form
from alongside.web.requests import AppRequest
from alongside.workflows import assess
from alongside.workflows.assess import Filled
from alongside.workflows.complete_assessment import complete

MORE = "Because of your answers there are more questions on this page"
SAVED = "Saved. You can go on later: it is on your list of work"


@requires(Permission.CASE_VIEW)
@require_safe
def show_list(request: AppRequest, case_id: UUID) -> HttpResponse:
    """The assessments of a case, and what can be asked now."""
    view = assess.read_assessments(
        actor=request.actor, now=request.now, case_id=case_id
    )
    page = pages.assessments(view, actor=request.actor, now=request.now)
    return render(request, "assessing/list.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_safe
def next_one(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Leads to the assessment that a case calls for now; else to the list."""
    offered = assess.find_next(actor=request.actor, now=request.now, case_id=case_id)
    if offered is None:
        return redirect("assessing:list", case_id=case_id)
    return redirect("assessing:start", case_id=case_id, code=offered.instrument.code)


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def start(request: AppRequest, case_id: UUID, code: str) -> HttpResponse:
    """Begins an assessment, or goes on with one that is unfinished."""
    brief, offered = assess.find_offered(
        actor=request.actor, now=request.now, case_id=case_id, code=code
    )
    if offered.draft is not None:
        return _go_on(offered.draft.public_id)
    form = forms.Begin(
        typed(request),
        instrument=offered.instrument,
        initial={"moment": offered.moment.value},
    )
    if form.is_valid():
        try:
            begun = assess.start(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                code=code,
                moment=form.cleaned_data["moment"],
                how=form.cleaned_data["how"],
                accompanied=form.cleaned_data["accompanied"],
            )
        except operations.AssessmentOver as refusal:
            form.add_error(None, refusal.user_message)
        else:
            return _go_on(begun)
    page = pages.begin(brief, offered.instrument, form)
    return render(request, "assessing/begin.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def fill(request: AppRequest, assessment_id: UUID, section: str) -> HttpResponse:
    """One section of the questions: saved as it is, then on to the next."""
    filled = _read(request, assessment_id)
    if filled.line.state is not AssessmentState.DRAFT:
        return redirect("assessing:show", assessment_id=assessment_id)
    place = pages.place(filled, section)
    if place is None:
        return redirect("assessing:check", assessment_id=assessment_id)
    form = answer_form(
        filled.instrument, filled.answers, data=typed(request), section=section
    )
    version = _version(request, filled)
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_answers(
                actor=request.actor,
                now=request.now,
                assessment_id=assessment_id,
                version=version,
                answers={
                    one.code: form.answers.get(one.code) for one in place.questions
                },
            )
        except operations.AssessmentChanged as refusal:
            changed = True
            version = filled.line.version
            form.add_error(None, refusal.user_message)
        except (BadAnswers, operations.AssessmentOver) as refusal:
            form.add_error(None, refusal.user_message)
        else:
            return _onwards(request, assessment_id, section, place)
    page = pages.fill(filled, place, form, version=version, changed=changed)
    return render(request, "assessing/fill.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def check(request: AppRequest, assessment_id: UUID) -> HttpResponse:
    """Shows every answer to be checked, then completes the assessment."""
    filled = _read(request, assessment_id)
    if filled.line.state is not AssessmentState.DRAFT:
        return redirect("assessing:show", assessment_id=assessment_id)
    form = forms.Finish(
        typed(request),
        instrument=filled.instrument,
        initial={"version": filled.line.version},
    )
    problems = check_answers(filled.instrument, filled.answers, whole=True)
    if form.is_valid() and not problems:
        answer = _complete(request, assessment_id, form)
        if answer:
            return answer
    page = pages.check(
        filled, form, problems if request.method == "POST" else (), missing=problems
    )
    return render(request, "assessing/check.html", {"page": page})


def _complete(
    request: AppRequest, assessment_id: UUID, form: forms.Finish
) -> HttpResponse | None:
    fields = {operations.CannotJudge: "judged", operations.ReasonNeeded: "reason"}
    try:
        complete(
            actor=request.actor,
            now=request.now,
            assessment_id=assessment_id,
            version=form.cleaned_data["version"],
            judged=form.judged,
            reason=form.cleaned_data.get("reason", ""),
        )
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        form.add_error(fields.get(type(refusal)), refusal.user_message)
        return None
    messages.success(request, "Assessment complete")
    return redirect("assessing:show", assessment_id=assessment_id)


def _read(request: AppRequest, assessment_id: UUID) -> Filled:
    filled = assess.read_filled(
        actor=request.actor, now=request.now, assessment_id=assessment_id
    )
    if filled.brief.case.agency_id != request.actor.agency_id:
        raise NotFound("We could not find that assessment")
    return filled


def _version(request: AppRequest, filled: Filled) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 8 else filled.line.version


def _go_on(assessment_id: UUID) -> HttpResponse:
    return redirect("assessing:show", assessment_id=assessment_id)


def _onwards(
    request: AppRequest, assessment_id: UUID, section: str, before: pages.Place
) -> HttpResponse:
    """On to the next section; the same one again where it now asks more."""
    if "later" in request.POST:
        messages.success(request, SAVED)
        filled = _read(request, assessment_id)
        return redirect("assessing:list", case_id=filled.brief.case.public_id)
    filled = _read(request, assessment_id)
    now = pages.place(filled, section)
    asked = {question.code for question in before.questions}
    if now and any(one.code not in asked for one in now.questions):
        messages.info(request, MORE)
        return redirect("assessing:fill", assessment_id=assessment_id, section=section)
    sections = [
        one.code for one, _ in shown_sections(filled.instrument, filled.answers)
    ]
    following = sections[sections.index(section) + 1 :] if section in sections else []
    if following:
        return redirect(
            "assessing:fill", assessment_id=assessment_id, section=following[0]
        )
    return redirect("assessing:check", assessment_id=assessment_id)
