"""Whether somebody who is being written down may be known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from alongside.care.linking.queries import candidates as known
from alongside.care.matching.rules.deciding import decide
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.standard import standardise
from alongside.care.matching.types import Standard
from alongside.care.people import queries as people
from alongside.care.people.types import EntryHint
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.asking import ask_together
from alongside.foundation.lib.errors import NotFound
from alongside.workflows.area_secret import area_secret
from alongside.workflows.live_weights import weights_of

PURPOSE = "information rights request"
WHO_THEY_ARE = ("given_names", "surname", "date_of_birth")
# What was compared, as the trail says it: kinds of detail, never the details.
KINDS = (
    ("name", ("given", "surname")),
    ("date of birth", ("born",)),
    ("phone", ("phone", "other_phone")),
    ("e-mail", ("email",)),
    ("address", ("address", "postcode")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryDetails:
    """As much of somebody as has been typed."""

    given_names: str = ""
    surname: str = ""
    date_of_birth: date | None = None
    gender: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    address: str = ""
    postcode: str = ""


def check_entry(
    *,
    actor: Actor,
    now: datetime,
    details: EntryDetails,
    apart_from: UUID | None = None,
) -> EntryHint:
    """Who may be the one being written down, as far as the actor may know.

    By the rules that link records as they arrive: who would be linked or looked at.
    Too little to compare finds nobody and is not on the trail. `apart_from` is whose
    details are being put right.

    Raises:
        NotAllowed: the actor adds nobody.
    """
    standard = standardise(
        given_names=details.given_names,
        surname=details.surname,
        date_of_birth=details.date_of_birth,
        gender=details.gender,
        postcode=details.postcode,
        address=details.address,
        phones=details.phones,
        email=details.email,
    )
    keys = block_keys(standard, secret=area_secret(area_id=actor.area_id))
    if not keys:
        return EntryHint()
    hint = people.read_entry_hint(
        actor=actor,
        now=now,
        alike=_alike(standard, keys),
        asked=_kinds(standard),
    )
    kept = tuple(one for one in hint.people if one.public_id != apart_from)
    return EntryHint(people=kept, ask=hint.ask)


def check_corrected(
    *, actor: Actor, now: datetime, person_id: UUID, right: Mapping[str, Any]
) -> EntryHint:
    """Who else somebody would seem to be, were their name or date of birth put right.

    `right` is what is to be put right; empty values leave things as they are. Nobody,
    where nothing of that is among it.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the person.
    """
    if not any(right.get(name) for name in WHO_THEY_ARE):
        return EntryHint()
    key, _ = people.get_person_key(public_id=person_id)
    labels = people.open_labels(person_ids=[key], purpose=PURPOSE, now=now)
    if key not in labels:
        raise NotFound("We could not find that person")
    label = labels[key]
    details = EntryDetails(
        given_names=right.get("given_names") or label.given_names,
        surname=right.get("surname") or label.surname,
        date_of_birth=right.get("date_of_birth") or label.date_of_birth,
    )
    return check_entry(actor=actor, now=now, details=details, apart_from=person_id)


def _kinds(standard: Standard) -> str:
    return ", ".join(
        words
        for words, fields in KINDS
        if any(getattr(standard, field) for field in fields)
    )


def _alike(standard: Standard, keys: Sequence[int]) -> list[int]:
    """Who would be linked, and about whom somebody would be asked; the best first."""
    behind, live = ask_together(known.ask_behind(keys=keys), known.ask_live_model())
    candidates = list(known.read_behind(behind).records.values())
    weights = weights_of(known.read_live_model(live))
    found = decide(standard, candidates, weights=weights)
    linked = [] if found.person is None else [found.person]
    return [*linked, *(one.person for one in found.reviews)]
