"""The words people are told in: which there are, and reading them over."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.telling import queries as telling
from alongside.care.telling.operations.reading import read_over, take_words_back
from alongside.care.telling.permissions import check_known
from alongside.care.telling.rules import Library
from alongside.care.telling.tables import ENGLISH, LANGUAGES
from alongside.care.telling.types import Part, TextKey
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.planning.pages import FormPage
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.web.wording import forms, listing, pages, say

TEXT = "wording/text.html"


@requires(Permission.WORDS_VIEW)
@require_safe
def every(request: AppRequest) -> HttpResponse:
    """The words of one language, and how every language stands; also as a file."""
    chosen = _asked(request)
    library = telling.read_library(area_id=request.actor.area_id)
    own = telling.list_own(area_id=request.actor.area_id)
    found = listing.lines(library, own, chosen.language)
    if request.GET.get("format") == "csv":
        return csv_file("words", listing.FILE_HEAD, listing.file_rows(found))
    page = listing.list_page(
        library, found, chosen, edits=request.actor.has(Permission.WORDS_EDIT)
    )
    return render(request, "planning/tables.html", {"page": page})


def _asked(request: AppRequest) -> listing.Asked:
    language = request.GET.get("language") or ENGLISH
    state = request.GET.get("state", "")
    if language not in LANGUAGES or state not in dict(listing.STATES):
        raise NotFound("There are no such words")
    return listing.Asked(language=language, state=state)


def key_of(language: str, template: str, form: str) -> TextKey:
    """The text that an address names.

    Raises:
        NotFound: there is none.
    """
    try:
        part = Part(form)
    except ValueError:
        raise NotFound("There are no such words") from None
    key = TextKey(language=language, code=template, part=part)
    check_known(key)
    return key


@requires(Permission.WORDS_VIEW)
@require_safe
def text(request: AppRequest, language: str, template: str, form: str) -> HttpResponse:
    """One text as people would get it."""
    key = key_of(language, template, form)
    library = telling.read_library(area_id=request.actor.area_id)
    return _show(request, key, library, _form(key, library, None))


def _form(key: TextKey, library: Library, sent: QueryDict | None) -> forms.ReadOver:
    held = library.texts.get(key)
    shown = {"version": held.version, "digest": held.digest} if held else {}
    return forms.ReadOver(sent, language=key.language, initial=shown)


def _show(
    request: AppRequest, key: TextKey, library: Library, form: forms.ReadOver
) -> HttpResponse:
    own = telling.list_own(area_id=request.actor.area_id, key=key)
    page = pages.text_page(key, library, own, actor=request.actor, form=form)
    return render(request, TEXT, {"page": page})


@requires(Permission.WORDS_READ_OVER)
@require_http_methods(["GET", "POST"])
def read(request: AppRequest, language: str, template: str, form: str) -> HttpResponse:
    """Says that these words may be sent, and goes on to the next that wait."""
    key = key_of(language, template, form)
    if request.method == "GET":
        return redirect(say.at("text", key))
    library = telling.read_library(area_id=request.actor.area_id)
    answer = _form(key, library, request.POST)
    if answer.is_valid() and _read_over(request, key, answer):
        after = pages.next_unread(key, library, reader=request.actor.user_id)
        words = " Here are the next that wait" if after else ""
        messages.success(request, f"Written down that you read them over.{words}")
        return redirect(say.at("text", after or key))
    return _show(request, key, library, answer)


def _read_over(request: AppRequest, key: TextKey, form: forms.ReadOver) -> bool:
    given = form.cleaned_data
    try:
        read_over(
            actor=request.actor,
            now=request.now,
            key=key,
            version=given["version"],
            digest=given["digest"],
            checked_with=given.get("checked_with", ""),
        )
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        form.add_error(None, refusal.user_message)
        return False
    return True


@requires(Permission.WORDS_READ_OVER)
@require_http_methods(["GET", "POST"])
def take_back(
    request: AppRequest, language: str, template: str, form: str
) -> HttpResponse:
    """Says that words may not be sent after all, and why."""
    key = key_of(language, template, form)
    heading = "Take these words back?"
    return asked(
        request,
        answer := forms.TakeBack(typed(request)),
        lambda: take_words_back(
            actor=request.actor,
            now=request.now,
            key=key,
            why=answer.cleaned_data["why"],
        ),
        page=lambda form: FormPage(
            title=f"Error: {heading}" if form.errors else heading,
            heading=heading,
            caption=f"{say.NAMES[key.code]}, {say.FORMS[key.part].lower()}",
            form=form,
            back=say.at("text", key),
            back_text="Back to the words",
            save="They may not be sent",
            notes=(
                (
                    "Nothing leaves by itself in these words from now on, not even what"
                    " waits to leave at this moment. Workers see that nobody has read"
                    " them over."
                ),
                "They can be read over again, or be replaced by words of our own.",
            ),
        ),
        done="Taken back. Nothing leaves by itself in these words",
        to=say.at("text", key),
    )
