"""Everybody's accounts, for a system administrator. No page here shows a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.operations import NewRole
from alongside.foundation.accounts.types import Permission, Role
from alongside.foundation.organisations.queries import list_places
from alongside.web.access import fresh, requires
from alongside.web.accounts import account_forms, administration_pages, pages
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest

PAGE_ROWS = 50
FILE_ROWS = 100_000
LONGEST_SEARCH = 100


@requires(Permission.ACCOUNT_MANAGE)
@require_safe
def accounts(request: AppRequest) -> HttpResponse:
    """Every account of the area, by name; also as a file."""
    words = request.GET.get("words", "").replace("\0", "")[:LONGEST_SEARCH]
    if request.GET.get("format") == "csv":
        found = queries.list_accounts(
            actor=request.actor, now=request.now, words=words, limit=FILE_ROWS
        )
        rows = administration_pages.file_rows(found)
        return csv_file("accounts", administration_pages.FILE_HEAD, rows)
    number = _page_number(request)
    found = queries.list_accounts(
        actor=request.actor,
        now=request.now,
        words=words,
        limit=PAGE_ROWS + 1,
        skip=(number - 1) * PAGE_ROWS,
    )
    page = administration_pages.accounts(
        found, words=words, number=number, rows=PAGE_ROWS
    )
    return render(request, "accounts/accounts.html", {"page": page})


@requires(Permission.ACCOUNT_MANAGE)
@require_safe
def account(request: AppRequest, account_id: UUID) -> HttpResponse:
    """One account, its roles, and what can be done about it."""
    line = _line(request, account_id)
    page = administration_pages.account(line, own=_is_own(request, account_id))
    return render(request, "accounts/one_account.html", {"page": page})


@requires(Permission.ACCOUNT_MANAGE)
@fresh()
@require_http_methods(["GET", "POST"])
def new_account(request: AppRequest) -> HttpResponse:
    """Makes an account, and tells the link with which its owner gets in."""
    form = account_forms.NewAccount(request.POST or None, places=_places(request))
    if form.is_valid():
        try:
            account_id, secret = operations.make_account(
                actor=request.actor,
                now=request.now,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                given=_new_role(form),
            )
        except operations.AlreadyThere as error:
            form.add_error("email", error.user_message)
        else:
            return _tell(request, account_id, secret)
    page = pages.FormPage(title=pages.title("New account", form), form=form)
    return render(request, "accounts/new_account.html", {"page": page})


@requires(Permission.ACCOUNT_MANAGE)
@fresh()
@require_http_methods(["GET", "POST"])
def add_role(request: AppRequest, account_id: UUID) -> HttpResponse:
    """Gives somebody another role."""
    line = _line(request, account_id)
    form = account_forms.NewRole(request.POST or None, places=_places(request))
    if form.is_valid():
        operations.add_membership(
            actor=request.actor,
            now=request.now,
            account_id=account_id,
            given=_new_role(form),
        )
        messages.success(request, f"{line.name} has the new role")
        return redirect("accounts:one", account_id)
    page = administration_pages.add_role(form, line)
    return render(request, "accounts/add_role.html", {"page": page})


@requires(Permission.ACCOUNT_MANAGE)
@fresh()
@require_http_methods(["GET", "POST"])
def end_role(request: AppRequest, account_id: UUID, membership_id: int) -> HttpResponse:
    """Ends one role of somebody, when it has been confirmed."""
    line = _line(request, account_id)
    if request.method == "POST":
        operations.end_membership(
            actor=request.actor,
            now=request.now,
            account_id=account_id,
            membership_id=membership_id,
        )
        messages.success(request, "The role is ended")
        return redirect("accounts:one", account_id)
    page = administration_pages.end_role(line, membership_id=membership_id)
    return render(request, "accounts/sure.html", {"page": page})


@requires(Permission.ACCOUNT_MANAGE)
@fresh()
@require_http_methods(["GET", "POST"])
def end_account(request: AppRequest, account_id: UUID) -> HttpResponse:
    """Ends an account, when it has been confirmed."""
    line = _line(request, account_id)
    if request.method == "POST":
        operations.end_account(
            actor=request.actor, now=request.now, account_id=account_id
        )
        messages.success(request, f"The account of {line.name} is ended")
        return redirect("accounts:one", account_id)
    page = administration_pages.end_account(line)
    return render(request, "accounts/sure.html", {"page": page})


@requires(Permission.ACCOUNT_MANAGE)
@fresh()
@require_http_methods(["GET", "POST"])
def invite(request: AppRequest, account_id: UUID) -> HttpResponse:
    """Makes a new link for somebody who did not use theirs."""
    line = _line(request, account_id)
    if request.method == "POST":
        secret = operations.invite(
            actor=request.actor, now=request.now, account_id=account_id
        )
        return _tell(request, account_id, secret)
    page = administration_pages.invite(line)
    return render(request, "accounts/sure.html", {"page": page})


@requires(Permission.ACCOUNT_MANAGE)
@fresh()
@require_http_methods(["GET", "POST"])
def start_again(request: AppRequest, account_id: UUID) -> HttpResponse:
    """Takes away password and second factors, and tells a link to start again with."""
    line = _line(request, account_id)
    if request.method == "POST":
        secret = operations.start_again(
            actor=request.actor, now=request.now, account_id=account_id
        )
        return _tell(request, account_id, secret)
    page = administration_pages.start_again(line)
    return render(request, "accounts/sure.html", {"page": page})


def _line(request: AppRequest, account_id: UUID) -> queries.AccountLine:
    return queries.get_account(
        actor=request.actor, now=request.now, account_id=account_id
    )


def _is_own(request: AppRequest, account_id: UUID) -> bool:
    user = queries.get_user(user_id=request.actor.user_id)
    return bool(user.public_id == account_id)


def _places(request: AppRequest) -> list[tuple[str, str]]:
    return [
        (f"{place.agency_id}-{place.team_id or ''}", place.words)
        for place in list_places(area_id=request.actor.area_id)
    ]


def _new_role(form: account_forms.NewRole) -> NewRole:
    agency, _, team = form.cleaned_data["place"].partition("-")
    return NewRole(
        role=Role(form.cleaned_data["role"]),
        agency_id=int(agency),
        team_id=int(team) if team else None,
    )


def _tell(request: AppRequest, account_id: UUID, secret: str) -> HttpResponse:
    """The link, this once: what was kept of it cannot be read back."""
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[secret]))
    page = administration_pages.told(_line(request, account_id), link=link)
    return render(request, "accounts/told.html", {"page": page})


def _page_number(request: AppRequest) -> int:
    text = request.GET.get("page", "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1
