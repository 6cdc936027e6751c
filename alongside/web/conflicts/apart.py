"""People kept apart, because one is suspected of harming the other: pages and views."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.guarding import queries
from alongside.care.guarding.operations import apart
from alongside.care.guarding.queries import ApartLine
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import NotFound
from alongside.web.access import requires
from alongside.web.casework.say import reference
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.guarding import GuardForm, GuardList, titled
from alongside.web.components.lists import Column, DataTable, Pager
from alongside.web.conflicts import forms
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.web.words import say_moment
from alongside.workflows.read_case import read_brief

FORM, LIST = "guarding/form.html", "guarding/list.html"
PAGE_SIZE, FILE_ROWS = 25, 10_000
# The same whether anything was found or not.
NOTED = "Thank you. If we support them, nobody works with both from now on"
FOUND = {"declared": "Noted by a worker", "matched": "Found by the force's reference"}
HIDDEN = "None you may see"
NONE = EmptyState(
    heading="Nobody is kept apart",
    text="Two people we support on the two sides of one crime are listed here.",
)
FILE_HEAD = (
    *("harmed_case", "suspected_case", "found", "reason", "since", "noted_by"),
    *("lifted_at", "lifted_by", "lifted_because"),
)


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def note(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Notes that the suspect in somebody's case is supported by us too."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    form = forms.NoteSuspect(request.POST if request.method == "POST" else None)
    if form.is_valid():
        apart.note_suspect(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            reference=form.cleaned_data["reference"],
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, NOTED)
        return redirect("casework:case", case_id=case_id)
    page = _form(
        "We support the suspect too",
        form,
        save="Keep them apart",
        back=(reverse("casework:case", args=[case_id]), brief.label.name),
        notes=(
            (
                "If we support the suspect too, tell us under which reference. Whoever"
                " works with one is then barred from the other."
            ),
            "You are not told whether we hold anything under it.",
        ),
    )
    return render(request, FORM, {"page": page})


@requires(Permission.CONFLICT_GOVERN)
@require_safe
def register(request: AppRequest) -> HttpResponse:
    """Everybody who is kept apart, as a page or as a file."""
    standing = request.GET.get("show") != "all"
    if request.GET.get("format") == "csv":
        lines = queries.list_apart(
            actor=request.actor, standing=standing, limit=FILE_ROWS
        )
        return csv_file("kept-apart", FILE_HEAD, _file_rows(lines))
    text = request.GET.get("start", "")
    start = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    lines = queries.list_apart(
        actor=request.actor, standing=standing, limit=PAGE_SIZE + 1, skip=start
    )
    page = _register(lines, request.actor, standing=standing, start=start)
    return render(request, LIST, {"page": page})


@requires(Permission.CONFLICT_GOVERN)
@require_http_methods(["GET", "POST"])
def lift(request: AppRequest, pair_id: UUID) -> HttpResponse:
    """Lets anybody work with both again, saying why."""
    line = queries.get_apart(actor=request.actor, pair_id=pair_id)
    if line.lifted_at is not None and request.method == "POST":
        raise NotFound("This was lifted already")
    form = forms.LiftApart(request.POST if request.method == "POST" else None)
    if form.is_valid():
        apart.lift_apart(
            actor=request.actor,
            now=request.now,
            pair_id=pair_id,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, "Lifted: one worker may support both again")
        return redirect("conflicts:apart")
    page = _form(
        "Keep them apart no more",
        form,
        save="Lift it",
        back=(reverse("conflicts:apart"), "People kept apart"),
        warning="One worker may then support both. That they are two people stays.",
        parts=(_table([line], request.actor),),
    )
    return render(request, FORM, {"page": page})


def _register(
    lines: Sequence[ApartLine], actor: Actor, *, standing: bool, start: int
) -> GuardList:
    here = reverse("conflicts:apart")
    show = "" if standing else "show=all&"
    shown, more = lines[:PAGE_SIZE], len(lines) > PAGE_SIZE
    other = (
        Link(text="Show lifted ones too", href=f"{here}?show=all")
        if standing
        else Link(text="Show only those that stand", href=here)
    )
    return GuardList(
        title="People kept apart",
        notes=(
            (
                "One is suspected of harming the other, and we support both. Nobody"
                " works with both."
            ),
        ),
        links=(other, Link(text="Save as CSV", href=f"{here}?{show}format=csv")),
        tables=(_table(shown, actor),) if shown else (),
        empty=None if shown else NONE,
        pager=Pager(
            shown=f"From {start + 1:,}",
            previous=f"?{show}start={max(start - PAGE_SIZE, 0)}" if start else "",
            next=f"?{show}start={start + PAGE_SIZE}" if more else "",
        )
        if start or more
        else None,
    )


def _table(lines: Sequence[ApartLine], actor: Actor) -> DataTable:
    opens = actor.has(Permission.CASE_VIEW)
    heads = ("Harmed", "Suspected", "How we know", "Since", "Lifted")
    return DataTable(
        caption="Newest first",
        columns=tuple(Column(heading=head) for head in heads),
        rows=tuple(
            (
                _case(line.victim_case, opens=opens),
                _case(line.suspect_case, opens=opens),
                f"{FOUND.get(line.found, line.found)}. {line.reason}",
                say_moment(line.since),
                _stands(line),
            )
            for line in lines
        ),
    )


def _case(case_id: UUID | None, *, opens: bool) -> str | Link:
    if case_id is None:
        return HIDDEN
    if not opens:
        return reference(case_id)
    return Link(text=reference(case_id), href=reverse("casework:case", args=[case_id]))


def _stands(line: ApartLine) -> str | Link:
    if line.lifted_at is not None:
        return f"Lifted by {line.lifted_by}: {line.lifted_reason}"
    return Link(
        text="Lift",
        href=reverse("conflicts:lift_apart", args=[line.public_id]),
        about=say_moment(line.since),
    )


def _file_rows(lines: Sequence[ApartLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        yield (
            reference(line.victim_case) if line.victim_case else "",
            reference(line.suspect_case) if line.suspect_case else "",
            line.found,
            line.reason,
            line.since.isoformat(),
            line.made_by,
            line.lifted_at.isoformat() if line.lifted_at else "",
            line.lifted_by,
            line.lifted_reason,
        )


def _form(
    heading: str,
    form: django_forms.Form,
    *,
    save: str,
    back: tuple[str, str],
    warning: str = "",
    notes: tuple[str, ...] = (),
    parts: tuple[DataTable, ...] = (),
) -> GuardForm:
    return GuardForm(
        title=titled(heading, form),
        heading=heading,
        form=form,
        save=save,
        warning=warning,
        notes=notes,
        parts=parts,
        back=back[0],
        back_text=back[1],
    )
