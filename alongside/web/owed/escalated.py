"""Who was told of promises past their day, and what came of it."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.journey.operations.escalation import answer_escalation
from alongside.care.journey.operations.settling import EvidenceNeeded
from alongside.care.journey.queries.escalation import get_escalation
from alongside.care.journey.tables.escalation import RUNG_LABELS
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.escalation import EscalationLine
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link
from alongside.web.components.lists import Column, DataTable, FilterRow, Pager
from alongside.web.exports import csv_file
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.web.owed import chosen as choose
from alongside.web.owed.pages import HOLDERS, choice
from alongside.web.planning.pages import FormPage, TablesPage
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.web.words import say_day, say_moment
from alongside.workflows.escalate import Escalated, draft_letter, read_escalated
from alongside.workflows.read_case import read_brief

TABLES = "planning/tables.html"
PAGE_SIZE, FILE_ROWS, WORDS_LIMIT = 50, 10_000, 2000
FILE_HEAD = (
    *("reference", "crime", "what", "owed_by", "due_on", "told", "at", "answer"),
)
BY_LETTER = (DutyHolder.CPS, DutyHolder.WCU, DutyHolder.HMCTS, DutyHolder.PROBATION)
LOOK_OVER = (
    "Draft of a letter: look it over, print it, and send it the safe way your agreement"
    " names."
)
ASKED_OF_THEM = (
    "The Victims' Code asks you to tell victims what is listed here by the day beside"
    " it. Nothing shows us that they were told. Tell us when they were, or why it was"
    " not owed."
)
NOTHING = EmptyState(
    heading="Nobody was told of anything like this",
    text="When a promise passes its day, its worker is told, then supervisors, then"
    " whoever owes it.",
)


class Answer(PlainForm):
    """What came of telling somebody."""

    looks = {"answer": Look(rows=4)}

    answer = forms.CharField(
        label="What came of it?",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        help_text="For example: the officer rang them on Tuesday. If the promise was"
        " kept, say so of the promise too.",
        error_messages={"required": "Say what came of it"},
    )


@requires(Permission.WORK_VIEW)
@require_safe
def escalated(request: AppRequest) -> HttpResponse:
    """Who was told of what, as a page or as a file."""
    as_file = request.GET.get("format") == "csv"
    rung = request.GET.get("told", "")
    unanswered = request.GET.get("answer", "") == "none"
    start = choose.number(request.GET.get("start", ""))
    found = read_escalated(
        now=request.now,
        rung=rung,
        unanswered=unanswered,
        start=0 if as_file else start,
        size=FILE_ROWS if as_file else PAGE_SIZE,
    )
    if as_file:
        return csv_file("told", FILE_HEAD, _file_rows(found.lines))
    query = f"told={rung if rung in RUNG_LABELS else ''}"
    query += "&answer=none" if unanswered else ""
    writes = request.actor.has(Permission.CASE_SUPERVISE)
    page = list_page(found, query, start, writes=writes)
    return render(request, TABLES, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def answer(request: AppRequest, escalation_id: UUID) -> HttpResponse:
    """Writes down what came of telling somebody."""
    line = get_escalation(public_id=escalation_id)
    brief = read_brief(actor=request.actor, now=request.now, case_id=line.case_id)
    if line.answer:
        raise NotFound("What came of it is written down already")
    form = Answer(typed(request))

    def page(form: forms.Form) -> FormPage:
        return FormPage(
            title="Error: What came of it" if form.errors else "What came of it",
            heading="What came of it",
            caption=say.whose(brief),
            form=form,
            back=reverse("owed:escalated"),
            back_text="Who was told",
            save="Save",
            notes=(_note(line),),
        )

    return asked(
        request,
        form,
        lambda: answer_escalation(
            actor=request.actor,
            now=request.now,
            public_id=escalation_id,
            answer=form.cleaned_data["answer"],
        ),
        page=page,
        done="Saved",
        to=reverse("owed:escalated"),
        fields={EvidenceNeeded: "answer"},
    )


@requires(Permission.CASE_SUPERVISE)
@require_safe
def letter(request: AppRequest, holder: str) -> HttpResponse:
    """The draft of a letter to a body: what it owes, by crime number, to be printed."""
    to = choose.one_of(DutyHolder, holder)
    if to not in (*BY_LETTER, DutyHolder.POLICE):
        raise NotFound("There is no letter to them")
    lines = draft_letter(actor=request.actor, now=request.now, holder=to)
    page = letter_page(lines, to, today=say_day(local_day(request.now)))
    return render(request, TABLES, {"page": page})


def list_page(found: Escalated, query: str, start: int, *, writes: bool) -> TablesPage:
    """Who was told of what, newest first; with the letters for whoever writes them."""
    table = DataTable(
        caption="Newest first",
        columns=tuple(
            Column(heading=one)
            for one in (
                *("Promise", "Reference", "Owed by", "Was due", "Told", "When"),
                "What came of it",
            )
        ),
        rows=tuple(_row(line, found) for line in found.lines),
    )
    last = start + len(found.lines)
    return TablesPage(
        title="Who was told",
        heading="Who was told of promises past their day",
        back=reverse("owed:owed"),
        back_text="Who owes what",
        acts=tuple(
            Act(
                text=f"Letter to {say.OWED_BY[holder]}",
                href=reverse("owed:letter", args=[holder.value]),
            )
            for holder in (BY_LETTER if writes else ())
        ),
        tables=(table,) if found.lines else (),
        filters=FilterRow(
            fields=(
                choice("told", "Told", RUNG_LABELS, query.partition("&")[0][5:]),
                choice(
                    "answer",
                    "What came of it",
                    {"none": "Nothing yet"},
                    "none" if "answer=none" in query else "",
                ),
            ),
            export=Link(text="Save as CSV", href=f"?{query}&format=csv")
            if found.lines
            else None,
        ),
        empty=None if found.lines else NOTHING,
        pager=Pager(
            shown=f"{start + 1} to {last}",
            previous=f"?{query}&start={max(start - PAGE_SIZE, 0)}" if start else "",
            next=f"?{query}&start={last}" if found.has_more else "",
        )
        if start or found.has_more
        else None,
    )


def _row(line: EscalationLine, found: Escalated) -> tuple[str | Link, ...]:
    return (
        line.label,
        Link(
            text=say.reference(line.case_id),
            href=reverse("casework:case", args=[line.case_id]),
        ),
        HOLDERS.get(line.holder, line.holder),
        say.short_day(line.due_on, found.on),
        _told(line),
        say.short_day(local_day(line.at), found.on),
        _came_of_it(line),
    )


def _came_of_it(line: EscalationLine) -> str | Link:
    if line.answer:
        return f"{line.answer} ({line.answered_by})"
    if line.settled:
        return "The promise is settled"
    return Link(
        text="Say what came of it",
        href=reverse("owed:answer", args=[line.public_id]),
        about=f"{line.label}, {say.reference(line.case_id)}",
    )


def _note(line: EscalationLine) -> str:
    who = _told(line)
    told = f"Told on {say_moment(line.at)}: {who[:1].lower()}{who[1:]}."
    return f"{line.label}. It was due on {say_day(line.due_on)}. {told}"


def _told(line: EscalationLine) -> str:
    label = RUNG_LABELS.get(line.rung, line.rung)
    return f"{label}: {line.told_name}" if line.told_name else label


def _file_rows(lines: Sequence[EscalationLine]) -> Iterator[tuple[object, ...]]:
    for line in lines:
        yield (
            *(say.reference(line.case_id), line.crime_ref, line.label, line.holder),
            *(line.due_on, _told(line), line.at.isoformat(), line.answer),
        )


def letter_page(
    lines: Sequence[EscalationLine], to: DutyHolder, *, today: str
) -> TablesPage:
    """A letter's draft: it names no person, only crimes and what is owed."""
    return TablesPage(
        title=f"Letter to {say.OWED_BY[to]}",
        heading=f"Promises past their day: {HOLDERS[to]}",
        back=reverse("owed:escalated"),
        back_text="Who was told",
        notes=(f"{today}. {LOOK_OVER}", ASKED_OF_THEM) if lines else (),
        tables=(
            DataTable(
                caption="By the crime's number",
                columns=tuple(
                    Column(heading=one)
                    for one in ("Crime", "What is owed", "Was due", "Our reference")
                ),
                rows=tuple(
                    (
                        line.crime_ref or "No crime number",
                        line.label,
                        say_day(line.due_on),
                        say.reference(line.case_id),
                    )
                    for line in lines
                ),
            ),
        )
        if lines
        else (),
        empty=None
        if lines
        else EmptyState(
            heading="Nothing to write about",
            text="Every promise of theirs to be asked about is settled or answered.",
        ),
    )
