"""An area's own words: written, put in use, taken out of use."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.care.telling import queries as telling
from alongside.care.telling.operations import words
from alongside.care.telling.queries import OwnVersion
from alongside.care.telling.types import OwnState, TextKey
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.access import requires
from alongside.web.govuk.forms import PlainForm
from alongside.web.planning.pages import FormPage
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.web.wording import forms, pages, say
from alongside.web.wording.views import key_of
from alongside.web.words import say_count

Act = Callable[..., object]


@requires(Permission.WORDS_EDIT)
@require_http_methods(["GET", "POST"])
def own(request: AppRequest, language: str, template: str, form: str) -> HttpResponse:
    """Writes the area's own words; says what keeps what was saved from use."""
    key = key_of(language, template, form)
    library = telling.read_library(area_id=request.actor.area_id)
    draft = _draft(request, key)
    held = library.texts.get(key)
    answer = forms.OwnWords(
        typed(request),
        language=language,
        initial={
            "words": draft.words if draft else (held.words if held else ""),
            "saves": draft.saves if draft else 0,
        },
    )
    if answer.is_valid() and _save(request, key, draft, answer):
        messages.success(request, "Draft saved")
        return redirect(request.path)
    found = (
        telling.list_problems(area_id=request.actor.area_id, key=key, words=draft.words)
        if draft
        else ()
    )
    page = pages.draft_page(key, library, draft, form=answer, found=found)
    return render(request, "wording/draft.html", {"page": page})


def _draft(request: AppRequest, key: TextKey) -> OwnVersion | None:
    try:
        return telling.get_draft(area_id=request.actor.area_id, key=key)
    except NotFound:
        return None


def _save(
    request: AppRequest, key: TextKey, draft: OwnVersion | None, form: forms.OwnWords
) -> bool:
    given = form.cleaned_data
    try:
        if draft is None:
            words.start_words(
                actor=request.actor, now=request.now, key=key, words=given["words"]
            )
        else:
            words.save_words(
                actor=request.actor,
                now=request.now,
                key=key,
                words=given["words"],
                saves=given["saves"] or 0,
            )
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        form.add_error(None, refusal.user_message)
        return False
    return True


@requires(Permission.WORDS_EDIT)
@require_http_methods(["GET", "POST"])
def publish(
    request: AppRequest, language: str, template: str, form: str
) -> HttpResponse:
    """Asks once, then puts a draft in use."""
    key = key_of(language, template, form)
    draft = telling.get_draft(area_id=request.actor.area_id, key=key)
    problems = [
        one
        for one in telling.list_problems(
            area_id=request.actor.area_id, key=key, words=draft.words
        )
        if one.stops
    ]
    if problems:
        said = say_count(len(problems), "problem")
        messages.info(request, f"It cannot be put in use yet: {said}")
        return redirect(say.at("own", key))
    return _ask(
        request,
        key,
        "Put these words in use?",
        save="Put in use",
        notes=(
            "Workers are given them from now on, in place of the words so far.",
            "Nothing leaves by itself in them until they have been read over.",
            "They can never be changed afterwards. They can be taken out of use.",
            pages.KEPT,
        ),
        done="They are in use now",
        act=words.publish_words,
    )


@requires(Permission.WORDS_EDIT)
@require_http_methods(["GET", "POST"])
def retire(
    request: AppRequest, language: str, template: str, form: str
) -> HttpResponse:
    """Asks once, then takes words out of use, or throws the draft away."""
    key = key_of(language, template, form)
    states = {
        one.state for one in telling.list_own(area_id=request.actor.area_id, key=key)
    }
    draft = request.GET.get("draft") == "yes"
    if (OwnState.DRAFT if draft else OwnState.LIVE) not in states:
        raise NotFound("There are no such words of your own")
    return _ask(
        request,
        key,
        "Throw this draft away?" if draft else "Take these words out of use?",
        save="Throw away" if draft else "Take out of use",
        notes=("It cannot be taken up again.",)
        if draft
        else (
            "Words that are shipped take their place, where there are some.",
            "They cannot be put in use again.",
            pages.KEPT,
        ),
        done="Thrown away" if draft else "They are out of use",
        act=lambda **given: words.retire_words(draft=draft, **given),
    )


def _ask(
    request: AppRequest,
    key: TextKey,
    heading: str,
    *,
    save: str,
    notes: tuple[str, ...],
    done: str,
    act: Act,
) -> HttpResponse:
    return asked(
        request,
        PlainForm(typed(request)),
        lambda: act(actor=request.actor, now=request.now, key=key),
        page=lambda form: FormPage(
            title=f"Error: {heading}" if form.errors else heading,
            heading=heading,
            caption=f"{say.NAMES[key.code]}, {say.FORMS[key.part].lower()},"
            f" {say.spoken(key.language)}",
            form=form,
            back=say.at("text", key),
            back_text="Back to the words",
            save=save,
            notes=notes,
        ),
        done=done,
        to=say.at("text", key),
    )
