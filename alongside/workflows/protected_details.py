"""A person's protected details: what is held, opening one, adding, ending."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.people import queries as people
from alongside.care.people.types import PersonLabel
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.vault import operations, queries
from alongside.foundation.vault.tables import REASONS
from alongside.foundation.vault.types import (
    DetailKind,
    DetailLine,
    HeldDetails,
    IndexedField,
    OpenedDetail,
)
from alongside.workflows.vault_keys import key_service

PURPOSE = "protected details"


class OpenReasonNeeded(DomainError):
    user_message = "Choose why you are opening this"


@dataclass(frozen=True, kw_only=True)
class ProtectedView:
    """Whose protected details, and what is held of them."""

    label: PersonLabel
    held: HeldDetails
    details: tuple[DetailLine, ...]


@dataclass(frozen=True, kw_only=True)
class DetailView:
    """Whose protected detail, and which."""

    label: PersonLabel
    detail: DetailLine


def read_protected(*, actor: Actor, now: datetime, person_id: UUID) -> ProtectedView:
    """What is held of a person, opening nothing. Four statements.

    `details` is empty for a reader who may not open them.

    Raises:
        NotFound: there is no such person that the actor may know of.
    """
    label = _label(now, person_id)
    held = queries.get_held(person_id=person_id)
    details = queries.list_details(person_id=person_id) if held.may_open else []
    return ProtectedView(label=label, held=held, details=tuple(details))


def read_detail(
    *, actor: Actor, now: datetime, person_id: UUID, detail_id: UUID
) -> DetailView:
    """One detail, not opened. Three statements.

    Raises:
        NotFound: there is no such detail that the actor may know of.
    """
    label = _label(now, person_id)
    detail = queries.get_detail(person_id=person_id, detail_id=detail_id)
    return DetailView(label=label, detail=detail)


def _label(now: datetime, person_id: UUID) -> PersonLabel:
    key, _ = people.get_person_key(public_id=person_id)
    labels = people.open_labels(person_ids=[key], purpose=PURPOSE, now=now)
    if key not in labels:
        raise NotFound("We could not find that person")
    return labels[key]


def open_protected(
    *, actor: Actor, now: datetime, person_id: UUID, detail_id: UUID, reason: str
) -> OpenedDetail:
    """Open one detail for a reason of the list; the look is on the trail.

    A page that is refused must answer and not raise: raising takes the entry of the
    refusal with it.

    Raises:
        OpenReasonNeeded: the reason is not of the list.
        NotFound, NotAllowed: the actor may not know of it, or not open it.
        SecondFactorNeeded: it must be confirmed first that it is they.
        KeyShredded, KeyMissing, Tampered: nobody can open it.
    """
    if reason not in REASONS:
        raise OpenReasonNeeded
    opened = queries.open_detail(
        actor=actor,
        now=now,
        keys=key_service(),
        detail_id=detail_id,
        purpose=reason,
    )
    if opened.person_id != person_id:
        raise NotFound("We could not find that protected detail")
    return opened


@transaction.atomic
def protect(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID,
    kind: DetailKind,
    text: str,
    case_id: UUID | None = None,
    replaces: UUID | None = None,
) -> UUID:
    """Keep a detail under the person's own key; its id.

    Raises:
        NotFound, NotAllowed, WordsNeeded, TooLong, NotANumber, NotAnAddress,
        AlreadyEnded, KeyMissing: as `protect_detail`.
    """
    return operations.protect_detail(
        actor=actor,
        now=now,
        keys=key_service(),
        area_code=organisations.get_area_code(area_id=actor.area_id),
        person_id=person_id,
        kind=kind,
        text=text,
        case_id=case_id,
        replaces=replaces,
    )


def find_protected(
    *, actor: Actor, now: datetime, field: IndexedField, typed: str
) -> list[UUID]:
    """Ids of the people whose protected phone or e-mail address this is.

    Raises:
        NotAllowed, NotANumber, NotAnAddress: as `find_people`.
    """
    return queries.find_people(
        actor=actor,
        now=now,
        keys=key_service(),
        area_code=organisations.get_area_code(area_id=actor.area_id),
        field=field,
        typed=typed,
        purpose="search",
    )
