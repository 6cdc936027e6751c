"""Requests for what we hold about people, as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.information_requests import queries
from alongside.care.information_requests.operations import reminding
from alongside.care.information_requests.queries import (
    EVERY_OPEN,
    RequestFilter,
    RequestLine,
    StepLine,
)
from alongside.care.information_requests.types import Part
from alongside.care.people import queries as people
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as
from alongside.workflows import rights_requests

PURPOSE = "request for information"
NOBODY = "Somebody whose record was erased"


class NoSuchCase(DomainError):
    user_message = "We found no case under that reference. Check it"


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """A page of the register. `names` are by the key of the person."""

    lines: tuple[RequestLine, ...]
    names: Mapping[int, str]
    more: bool


@dataclass(frozen=True, kw_only=True)
class AskedView:
    """One request, whole."""

    line: RequestLine
    name: str
    steps: tuple[StepLine, ...]
    parts: tuple[Part, ...]


def _names(now: datetime, lines: Sequence[RequestLine]) -> dict[int, str]:
    labels = people.open_labels(
        person_ids=[line.person_key for line in lines if line.person_key is not None],
        purpose=PURPOSE,
        now=now,
    )
    return {key: label.name for key, label in labels.items()}


def read_desk(
    *,
    actor: Actor,
    now: datetime,
    chosen: RequestFilter = EVERY_OPEN,
    limit: int,
    skip: int = 0,
) -> DeskView:
    """Requests about cases the actor may see. Two statements; a look at names."""
    lines = queries.list_requests(
        actor=actor, chosen=chosen, limit=limit + 1, skip=skip
    )
    shown = lines[:limit]
    return DeskView(
        lines=tuple(shown), names=_names(now, shown), more=len(lines) > limit
    )


def read_asked(*, actor: Actor, now: datetime, asked_id: UUID) -> AskedView:
    """One request with all that was said and done. Four statements.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    line = queries.request_line(queries.get_request(actor=actor, asked_id=asked_id))
    names = _names(now, [line])
    return AskedView(
        line=line,
        name=names.get(line.person_key or 0, NOBODY),
        steps=tuple(queries.list_steps(request_key=line.key)),
        parts=tuple(queries.list_parts(request_key=line.key)),
    )


def remind_everywhere(*, now: datetime) -> int:
    """Tell each service of requests whose day of answer comes near or is past."""
    told = 0
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        try:
            actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        except NotFound:
            continue
        with acting_as(actor):
            told += reminding.remind(actor=actor, now=now)
    return told


@transaction.atomic
def find_case(
    *, actor: Actor, now: datetime, reference: str, born: int | None = None
) -> UUID:
    """The case of a reference: its own, or for information governance a crime's.

    Of a person's several cases, the newest that the actor may see.

    Raises:
        NoSuchCase, SeveralFound: there is none that they may know of, or several.
    """
    found = casework.find_by_reference(reference=reference)
    if found is not None:
        return found[0]
    if not actor.has(Permission.RIGHTS_WORK):
        raise NoSuchCase
    try:
        person = rights_requests.find_one(
            actor=actor, now=now, reference=reference, born=born
        )
    except rights_requests.NobodyFound:
        raise NoSuchCase from None
    cases = casework.list_person_cases(actor=actor, person_id=person.person_key)
    if not cases:
        raise NoSuchCase
    return cases[0].public_id
