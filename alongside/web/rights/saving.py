"""What every form of information governance does with what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.components.casefile import Fact
from alongside.web.refusals import note_refused_act
from alongside.web.register.pages import Likely
from alongside.web.requests import AppRequest


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A form under a heading, with what it is about and what it does."""

    title: str
    heading: str
    form: forms.Form
    back: str
    save: str
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    warning: str = ""
    caption: str = ""
    marked: tuple[tuple[str, bool], ...] = ()
    likely: Likely | None = None
    ask_likely: str = ""  # where a script asks while somebody types


def typed(request: AppRequest) -> QueryDict | None:
    """What was sent, or none where the form is opened for the first time."""
    return request.POST if request.method == "POST" else None


def save(
    request: AppRequest,
    form: forms.Form,
    do: Callable[[], object],
    *,
    done: str,
    to: str,
    fields: Mapping[type[DomainError], str] | None = None,
) -> HttpResponse | None:
    """Carry out and go on; a refusal stands beside its field, or above the form."""
    try:
        do()
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        note_refused_act(request, refusal)
        named = (fields or {}).get(type(refusal))
        form.add_error(named, refusal.user_message)
        return None
    messages.success(request, done)
    return redirect(to)


def ask(request: AppRequest, page: FormPage) -> HttpResponse:
    """The form, anew or with its mistakes."""
    if page.form.errors:
        object.__setattr__(page, "title", f"Error: {page.heading}")
    template = "rights/likely_form.html" if page.ask_likely else "rights/form.html"
    return render(request, template, {"page": page})
