"""The instruments: which there are, what they ask, and trying them out."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.instruments import queries
from alongside.care.instruments.queries import OwnVersion
from alongside.care.instruments.rules.scoring import score
from alongside.care.instruments.tables import INSTRUMENTS, shipped_text
from alongside.care.instruments.types import Instrument, InstrumentState
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.instruments import listing, pages, say
from alongside.web.instruments.rendering import AnswerForm, answer_form, name_of
from alongside.web.requests import AppRequest
from alongside.web.words import say_count
from alongside.workflows.keep_instruments import problems_of


@requires(Permission.INSTRUMENT_EDIT)
@require_safe
def every(request: AppRequest) -> HttpResponse:
    """Every version, shipped and the area's own; also as a file."""
    found = _lines(request)
    if request.GET.get("format") == "csv":
        return csv_file("instruments", listing.FILE_HEAD, listing.file_rows(found))
    return render(request, "instruments/list.html", {"page": listing.page_of(found)})


@requires(Permission.INSTRUMENT_EDIT)
@require_safe
def show(request: AppRequest, instrument: str, number: int) -> HttpResponse:
    """One version, read over from top to bottom."""
    line, own = find(request, instrument, number)
    draft = own is not None and own.state is InstrumentState.DRAFT
    page = pages.instrument(
        line,
        own,
        text_of(line, own),
        problems=problems_of(own, now=request.now) if own and draft else (),
    )
    return render(request, "instruments/instrument.html", {"page": page})


@requires(Permission.INSTRUMENT_EDIT)
@require_safe
def as_file(request: AppRequest, instrument: str, number: int) -> HttpResponse:
    """The text of one version, to be kept or checked elsewhere."""
    line, own = find(request, instrument, number)
    answer = HttpResponse(text_of(line, own), content_type="text/plain; charset=utf-8")
    name = f"{line.code}.{line.number}.toml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@requires(Permission.INSTRUMENT_EDIT)
@require_http_methods(["GET", "POST"])
def try_out(request: AppRequest, instrument: str, number: int) -> HttpResponse:
    """The questions as workers see them, and what answers come to. Nothing is kept."""
    line, _ = find(request, instrument, number)
    made = line.instrument
    if made is None:
        raise NotFound
    form, led_to, whole = _tried(made, request)
    result = score(made, form.answers) if whole else None
    page = pages.TryPage(
        title=f"Error: Preview of {made.title}" if form.errors else "Preview",
        heading=made.title,
        caption=f"Preview, {say.version(number).lower()}",
        back=listing.address("instrument", line),
        form=form,
        asked=" ".join(form.fields),
        led_to=led_to,
        results=pages.results(made, result) if result else None,
        outcome=pages.outcome(result) if result else (),
        procedures=pages.procedures(result) if result else (),
    )
    return render(request, "instruments/try.html", {"page": page})


def find(
    request: AppRequest, code: str, number: int
) -> tuple[listing.Line, OwnVersion | None]:
    """One version and, where it is the area's own, how it is kept.

    Raises:
        NotFound: there is none.
    """
    for line in _lines(request):
        if (line.code, line.number) == (code, number):
            own = None
            if listing.is_own(number):
                own = queries.get_own(
                    area_id=request.actor.area_id, code=code, version=number
                )
            return line, own
    raise NotFound


def text_of(line: listing.Line, own: OwnVersion | None) -> str:
    """What a version is written in."""
    return own.text if own else shipped_text(line.code, line.number)


def _lines(request: AppRequest) -> list[listing.Line]:
    area_id = request.actor.area_id
    return listing.lines(
        tuple(INSTRUMENTS.values()),
        queries.list_own(area_id=area_id),
        queries.list_in_use(area_id=area_id, on=local_day(request.now)),
        queries.count_used(),
    )


def _tried(made: Instrument, request: AppRequest) -> tuple[AnswerForm, str, bool]:
    """The form, what the answers led to in words, and whether they are whole."""
    if request.method != "POST":
        return answer_form(made, {}), "", False
    form = _settled(made, request.POST)
    if form.errors:
        return form, "", False
    asked = set(request.POST.get("asked", "").split())
    led_to = [one for one in form.parts_shown if name_of(one.code) not in asked]
    if led_to:
        words = say_count(len(led_to), "more question")
        return answer_form(made, form.answers), f"Your answers led to {words}", False
    form = answer_form(made, form.before, data=request.POST, whole=True)
    return form, "", form.is_valid()


def _settled(made: Instrument, data: QueryDict) -> AnswerForm:
    """The form with everything that what was sent shows, however deep it leads."""
    form = answer_form(made, {}, data=data)
    while form.is_valid() and form.appeared:
        form = answer_form(made, form.answers, data=data)
    return form
