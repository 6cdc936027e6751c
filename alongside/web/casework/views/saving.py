"""What every form about a case does with what was typed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from alongside.care.casework.operations.working import CaseChanged
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.requests import AppRequest
from alongside.workflows.case_timeline import Entry
from alongside.workflows.read_case import CaseBrief, read_news

NEWS_SHOWN = 50

Refusals = Mapping[type[DomainError], str]


def typed(request: AppRequest) -> QueryDict | None:
    """What was sent, or none where the form is opened for the first time."""
    return request.POST if request.method == "POST" else None


def opened_at(request: AppRequest, brief: CaseBrief) -> dict[str, object]:
    """What a versioned form starts from: the case as it stands now."""
    return {"version": brief.case.version, "seen": request.now.isoformat()}


def save(
    request: AppRequest,
    form: forms.Form,
    do: Callable[[], object],
    *,
    fields: Refusals,
    done: str,
    case_id: UUID,
) -> HttpResponse | None:
    """Do what a valid form asks, and go back to the case saying that it is done.

    None where it was refused: the reason then stands beside the field it belongs to
    (`fields`), or at the top. Somebody who may not know of the case is told no more.
    """
    try:
        do()
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        field = fields.get(type(refusal))
        form.add_error(field, refusal.user_message)
        return None
    messages.success(request, done)
    return redirect("casework:case", case_id=case_id)


def news(
    request: AppRequest, form: forms.Form, brief: CaseBrief
) -> tuple[list[Entry], forms.Form]:
    """What is new where somebody else changed the case, and the form at its version.

    Whoever has read what is new may then save: the form carries the version that
    they have now seen.
    """
    if CaseChanged.user_message not in form.non_field_errors():
        return [], form
    since: datetime | None = form.cleaned_data.get("seen")
    found = read_news(
        actor=request.actor,
        now=request.now,
        case_id=brief.case.public_id,
        since=since or request.now,
        limit=NEWS_SHOWN,
    )
    again = request.POST.copy()
    again["version"] = str(brief.case.version)
    again["seen"] = request.now.isoformat()
    form.data = again
    return found, form
