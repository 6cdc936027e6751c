"""Making an area's own version of an instrument, and putting it in use."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.care.instruments import operations
from alongside.care.instruments.queries import OwnVersion
from alongside.care.instruments.types import BadInstrument, InstrumentState
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.access import requires
from alongside.web.casework.views.saving import typed
from alongside.web.govuk.forms import PlainForm
from alongside.web.instruments import forms, listing, pages, say
from alongside.web.instruments.views import find, text_of
from alongside.web.requests import AppRequest
from alongside.web.words import say_count
from alongside.workflows.keep_instruments import problems_of
from alongside.workflows.keep_instruments import publish as put_in_use

ASK, EDIT = "sharing/ask.html", "instruments/edit.html"
KEPT = "What was completed with an earlier version keeps it."


@requires(Permission.INSTRUMENT_EDIT)
@require_http_methods(["GET", "POST"])
def new(request: AppRequest) -> HttpResponse:
    """Writes an instrument that is not there yet, as a draft."""
    form = forms.New(typed(request), initial={"text": forms.BLANK})
    if form.is_valid():
        code = form.cleaned_data["code"].strip()
        made = _start(request, form, code, form.cleaned_data["text"])
        if made is not None:
            messages.success(request, "Draft saved")
            return redirect("instruments:edit", instrument=code, number=made)
    page = pages.EditPage(
        title="Error: New instrument" if form.errors else "New instrument",
        heading="New instrument",
        caption="Instruments",
        back=reverse("instruments:list"),
        form=form,
        problems=(),
        new=True,
    )
    return render(request, EDIT, {"page": page})


@requires(Permission.INSTRUMENT_EDIT)
@require_http_methods(["GET", "POST"])
def own(request: AppRequest, instrument: str, number: int) -> HttpResponse:
    """Begins a draft of the area's own from a version that is there."""
    line, kept = find(request, instrument, number)
    form = PlainForm(typed(request))
    if form.is_valid():
        made = _start(request, form, line.code, text_of(line, kept))
        if made is not None:
            messages.success(request, "Draft made. Change what should be yours")
            return redirect("instruments:edit", instrument=line.code, number=made)
    page = pages.ask(
        line,
        form,
        "Make our own version?",
        save="Make a draft",
        notes=(
            "It begins as a copy. Nobody is asked with it until you put it in use.",
            "Keep the codes of questions: they are how answers are compared over time.",
        ),
    )
    return render(request, ASK, {"page": page})


@requires(Permission.INSTRUMENT_EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: AppRequest, instrument: str, number: int) -> HttpResponse:
    """Changes the text of a draft; says what keeps it from use."""
    line, kept = find(request, instrument, number)
    if kept is None or kept.state is not InstrumentState.DRAFT:
        return redirect("instruments:instrument", instrument=instrument, number=number)
    form = forms.Draft(typed(request), initial={"text": kept.text, "saves": kept.saves})
    if form.is_valid() and _save(request, form, kept):
        messages.success(request, "Draft saved")
        return redirect(request.path)
    page = pages.EditPage(
        title="Error: Change the draft" if form.errors else "Change the draft",
        heading=line.title,
        caption=f"{say.version(number)}, draft",
        back=listing.address("instrument", line),
        form=form,
        problems=pages.said(problems_of(kept, now=request.now)),
        new=False,
    )
    return render(request, EDIT, {"page": page})


@requires(Permission.INSTRUMENT_EDIT)
@require_http_methods(["GET", "POST"])
def publish(request: AppRequest, instrument: str, number: int) -> HttpResponse:
    """Asks once, then puts a draft in use."""
    line, kept = find(request, instrument, number)
    if kept is None:
        raise NotFound
    problems = problems_of(kept, now=request.now)
    if kept.state is InstrumentState.DRAFT and problems:
        words = say_count(len(problems), "problem")
        messages.info(request, f"It cannot be put in use yet: {words}")
        return redirect("instruments:edit", instrument=instrument, number=number)
    form = PlainForm(typed(request))
    page = pages.ask(
        line,
        form,
        "Put this version in use?",
        save="Put in use",
        notes=(
            "From now on workers are asked with it, in place of the one so far.",
            KEPT,
            "It can never be changed afterwards. It can be taken out of use.",
        ),
    )
    return _do(
        request,
        page,
        lambda: put_in_use(
            actor=request.actor, now=request.now, code=instrument, version=number
        ),
        done="It is in use now",
    )


@requires(Permission.INSTRUMENT_EDIT)
@require_http_methods(["GET", "POST"])
def retire(request: AppRequest, instrument: str, number: int) -> HttpResponse:
    """Asks once, then takes a version out of use, or throws a draft away."""
    line, kept = find(request, instrument, number)
    if kept is None:
        raise NotFound
    draft = kept.state is InstrumentState.DRAFT
    form = PlainForm(typed(request))
    page = pages.ask(
        line,
        form,
        "Throw this draft away?" if draft else "Take this version out of use?",
        save="Throw away" if draft else "Take out of use",
        notes=("It cannot be taken up again.",)
        if draft
        else (
            "Nobody is asked with it any more. One that is shipped takes its place.",
            KEPT,
            "It cannot be put in use again.",
        ),
        warns=True,
    )
    return _do(
        request,
        page,
        lambda: operations.retire(
            actor=request.actor, now=request.now, code=instrument, version=number
        ),
        done="Thrown away" if draft else "It is out of use",
    )


def _start(request: AppRequest, form: PlainForm, code: str, text: str) -> int | None:
    """The number of a new draft; None where it was refused, with the reason said."""
    try:
        return operations.start_draft(
            actor=request.actor, now=request.now, code=code, text=text
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(None, refusal.user_message)
        return None


def _save(request: AppRequest, form: forms.Draft, kept: OwnVersion) -> bool:
    try:
        operations.save_draft(
            actor=request.actor,
            now=request.now,
            code=kept.code,
            version=kept.version,
            text=form.cleaned_data["text"],
            saves=form.cleaned_data["saves"],
        )
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        form.add_error(None, refusal.user_message)
        return False
    return True


def _do(
    request: AppRequest, page: pages.AskPage, act: Callable[[], object], *, done: str
) -> HttpResponse:
    """Do what a valid form asks and go back; else show it with what is wrong."""
    if page.form.is_valid():
        try:
            act()
        except (NotFound, NotAllowed):
            raise
        except BadInstrument as bad:
            for problem in bad.problems:
                page.form.add_error(None, str(problem))
        except DomainError as refusal:
            page.form.add_error(None, refusal.user_message)
        else:
            messages.success(request, done)
            return redirect(page.back)
    return render(request, ASK, {"page": page})
