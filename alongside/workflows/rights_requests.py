"""Requests as the pages of information governance show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.information_rights import queries
from alongside.care.information_rights.permissions import refusals_in_words
from alongside.care.information_rights.queries import (
    CorrectionLine,
    EntryLine,
    ErasureLine,
    FoundPerson,
    HoldLine,
    PackLine,
    RequestLine,
    RestrictionLine,
)
from alongside.care.information_rights.types import RightKind
from alongside.care.people import queries as people
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import DomainError

PURPOSE = "information rights request"
NAME_NOT_KNOWN = "Nobody we hold"


class NobodyFound(DomainError):
    user_message = "We hold nobody under that reference. Check it, or leave it empty"


class SeveralFound(DomainError):
    """A crime reference that several people share: it says how to tell them apart."""


@dataclass(frozen=True, kw_only=True)
class RegisterView:
    """A page of the register. `names` are by the key of the person."""

    lines: tuple[RequestLine, ...]
    names: Mapping[int, str]
    more: bool


@dataclass(frozen=True, kw_only=True)
class RequestView:
    """One request, whole."""

    request: RequestLine
    name: str
    entries: tuple[EntryLine, ...]
    packs: tuple[PackLine, ...]
    holds: tuple[HoldLine, ...]
    restrictions: tuple[RestrictionLine, ...]
    erasures: tuple[ErasureLine, ...]
    corrections: tuple[CorrectionLine, ...]


@dataclass(frozen=True, kw_only=True)
class KeepingView:
    """What may not be erased, what is kept and not used, what is to be erased."""

    holds: tuple[HoldLine, ...]
    restrictions: tuple[RestrictionLine, ...]
    erasures: tuple[ErasureLine, ...]
    names: Mapping[int, str]


def read_register(
    *,
    actor: Actor,
    now: datetime,
    ended: bool,
    kind: RightKind | None,
    limit: int,
    skip: int = 0,
) -> RegisterView:
    """Requests of the agency. Two statements; the names are on the trail."""
    lines = queries.list_requests(
        actor=actor, ended=ended, kind=kind, limit=limit + 1, skip=skip
    )
    shown = lines[:limit]
    return RegisterView(
        lines=tuple(shown),
        names=_names(now, [line.person_key for line in shown]),
        more=len(lines) > limit,
    )


def _names(now: datetime, keys: list[int | None]) -> dict[int, str]:
    labels = people.open_labels(
        person_ids=[key for key in keys if key is not None], purpose=PURPOSE, now=now
    )
    return {key: label.name for key, label in labels.items()}


def read_request(*, actor: Actor, now: datetime, request_id: UUID) -> RequestView:
    """One request with all that was done about it. Eight statements at most.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    row = queries.get_request(actor=actor, request_id=request_id)
    request = queries.request_line(row)
    key = request.person_key
    known = {"actor": actor, "person_key": key} if key is not None else None
    return RequestView(
        request=request,
        name=_names(now, [key]).get(key or 0, NAME_NOT_KNOWN),
        entries=tuple(queries.list_entries(actor=actor, request_id=request_id)),
        packs=tuple(queries.list_packs(actor=actor, request_id=request_id)),
        holds=tuple(queries.list_holds(actor=actor, person_key=key) if known else ()),
        restrictions=tuple(
            queries.list_restrictions(actor=actor, person_key=key) if known else ()
        ),
        erasures=tuple(
            queries.list_erasures(actor=actor, person_key=key) if known else ()
        ),
        corrections=tuple(
            queries.list_corrections(actor=actor, person_key=key)
            if key is not None
            else ()
        ),
    )


def read_keeping(*, actor: Actor, now: datetime) -> KeepingView:
    """Holds, restrictions and erasures that stand. Four statements."""
    holds = queries.list_holds(actor=actor)
    restrictions = queries.list_restrictions(actor=actor)
    erasures = queries.list_erasures(actor=actor, to_do=True)
    keys: list[int | None] = [
        *(one.person_key for one in holds),
        *(one.person_key for one in restrictions),
        *(one.person_key for one in erasures),
    ]
    return KeepingView(
        holds=tuple(holds),
        restrictions=tuple(restrictions),
        erasures=tuple(erasures),
        names=_names(now, keys),
    )


@transaction.atomic
def find_one(
    *, actor: Actor, now: datetime, reference: str, born: int | None = None
) -> FoundPerson:
    """The one person a reference means; `born` tells people of one crime apart.

    Raises:
        NotAllowed: the actor is not of information governance.
        NobodyFound, SeveralFound: there is none, or several.
    """
    with refusals_in_words():
        found = queries.find_person(actor=actor, now=now, reference=reference)
    if born is not None and len(found) > 1:
        found = [one for one in found if one.born == born]
    if not found:
        raise NobodyFound
    if len(found) > 1:
        raise SeveralFound(
            f"{len(found)} people have that reference. Enter the year of birth too"
        )
    return found[0]
