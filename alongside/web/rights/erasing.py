"""Approving and carrying out: one person, or everybody whose time is over."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.care.information_rights import queries
from alongside.care.information_rights.operations import erasing as operations
from alongside.care.information_rights.queries import RunLine
from alongside.care.information_rights.tables import RETENTION
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.local import local_day
from alongside.web.access import fresh, requires
from alongside.web.components.base import Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.requests import AppRequest
from alongside.web.rights import forms
from alongside.web.rights.saving import FormPage, ask, save, typed
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows import erase
from alongside.workflows import retention as keeping
from alongside.workflows.retention import DueView

SHOWN = 100
LABELS = {row.code: row.label for row in RETENTION}


@dataclass(frozen=True, kw_only=True)
class RetentionPage:
    """Whose time is over, by rule, and the runs."""

    title: str
    rules: DataTable
    people: DataTable | None
    live: str
    live_link: Link | None
    may_propose: bool
    past: DataTable | None


@requires(Permission.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
@fresh()
def erasure(request: AppRequest, erasure_id: UUID) -> HttpResponse:
    """Approves an erasure, or carries out one that is approved."""
    found = queries.get_erasure(actor=request.actor, erasure_id=erasure_id)
    form = (
        forms.Understood(typed(request))
        if found.approved_at
        else forms.Approve(typed(request))
    )
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: _work_erasure(request, erasure_id, form),
            done="Erased for good" if found.approved_at else "Your decision is kept",
            to=reverse("rights:keeping"),
        )
        if answer:
            return answer
    heading = "Erase this person" if found.approved_at else "Approve an erasure"
    page = FormPage(
        title=heading,
        heading=heading,
        form=form,
        back=reverse("rights:keeping"),
        save="Erase for good" if found.approved_at else "Save",
        notes=(
            f"Proposed by {found.proposed_by}, {say_moment(found.proposed_at)}.",
            f"Why: {found.why}",
            f"Approved by {found.approved_by}." if found.approved_at else "",
            f"Our reference for the person: {found.person_id}",
        ),
        warning="Everything that says who the person is goes for good. Counts that "
        "name nobody stay.",
    )
    return ask(request, page)


def _work_erasure(
    request: AppRequest, erasure_id: UUID, form: forms.Understood | forms.Approve
) -> None:
    do = (
        erase.carry_out
        if isinstance(form, forms.Understood)
        else operations.approve_erasure
        if form.cleaned_data["decision"] == "approve"
        else operations.decline_erasure
    )
    do(actor=request.actor, now=request.now, erasure_id=erasure_id)


@requires(Permission.RETENTION_MANAGE)
@require_safe
def retention(request: AppRequest) -> HttpResponse:
    """Whose time is over today, by rule. Nothing is erased by looking."""
    today = local_day(request.now)
    found = keeping.read_due(
        actor=request.actor, now=request.now, day=today, limit=SHOWN
    )
    return render(request, "rights/retention.html", {"page": _page(found)})


def _page(found: DueView) -> RetentionPage:
    live = found.live
    return RetentionPage(
        title="Keeping and erasing",
        rules=_rules(found),
        people=_people(found) if found.lines else None,
        live=_say_run(live) if live else "",
        live_link=Link(
            text="Open the run", href=reverse("rights:run", args=[live.run_id])
        )
        if live
        else None,
        may_propose=live is None and found.total > 0,
        past=_past(found) if found.past else None,
    )


def _rules(found: DueView) -> DataTable:
    return DataTable(
        caption=f"{say_count(found.total, 'person', 'people')} whose time is over on "
        f"{say_day(found.day)}",
        columns=(
            Column(heading="Rule"),
            Column(heading="How long it is kept"),
            Column(heading="Time is over", numeric=True),
            Column(heading="Kept by a legal hold", numeric=True),
        ),
        rows=tuple(
            (
                row.label,
                row.meaning,
                f"{found.by_rule[row.code].due:,}",
                f"{found.by_rule[row.code].kept_by_law:,}",
            )
            for row in RETENTION
            if row.code in found.by_rule
        ),
    )


def _people(found: DueView) -> DataTable:
    return DataTable(
        caption=f"The first {len(found.lines):,}, longest over first",
        columns=(
            Column(heading="Our reference for the person"),
            Column(heading="Rule"),
            Column(heading="Time was over on"),
            Column(heading="Legal hold"),
        ),
        rows=tuple(
            (
                str(line.person_id),
                LABELS[line.rule],
                say_day(line.due_on),
                "Yes" if line.kept_by_law else "No",
            )
            for line in found.lines
        ),
    )


def _say_run(run: RunLine) -> str:
    people = say_count(run.people, "person", "people")
    if run.approved_at is None:
        return f"A run over {people} was proposed by {run.proposed_by}."
    return f"A run over {people} is under way: {run.done:,} erased."


def _past(found: DueView) -> DataTable:
    return DataTable(
        caption="Runs before",
        columns=(
            Column(heading="Proposed"),
            Column(heading="By"),
            Column(heading="Approved by"),
            Column(heading="Erased", numeric=True),
            Column(heading="Kept after all", numeric=True),
        ),
        rows=tuple(
            (
                say_moment(run.proposed_at),
                run.proposed_by,
                run.approved_by or "Declined",
                f"{run.done:,}",
                f"{run.skipped:,}",
            )
            for run in found.past
        ),
    )


@requires(Permission.RETENTION_MANAGE)
@require_POST
def propose(request: AppRequest) -> HttpResponse:
    """Proposes a run over everybody whose time is over."""
    try:
        run_id = erase.propose(
            actor=request.actor, now=request.now, day=local_day(request.now)
        )
    except DomainError as refusal:
        messages.warning(request, refusal.user_message)
        return redirect("rights:retention")
    messages.success(request, "Proposed. Another person has to approve it")
    return redirect("rights:run", run_id)


@requires(Permission.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
@fresh()
def run(request: AppRequest, run_id: UUID) -> HttpResponse:
    """A run: what it would erase, and approving it."""
    found = queries.get_run(actor=request.actor, run_id=run_id)
    form = forms.Approve(typed(request))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: _decide_run(request, run_id, form),
            done="Your decision is kept",
            to=reverse("rights:retention"),
        )
        if answer:
            return answer
    heading = "A run over records whose time is over"
    page = FormPage(
        title=heading,
        heading=heading,
        form=form,
        back=reverse("rights:retention"),
        save="Save",
        notes=(
            _say_run(found),
            *(f"{LABELS[rule]}: {many:,}" for rule, many in found.by_rule),
        ),
        warning="Once approved, everybody in it is erased for good within the hour. "
        "Anybody of whom something has opened since is left out.",
    )
    return ask(request, page)


def _decide_run(request: AppRequest, run_id: UUID, form: forms.Approve) -> None:
    if form.cleaned_data["decision"] == "approve":
        operations.approve_run(actor=request.actor, now=request.now, run_id=run_id)
    else:
        operations.decline_run(actor=request.actor, now=request.now, run_id=run_id)
