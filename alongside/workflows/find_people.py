"""Finding people by whatever somebody can say of them."""

from datetime import datetime
from uuid import UUID

from alongside.care.people import queries as people
from alongside.care.people.rules import read_terms
from alongside.care.people.types import FoundPeople, SearchTerms
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.vault.types import IndexedField
from alongside.workflows.protected_details import find_protected


def find_people(
    *,
    actor: Actor,
    now: datetime,
    text: str,
    wider: bool = False,
    start: int = 0,
    size: int,
) -> tuple[SearchTerms, FoundPeople]:
    """What was understood of the text, and one page of the people who fit it all.

    Phones and e-mail addresses are looked for among the protected ones too, by their
    blind index, where the actor may open those.

    Raises:
        NotAllowed: the actor does not look for people.
    """
    terms = read_terms(text)
    found = people.search_people(
        actor=actor,
        now=now,
        terms=terms,
        sealed=_sealed(actor, now, terms),
        wider=wider,
        start=start,
        size=size,
    )
    return terms, found


def _sealed(actor: Actor, now: datetime, terms: SearchTerms) -> list[UUID]:
    if not actor.has(Permission.PROTECTED_OPEN):
        return []
    return [
        person_id
        for point in terms.points
        for person_id in find_protected(
            actor=actor,
            now=now,
            field=IndexedField.EMAIL if "@" in point else IndexedField.PHONE,
            typed=point,
        )
    ]
