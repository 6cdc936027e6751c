"""Registers for another system of the same service: the rows of a file, and no names.

Each asks what the page asks, as whom the token acts; that rows about cases were read is
audited once for each page of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.care.code_rights import queries as code_rights
from alongside.care.code_rights.queries import RecordLine, RegisterFilter
from alongside.care.code_rights.queries.due import DueNext, find_due
from alongside.care.information_requests import queries as requests
from alongside.care.information_requests.queries import RequestFilter, RequestLine
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject


@dataclass(frozen=True, kw_only=True)
class Rights:
    """Rights across cases, and what is due next of each by its key."""

    lines: Sequence[RecordLine]
    due: dict[int, DueNext]
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class Requests:
    """Requests for records."""

    lines: Sequence[RequestLine]
    has_more: bool


def list_rights(
    *, actor: Actor, now: datetime, chosen: RegisterFilter, start: int, size: int
) -> Rights:
    """Rights across the cases of the actor's agency, the newest step first. Three
    statements, whatever the number."""
    found = code_rights.list_register(
        actor=actor, chosen=chosen, start=start, limit=size + 1
    )
    _record(actor, now, "rights of the Code")
    shown = found[:size]
    return Rights(
        lines=shown,
        due=find_due(record_keys=[line.key for line in shown]),
        has_more=len(found) > size,
    )


def list_requests(
    *, actor: Actor, now: datetime, chosen: RequestFilter, start: int, size: int
) -> Requests:
    """Requests about cases the actor may see: the open by the day an answer is due, the
    ended newest first. Two statements."""
    found = requests.list_requests(
        actor=actor, chosen=chosen, limit=size + 1, skip=start
    )
    _record(actor, now, "requests for records")
    return Requests(lines=found[:size], has_more=len(found) > size)


def _record(actor: Actor, now: datetime, what: str) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.REGISTER_READ,
        subject=Subject(kind="register"),
        purpose=what,
    )
