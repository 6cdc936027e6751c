"""Writing down what is to be done in a case, and saying what became of it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alongside.care.casework.operations import errors, tasks
from alongside.care.casework.types import TaskKind
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework import say, task_forms
from alongside.web.casework.pages import acts as pages
from alongside.web.casework.pages.tasks import KINDS
from alongside.web.casework.views.saving import save, typed
from alongside.web.requests import AppRequest
from alongside.workflows import case_tasks
from alongside.workflows.read_case import read_brief

FORM = "casework/act.html"


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Writes down what is to be done in a case."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    hands = case_tasks.read_hands(
        actor=request.actor, now=request.now, case_key=brief.case.case_id
    )
    form = task_forms.AddTask(
        typed(request), hands=hands, initial={"kind": TaskKind.FOLLOW_UP.value}
    )
    if form.is_valid():
        given = form.cleaned_data
        answer = save(
            request,
            form,
            lambda: case_tasks.add_task(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                kind=TaskKind(given["kind"]),
                words=given["words"],
                due_on=given["due_on"],
                owner_id=given["owner"],
            ),
            fields={errors.WordsNeeded: "words", errors.DayNeeded: "due_on"},
            done="Task added",
            case_id=case_id,
        )
        if answer:
            return answer
    page = pages.act(
        "Add a task", brief, form, save="Add task", on=local_day(request.now)
    )
    return render(request, FORM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def settle(request: AppRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Says that a task is done, or not needed any more."""
    brief, task = case_tasks.read_task(
        actor=request.actor, now=request.now, case_id=case_id, task_id=task_id
    )
    form = task_forms.SettleTask(typed(request))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: _settle(request, case_id, task_id, form),
            fields={errors.ReasonNeeded: "words"},
            done="Task settled",
            case_id=case_id,
        )
        if answer:
            return answer
    on = local_day(request.now)
    by = f"By {say.long_day(task.due_on)}, {say.how_far(task.due_on, on)}."
    notes = [f"{KINDS[task.kind]}. {by}"]
    if task.needs_supervisor:
        notes.append("Only a supervisor can settle this task.")
    page = pages.act(task.words, brief, form, save="Save", notes=notes, on=on)
    return render(request, FORM, {"page": page})


def _settle(
    request: AppRequest, case_id: UUID, task_id: UUID, form: task_forms.SettleTask
) -> None:
    words = form.cleaned_data["words"]
    if form.cleaned_data["outcome"] == "done":
        tasks.finish_task(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            task_id=task_id,
            words=words,
        )
        return
    tasks.drop_task(
        actor=request.actor,
        now=request.now,
        case_id=case_id,
        task_id=task_id,
        reason=words,
    )
