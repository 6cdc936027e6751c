"""Which answers are refusals, and what the audit trail says of them."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any
from uuid import UUID

from alongside.foundation.audit.operations import record_refusal
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, ProofNeeded

API = "api"
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def note_refusal(request: Any, status: int) -> None:
    """Put a refused page or API request on the trail.

    It says which page, and of what, by ids; never the address as it was typed. A
    mistyped address leads nowhere and is not a refusal.
    """
    match = request.resolver_match
    if match is None or "rest" in match.kwargs:
        return
    by_api = match.namespace == API
    if status not in REFUSED and not (by_api and status == HTTPStatus.UNAUTHORIZED):
        return
    actor = getattr(request, "auth", None) if by_api else request.actor
    record_refusal(
        actor=actor or None,
        now=request.now,
        action=_action(by_api=by_api, status=status),
        subject=Subject(kind=API if by_api else "page", public_id=_find_id(match)),
        purpose=f"{status} {request.method} {match.view_name}",
    )


def note_refused_act(request: Any, refusal: DomainError) -> None:
    """Put on the trail that somebody tried what needs more than they gave.

    For views that answer with the form; other refusals of a form are mistakes.
    """
    if not isinstance(refusal, ProofNeeded):
        return
    match = request.resolver_match
    record_refusal(
        actor=request.actor,
        now=request.now,
        action=AuditAction.PAGE_REFUSED,
        subject=Subject(kind="page", public_id=_find_id(match)),
        purpose=f"{type(refusal).__name__} {request.method} {match.view_name}",
    )


def _action(*, by_api: bool, status: int) -> AuditAction:
    if status == HTTPStatus.UNAUTHORIZED:
        return AuditAction.TOKEN_REFUSED
    return AuditAction.API_REFUSED if by_api else AuditAction.PAGE_REFUSED


def _find_id(match: Any) -> UUID | None:
    # The API's addresses are read by its own library: here they are still text.
    for value in match.kwargs.values():
        with suppress(ValueError):
            return UUID(str(value))
    return None
