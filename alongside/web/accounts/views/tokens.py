"""Access for machines, for a system administrator."""

from datetime import UTC, datetime, time
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.permissions import EndNeeded
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import LONDON, local_day
from alongside.web.access import fresh, requires
from alongside.web.accounts import account_forms, administration_pages, pages
from alongside.web.requests import AppRequest


@requires(Permission.ACCOUNT_MANAGE)
@require_safe
def tokens(request: AppRequest) -> HttpResponse:
    """Every token of the area's machines."""
    found = queries.list_tokens(actor=request.actor, now=request.now)
    page = administration_pages.tokens(found)
    return render(request, "accounts/tokens.html", {"page": page})


@requires(Permission.ACCOUNT_MANAGE)
@fresh()
@require_http_methods(["GET", "POST"])
def new_token(request: AppRequest) -> HttpResponse:
    """Makes a token, and tells it once."""
    machines = queries.list_machines(actor=request.actor, now=request.now)
    form = account_forms.NewToken(
        request.POST or None,
        machines=[(str(one.membership_id), one.words) for one in machines],
        today=local_day(request.now),
    )
    if form.is_valid():
        typed = form.cleaned_data
        until = typed["until"]
        try:
            token = operations.give_machine_token(
                actor=request.actor,
                now=request.now,
                membership_id=int(typed["machine"]),
                label=typed["label"],
                until=until
                and datetime.combine(until, time.min, LONDON).astimezone(UTC),
            )
        except EndNeeded as error:
            form.add_error("until", error.user_message)
        else:
            page = administration_pages.token_told(token)
            return render(request, "accounts/told.html", {"page": page})
    words = pages.title("New access for a machine", form)
    shown = pages.FormPage(title=words, form=form)
    return render(
        request, "accounts/new_token.html", {"page": shown, "machines": machines}
    )


@requires(Permission.ACCOUNT_MANAGE)
@fresh()
@require_http_methods(["GET", "POST"])
def end_token(request: AppRequest, token_id: UUID) -> HttpResponse:
    """Ends a token, when it has been confirmed."""
    if request.method == "POST":
        operations.end_machine_token(
            actor=request.actor, now=request.now, token_id=token_id
        )
        messages.success(request, "That access is ended")
        return redirect("accounts:tokens")
    page = administration_pages.end_token(
        queries.list_tokens(actor=request.actor, now=request.now), token_id=token_id
    )
    return render(request, "accounts/sure.html", {"page": page})
