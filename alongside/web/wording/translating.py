"""A file for a translator, and what comes back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.telling import queries as telling
from alongside.care.telling.operations.words import import_words
from alongside.care.telling.rules.translating import (
    HEAD,
    Translated,
    read_rows,
    write_rows,
)
from alongside.care.telling.tables import ENGLISH, LANGUAGES
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.web.access import requires
from alongside.web.components.base import Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.exports import csv_file
from alongside.web.planning.pages import FormPage
from alongside.web.planning.saving import typed
from alongside.web.requests import AppRequest
from alongside.web.wording import forms, pages, say
from alongside.web.words import say_count

# Tells a spreadsheet that the letters are UTF-8.
MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class TranslatePage(FormPage):
    """The file to take away, the file that comes back, and what is wrong with it."""

    file: Link
    faults: DataTable | None


@requires(Permission.WORDS_EDIT)
@require_safe
def as_file(request: AppRequest, language: str) -> HttpResponse:
    """Every text with its English, for a translator."""
    _check(language)
    library = telling.read_library(area_id=request.actor.area_id)
    rows = write_rows(library, language, names=say.NAMES, forms=say.FORMS)
    answer = csv_file(f"words-{language}", HEAD, rows)
    answer.content = MARK + answer.content
    return answer


@requires(Permission.WORDS_EDIT)
@require_http_methods(["GET", "POST"])
def translate(request: AppRequest, language: str) -> HttpResponse:
    """Takes a translator's file: all of it, or none with every fault by its row."""
    _check(language)
    form = forms.Translation(typed(request), request.FILES or None)
    found = None
    if form.is_valid():
        library = telling.read_library(area_id=request.actor.area_id)
        found = read_rows(form.cleaned_data["file"], library=library, language=language)
        if found.words and not found.faults:
            changed = import_words(
                actor=request.actor, now=request.now, words=found.words
            )
            messages.success(request, _done(changed, found))
            return redirect(pages.say_list(language))
        form.add_error("file", _refused(found))
    return render(
        request, "wording/translate.html", {"page": _page(language, form, found)}
    )


def _check(language: str) -> None:
    if language not in LANGUAGES or language == ENGLISH:
        raise NotFound("There is no such language here")


def _done(changed: int, found: Translated) -> str:
    words = f"{say_count(changed, 'text is', 'texts are')} new and in use."
    if found.empty:
        words += f" {say_count(found.empty, 'row has', 'rows have')} no translation yet"
    return words


def _refused(found: Translated) -> str:
    if not found.faults:
        return "There is no translation in the file yet"
    count = say_count(len(found.faults), "fault")
    return f"Nothing was kept: there are {count}. Each is listed below"


def _page(
    language: str, form: forms.Translation, found: Translated | None
) -> TranslatePage:
    spoken = say.spoken(language)
    heading = f"Translate into {spoken}"
    return TranslatePage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption="Words",
        form=form,
        back=pages.say_list(language),
        back_text="Back to the words",
        save="Use this translation",
        notes=(
            (
                "Give the file to a translator who knows what it is for. It holds every"
                " text with its English, and names nobody."
            ),
            (
                "What comes back is in use at once: a worker tells those who read"
                f" {spoken} in it. Nothing leaves by itself in it until it has been"
                " read over."
            ),
            (
                "Where anything is wrong, nothing is kept, and each fault is named by"
                " its row."
            ),
        ),
        file=Link(
            text=f"Save the file for a translator into {spoken} (CSV)",
            href=reverse("wording:file", args=[language]),
        ),
        faults=_faults(found) if found and found.faults else None,
    )


def _faults(found: Translated) -> DataTable:
    return DataTable(
        caption="What is wrong with the file",
        columns=tuple(Column(heading=one) for one in ("Row", "Key", "What is wrong")),
        rows=tuple((str(one.row), one.key, one.words) for one in found.faults),
    )
