"""The register of information-sharing agreements."""

from collections.abc import Callable
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries
from alongside.foundation.organisations.queries import AgreementLine
from alongside.foundation.organisations.types import AgreementState
from alongside.web.access import requires
from alongside.web.agreements import forms, pages
from alongside.web.casework.views.saving import typed
from alongside.web.exports import csv_file
from alongside.web.govuk.forms import PlainForm
from alongside.web.requests import AppRequest
from alongside.workflows import keep_agreements

ASK = "sharing/ask.html"


@requires(Permission.AGREEMENT_VIEW)
@require_safe
def register(request: AppRequest) -> HttpResponse:
    """Every agreement of the agency's register; also as a file."""
    asked = request.GET.get("state", "")
    chosen = AgreementState(asked) if asked in AgreementState.values else None
    lines = queries.list_agreements(agency_id=request.actor.agency_id, state=chosen)
    if request.GET.get("format") == "csv":
        return csv_file("agreements", pages.FILE_HEAD, pages.file_rows(lines))
    page = pages.register(
        lines, chosen=chosen, actor=request.actor, on=local_day(request.now)
    )
    return render(request, "agreements/register.html", {"page": page})


@requires(Permission.AGREEMENT_VIEW)
@require_safe
def show(request: AppRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement and its history."""
    view = keep_agreements.read_agreement(
        actor=request.actor, agreement_id=agreement_id
    )
    page = pages.agreement(view, actor=request.actor, on=local_day(request.now))
    return render(request, "agreements/agreement.html", {"page": page})


@requires(Permission.AGREEMENT_KEEP)
@require_http_methods(["GET", "POST"])
def new(request: AppRequest) -> HttpResponse:
    """Drafts an agreement."""
    return _draft(request, None)


@requires(Permission.AGREEMENT_KEEP)
@require_http_methods(["GET", "POST"])
def edit(request: AppRequest, agreement_id: UUID) -> HttpResponse:
    """Changes a draft."""
    return _draft(request, _line(request, agreement_id))


@requires(Permission.AGREEMENT_KEEP)
@require_http_methods(["GET", "POST"])
def live(request: AppRequest, agreement_id: UUID) -> HttpResponse:
    """Asks once, then puts a signed draft live."""
    line = _line(request, agreement_id)
    form = PlainForm(typed(request))
    heading = "Put this agreement live?"
    notes = (
        "From its first day workers may share under it, with "
        + ", ".join(one.name for one in line.parties)
        + ".",
        "What it says cannot be changed afterwards. It can be extended, or ended.",
    )
    return _do(
        request,
        form,
        lambda: keep_agreements.put_live(
            actor=request.actor, now=request.now, agreement_id=agreement_id
        ),
        page=lambda: pages.form(heading, form, line=line, save="Put live", notes=notes),
        done="The agreement is live",
    )


@requires(Permission.AGREEMENT_KEEP)
@require_http_methods(["GET", "POST"])
def extend(request: AppRequest, agreement_id: UUID) -> HttpResponse:
    """Gives a live agreement a later last day."""
    line = _line(request, agreement_id)
    form = forms.Extend(typed(request))
    return _do(
        request,
        form,
        lambda: keep_agreements.extend(
            actor=request.actor,
            now=request.now,
            agreement_id=agreement_id,
            last_day=form.cleaned_data["last_day"],
            review_on=form.cleaned_data["review_on"],
            reference=form.cleaned_data["reference"],
        ),
        page=lambda: pages.form(
            "Extend this agreement", form, line=line, save="Extend"
        ),
        done="The agreement is extended",
    )


@requires(Permission.AGREEMENT_KEEP)
@require_http_methods(["GET", "POST"])
def reviewed(request: AppRequest, agreement_id: UUID) -> HttpResponse:
    """Says that an agreement was reviewed today."""
    line = _line(request, agreement_id)
    form = forms.Reviewed(typed(request))
    return _do(
        request,
        form,
        lambda: keep_agreements.note_review(
            actor=request.actor,
            now=request.now,
            agreement_id=agreement_id,
            next_review_on=form.cleaned_data["next_review_on"],
        ),
        page=lambda: pages.form("Reviewed today", form, line=line, save="Save"),
        done="Review noted",
    )


@requires(Permission.AGREEMENT_KEEP)
@require_http_methods(["GET", "POST"])
def end(request: AppRequest, agreement_id: UUID) -> HttpResponse:
    """Ends an agreement, and with it everything shared under it."""
    line = _line(request, agreement_id)
    form = forms.End(typed(request))
    notes = (
        "Everything that is shared under it closes the moment you save.",
        "It cannot be put live again.",
    )
    return _do(
        request,
        form,
        lambda: keep_agreements.end(
            actor=request.actor,
            now=request.now,
            agreement_id=agreement_id,
            reason=form.cleaned_data["reason"],
        ),
        page=lambda: pages.form(
            "End this agreement?",
            form,
            line=line,
            save="End agreement",
            notes=notes,
            warns=True,
        ),
        done="The agreement has ended. What was shared under it is closed",
    )


def _draft(request: AppRequest, line: AgreementLine | None) -> HttpResponse:
    actor = request.actor
    form = forms.Terms(
        typed(request),
        others=queries.list_others(area_id=actor.area_id, agency_id=actor.agency_id),
        initial=forms.first_values(line) if line else {},
    )
    heading = "Change this draft" if line else "New agreement"
    if form.is_valid():
        try:
            made = keep_agreements.draft(
                actor=actor,
                now=request.now,
                terms=form.terms(),
                agreement_id=line.public_id if line else None,
            )
        except (NotFound, NotAllowed):
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, "Draft saved. Put it live once it is signed")
            return redirect("agreements:agreement", agreement_id=made)
    page = pages.form(heading, form, line=line, save="Save draft")
    return render(request, ASK, {"page": page})


def _line(request: AppRequest, agreement_id: UUID) -> AgreementLine:
    return queries.get_agreement(
        agency_id=request.actor.agency_id, public_id=agreement_id
    )


def _do(
    request: AppRequest,
    form: django_forms.Form,
    act: Callable[[], None],
    *,
    page: Callable[[], pages.FormPage],
    done: str,
) -> HttpResponse:
    """Do what a valid form asks and go back; else show the form and what is wrong."""
    if form.is_valid():
        try:
            act()
        except (NotFound, NotAllowed):
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, done)
            return redirect(request.path.rpartition("/")[0])
    return render(request, ASK, {"page": page()})
