"""Asking why somebody is opened, where the reader's team does not hold their case."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.care.people.tables import LOOKING, PURPOSES
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.govuk.forms import PlainForm
from alongside.web.requests import AppRequest
from alongside.web.seen.pages import why as why_page
from alongside.workflows.read_person import give_reason

REASONS = "reasons"
LONGEST_WORDS = 300
SECONDS = 60
MOST_KEPT = 20


class WhyOpen(PlainForm):
    """A reason out of a few, and words where it needs them."""

    reason = forms.ChoiceField(
        label="Why do you need to open this person?",
        help_text="Their case is with another team. What you choose is written down.",
        choices=[(p.code, p.label) for p in PURPOSES.values() if p.may_choose],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose why you need to open this person"},
    )
    words = forms.CharField(
        label="Say more (needed for another reason)",
        help_text="Do not write anything about the person here.",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the reason is another."""
        data = super().clean() or {}
        chosen = PURPOSES.get(data.get("reason", ""))
        if chosen and chosen.needs_words and not data.get("words", "").strip():
            self.add_error("words", "Say what the reason is")
        return data


def given(request: AppRequest, person_id: UUID) -> str:
    """The code of the reason given for a person in this session lately, or nothing."""
    code, until = request.session.get(REASONS, {}).get(str(person_id), ("", 0))
    return code if until > request.now.timestamp() else ""


@requires(Permission.CASE_VIEW)
@require_http_methods(["GET", "POST"])
def ask(request: AppRequest, person_id: UUID) -> HttpResponse:
    """Asks why somebody is opened, writes it down, and goes on to their page."""
    form = WhyOpen(request.POST if request.method == "POST" else None)
    if form.is_valid():
        give_reason(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            code=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
        )
        _keep(request, person_id, form.cleaned_data["reason"])
        return redirect("casework:person", person_id=person_id)
    return render(request, "seen/why.html", {"page": why_page(form)})


def _keep(request: AppRequest, person_id: UUID, code: str) -> None:
    kept = dict(request.session.get(REASONS, {}))
    until = request.now.timestamp() + LOOKING["reason_minutes"].number * SECONDS
    kept[str(person_id)] = (code, until)
    request.session[REASONS] = dict(list(kept.items())[-MOST_KEPT:])
