"""What the page that finds people shows."""

from collections.abc import Set
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.urls import reverse

from alongside.care.people.types import FoundPeople, MaskedPerson, SearchTerms
from alongside.foundation.accounts.types import Actor, Permission
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.words import say_count

TITLE = "Find a person"
MASK = "****"
STANDINGS = {
    "open": "Open case",
    "suspended": "Suspended case",
    "closed": "Closed case",
    "": "Referral or shared case",
}
TIERS = {"enhanced": " with enhanced support", "standard": " with standard support"}
NOBODY = EmptyState(
    heading="Nobody found",
    text="Check the spelling, or try less: one name, or only the postcode. You can find"
    " people whose case or referral is with your agency, or is shared with it.",
)
NOTHING_READ = EmptyState(
    heading="There is nothing to look for in that",
    text="Enter a name, a date of birth, a phone number, an e-mail address, a postcode,"
    " a crime reference or a case reference.",
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed, and which part of the answer is shown."""

    text: str
    wider: bool
    start: int
    size: int


@dataclass(frozen=True, kw_only=True)
class FindPage:
    """The form and, once asked, who was found.

    `previous` and `next` are where other parts of the list start, None where there are
    none; `offer_wider` offers names that are spelt nearly like it.
    """

    title: str
    form: forms.Form
    table: DataTable | None = None
    empty: EmptyState | None = None
    notes: tuple[str, ...] = ()
    asked: Asked | None = None
    shown: str = ""
    previous: int | None = None
    next: int | None = None
    offer_wider: bool = False


def empty(form: forms.Form) -> FindPage:
    """The page before anything was asked, or with what was wrong with it."""
    return FindPage(title=f"Error: {TITLE}" if form.errors else TITLE, form=form)


def found(
    form: forms.Form,
    asked: Asked,
    terms: SearchTerms,
    people: FoundPeople,
    *,
    actor: Actor,
    trails: Set[UUID],
) -> FindPage:
    """Who was found, masked, the best first.

    `trails` are those of them whose looks the actor may read.
    """
    count = min(people.count, people.most)
    after = asked.start + len(people.people)
    return FindPage(
        title=TITLE,
        form=form,
        table=_table(people, actor, trails) if people.people else None,
        empty=_nobody(terms) if not people.people else None,
        notes=_notes(terms, people),
        asked=asked,
        shown=f"{asked.start + 1} to {after} of {count}" if count > asked.size else "",
        previous=max(asked.start - asked.size, 0) if asked.start else None,
        next=after if after < count else None,
        offer_wider=bool(people.people and terms.names and not asked.wider)
        and not any(one.alike for one in people.people),
    )


def label(person: MaskedPerson) -> str:
    """Enough to choose by, too little to harvest: initials, and a fixed mask."""
    initials = (person.given_initial, person.surname_initial)
    words = " ".join(f"{letter}{MASK}" for letter in initials if letter)
    return words or "Name not known"


def standing(person: MaskedPerson) -> str:
    """How their case stands, as far as the reader may know."""
    tier = TIERS.get(person.tier, "") if person.standing != "closed" else ""
    return STANDINGS[person.standing] + tier


def _nobody(terms: SearchTerms) -> EmptyState:
    return NOTHING_READ if terms.is_empty else NOBODY


def _notes(terms: SearchTerms, people: FoundPeople) -> tuple[str, ...]:
    notes = []
    if people.too_many:
        notes.append(
            f"More than {people.most} people fit. Add a date of birth or a postcode."
        )
    if terms.in_part:
        notes.append(
            "You gave two of one kind, such as two dates. We looked for the first."
        )
    if any(one.alike for one in people.people):
        notes.append("Names spelt nearly like yours are included.")
    return tuple(notes)


def _table(people: FoundPeople, actor: Actor, trails: Set[UUID]) -> DataTable:
    count = people.count if not people.too_many else people.most
    more = "More than " if people.too_many else ""
    columns = [
        Column(heading="Person"),
        Column(heading="Born"),
        Column(heading="Lives in"),
        Column(heading="How it stands"),
    ]
    columns += [Column(heading="Who has seen them")] if trails else []
    return DataTable(
        caption=more + say_count(count, "person", "people") + " found",
        columns=tuple(columns),
        rows=tuple(
            (*_row(one, actor), *((_seen(one, trails),) if trails else ()))
            for one in people.people
        ),
    )


def _row(person: MaskedPerson, actor: Actor) -> tuple[str | Link, ...]:
    name: str | Link = label(person)
    if actor.has(Permission.CASE_VIEW):
        href = reverse("casework:person", args=[person.public_id])
        name = Link(text=label(person), href=href, about=_about(person))
    return (name, _born(person), person.outward or "Not known", standing(person))


def _seen(person: MaskedPerson, trails: Set[UUID]) -> str | Link:
    """The way to their looks, where it opens: a supervisor reads their own team's."""
    if person.public_id not in trails:
        return ""
    return Link(
        text="Seen by",
        href=reverse("seen:person", args=[person.public_id]),
        about=f"{label(person)} {_about(person)}",
    )


def _born(person: MaskedPerson) -> str:
    return str(person.birth_year) if person.birth_year else "Not known"


def _about(person: MaskedPerson) -> str:
    return f"born {_born(person)}, {person.outward or 'postcode not known'}"
