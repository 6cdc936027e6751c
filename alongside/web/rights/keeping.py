"""Legal holds, restrictions, and what waits to be erased."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.information_rights.operations import keeping as operations
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.requests import AppRequest
from alongside.web.rights import forms
from alongside.web.rights.saving import FormPage, ask, save, typed
from alongside.web.words import say_day, say_moment
from alongside.workflows import restrict
from alongside.workflows.rights_requests import (
    KeepingView,
    NobodyFound,
    SeveralFound,
    find_one,
    read_keeping,
)

NAME_NOT_KNOWN = "Name not known"
BACK = "rights:keeping"
NONE = EmptyState(
    heading="Nothing is held back",
    text="No legal hold stands, nobody is restricted, and nobody is to be erased.",
)


@dataclass(frozen=True, kw_only=True)
class KeepingPage:
    """Everything that stands between a record and its use, or its end."""

    title: str
    tables: tuple[DataTable, ...]
    empty: EmptyState


@requires(Permission.RETENTION_MANAGE)
@require_safe
def show(request: AppRequest) -> HttpResponse:
    """What is kept and not used, what may not be erased, what is to be."""
    found = read_keeping(actor=request.actor, now=request.now)
    page = KeepingPage(
        title="Holds, restrictions and erasures",
        tables=tuple(t for t in _tables(found) if t.rows),
        empty=NONE,
    )
    return render(request, "rights/keeping.html", {"page": page})


COLUMNS = (
    Column(heading="Person"),
    Column(heading="Since"),
    Column(heading="By"),
    Column(heading="Why"),
)
LAST = Column(heading="What you can do")
Rows = tuple[tuple[str | Link, ...], ...]


def _tables(found: KeepingView) -> list[DataTable]:
    return [
        DataTable(
            caption="Legal holds: may not be erased",
            columns=(*COLUMNS, Column(heading="Look at it again by"), LAST),
            rows=_holds(found),
        ),
        DataTable(
            caption="Restricted: kept, and not used",
            columns=(*COLUMNS, LAST),
            rows=_restrictions(found),
        ),
        DataTable(
            caption="To be erased",
            columns=(*COLUMNS, Column(heading="How it stands"), LAST),
            rows=_erasures(found),
        ),
    ]


def _name(found: KeepingView, key: int | None) -> str:
    return found.names.get(key or 0, NAME_NOT_KNOWN)


def _holds(found: KeepingView) -> Rows:
    return tuple(
        (
            name := _name(found, one.person_key),
            *(say_moment(one.since), one.made_by, one.reason),
            say_day(one.review_on),
            _link("Lift", "rights:lift", one.hold_id, name),
        )
        for one in found.holds
    )


def _restrictions(found: KeepingView) -> Rows:
    return tuple(
        (
            name := _name(found, one.person_key),
            *(say_moment(one.since), one.made_by, one.reason),
            _link("Lift", "rights:unrestrict", one.restriction_id, name),
        )
        for one in found.restrictions
    )


def _erasures(found: KeepingView) -> Rows:
    return tuple(
        (
            name := _name(found, one.person_key),
            *(say_moment(one.proposed_at), one.proposed_by, one.why),
            f"Approved by {one.approved_by}" if one.approved_at else "Not approved yet",
            _link("Open", "rights:erasure", one.erasure_id, name),
        )
        for one in found.erasures
    )


def _link(text: str, route: str, key: UUID, name: str) -> Link:
    return Link(text=text, href=reverse(route, args=[key]), about=f"for {name}")


@requires(Permission.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
def lay_hold(request: AppRequest) -> HttpResponse:
    """Lays a legal hold on a person."""
    form = forms.Hold(typed(request))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: _lay(request, form),
            done="The legal hold stands. Nothing about them can be erased",
            to=reverse(BACK),
            fields={
                NobodyFound: "reference",
                SeveralFound: "born",
                operations.DayPast: "review_on",
                operations.ReasonNeeded: "reason",
            },
        )
        if answer:
            return answer
    heading = "Lay a legal hold"
    page = FormPage(
        title=heading,
        heading=heading,
        form=form,
        back=reverse(BACK),
        save="Lay the hold",
    )
    return ask(request, page)


def _lay(request: AppRequest, form: forms.Hold) -> None:
    said = form.cleaned_data
    person = find_one(
        actor=request.actor,
        now=request.now,
        reference=said["reference"],
        born=said["born"],
    )
    operations.lay_hold(
        actor=request.actor,
        now=request.now,
        person_key=person.person_key,
        person_id=person.person_id,
        reason=said["reason"],
        review_on=said["review_on"],
    )


@requires(Permission.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
def lift_hold(request: AppRequest, hold_id: UUID) -> HttpResponse:
    """Lifts a legal hold."""
    return _lift(
        request,
        partial(operations.lift_hold, hold_id=hold_id),
        heading="Lift the legal hold",
        warning="From then on the record can be erased when its time is over.",
        done="The legal hold is lifted",
    )


@requires(Permission.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
def lift_restriction(request: AppRequest, restriction_id: UUID) -> HttpResponse:
    """Lets a record be used again."""
    return _lift(
        request,
        partial(restrict.lift, restriction_id=restriction_id),
        heading="Lift the restriction",
        warning="The person must be told before you lift it (UK GDPR, Article 18(3)).",
        done="Lifted. The workers who hold the cases are told",
    )


def _lift(
    request: AppRequest,
    act: Callable[..., None],
    *,
    heading: str,
    warning: str,
    done: str,
) -> HttpResponse:
    """Ask why something is lifted, then lift it."""
    form = forms.Reason(typed(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        answer = save(
            request,
            form,
            lambda: act(actor=request.actor, now=request.now, reason=reason),
            done=done,
            to=reverse(BACK),
        )
        if answer:
            return answer
    page = FormPage(
        title=heading,
        heading=heading,
        form=form,
        back=reverse(BACK),
        save="Lift it",
        warning=warning,
    )
    return ask(request, page)
