"""What every form of planning does with what was typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from alongside.care.planning.permissions import PlanningChanged
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.components.planning import PlanCard
from alongside.web.planning.pages import FormPage, at, form_page
from alongside.web.requests import AppRequest
from alongside.workflows.plan_support import PlanView

FORM = "planning/form.html"


def typed(request: AppRequest) -> QueryDict | None:
    """What was sent, or none where the form is opened for the first time."""
    return request.POST if request.method == "POST" else None


def start_of(request: AppRequest) -> int:
    """How many lines of a list come before those that are shown, as its pager says."""
    text = request.GET.get("start", "")
    is_number = text.isascii() and text.isdigit() and len(text) < len("100000")
    return int(text) if is_number else 0


def asked(
    request: AppRequest,
    form: forms.Form,
    do: Callable[[], object],
    *,
    page: Callable[[forms.Form], FormPage],
    done: str,
    to: str,
    fields: Mapping[type[DomainError], str] | None = None,
    version: int = 0,
    now: PlanCard | None = None,
) -> HttpResponse:
    """Show a form, or do what it asks and go on saying that it is done.

    What is refused stands beside the field it belongs to (`fields`), or at the top.
    Where somebody else saved meanwhile, `now` shows what it says, and the form carries
    the `version` that has then been seen.
    """
    shown = None
    if form.is_valid():
        try:
            do()
        except (NotFound, NotAllowed):
            raise
        except DomainError as refusal:
            _refuse(form, refusal, fields or {})
            if isinstance(refusal, PlanningChanged):
                again = request.POST.copy()
                again["version"] = str(version)
                form.data, shown = again, now
        else:
            messages.success(request, done)
            return redirect(to)
    return render(request, FORM, {"page": replace(page(form), now=shown)})


def asked_of_plan(
    request: AppRequest,
    view: PlanView,
    form: forms.Form,
    do: Callable[..., object],
    *,
    heading: str,
    save: str,
    done: str,
    notes: Iterable[str] = (),
    fields: Mapping[type[DomainError], str] | None = None,
    version: int = 0,
    now: PlanCard | None = None,
) -> HttpResponse:
    """Show a form about a case's plan, or do what it asks and go back to the plan.

    `do` is called with who acts, when, and in which case. The rest is as for `asked`.
    """
    return asked(
        request,
        form,
        lambda: do(
            actor=request.actor, now=request.now, case_id=view.brief.case.public_id
        ),
        page=lambda form: form_page(heading, view.brief, form, save=save, notes=notes),
        done=done,
        to=at("plan", view.brief),
        fields=fields,
        version=version,
        now=now,
    )


def _refuse(
    form: forms.Form, refusal: DomainError, fields: Mapping[type[DomainError], str]
) -> None:
    field = next((fields[kind] for kind in fields if isinstance(refusal, kind)), None)
    form.add_error(field, refusal.user_message)
