"""People who may live with somebody: a hint on two pages, and saying what is so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from alongside.care.casework.queries import HouseholdLine
from alongside.care.linking.types import HouseholdSaid
from alongside.care.people.types import LikelyPerson, PersonLabel
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.components.base import Link
from alongside.web.components.casefile import Fact, FactCard
from alongside.web.components.lists import Column, DataTable
from alongside.web.words import say_day

HEADING = "People who may live with them"
# Never a reason to contact anybody: said wherever one is shown.
CAUTION = "A hint from what records say. Never a reason to contact anybody."
MASK = "****"
SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class HouseholdPage:
    """Saying whether two people live together."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    notes: tuple[str, ...]
    back_text: str = "Back to the person"
    save: str = "Save"
    own_heading: bool = True


def mask(person: LikelyPerson) -> str:
    """Enough to know them by, too little to harvest: "J**** S****, born 1988, LE2"."""
    initials = (person.given_initial, person.surname_initial)
    name = " ".join(f"{letter}{MASK}" for letter in initials if letter)
    born = f"born {person.birth_year}" if person.birth_year else ""
    words = (name or "Name not known", born, person.outward)
    return ", ".join(part for part in words if part)


def table(
    lines: Sequence[HouseholdLine], *, label: PersonLabel, actor: Actor
) -> DataTable | None:
    """The hints on the person's page; None where the reader is shown none."""
    if not lines:
        return None
    change = ("Change",) if actor.has(Permission.CASE_WORK) else ()
    heads = ("Person", "Why we think so", "What we were told", *change)
    return DataTable(
        caption=f"{HEADING}. {CAUTION}",
        columns=tuple(Column(heading=head) for head in heads),
        rows=tuple(_row(line, label, actor) for line in lines),
    )


def card(lines: Sequence[HouseholdLine]) -> FactCard | None:
    """The hints on the case page: those that nobody has said to be wrong."""
    stand = [line for line in lines if line.said is not HouseholdSaid.NOT]
    if not stand:
        return None
    facts = tuple(
        Fact(
            name="Lives with them" if line.said else "May live with them",
            value=mask(line.other),
            href=reverse("casework:person", args=[line.other.public_id]),
        )
        for line in stand[:SHOWN]
    )
    more = len(stand) - SHOWN
    rest = (Fact(name="And", value=f"{more} more"),) if more > 0 else ()
    caution = Fact(name="Careful", value=CAUTION)
    return FactCard(heading="Who may live with them", facts=(*facts, *rest, caution))


def say(line: HouseholdLine, label: PersonLabel, form: forms.Form) -> HouseholdPage:
    """The form that says whether the two live together."""
    heading = f"Does {mask(line.other)} live with them?"
    return HouseholdPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=label.name,
        form=form,
        back=reverse("casework:person", args=[label.public_id]),
        notes=(CAUTION, f"Why we think so: {why(line)}"),
    )


def why(line: HouseholdLine) -> str:
    """What the hint rests on, and since when."""
    words = line.why or "They share an address or a phone number"
    return f"{words[:1].upper()}{words[1:]} ({say_day(local_day(line.since))})"


def _row(
    line: HouseholdLine, label: PersonLabel, actor: Actor
) -> tuple[str | Link, ...]:
    name = mask(line.other)
    href = reverse("casework:person", args=[line.other.public_id])
    change = Link(
        text="Say what is so",
        href=reverse(
            "casework:household", args=[label.public_id, line.other.public_id]
        ),
        about=name,
    )
    return (
        *(Link(text=name, href=href), why(line), _told(line)),
        *((change,) if actor.has(Permission.CASE_WORK) else ()),
    )


def _told(line: HouseholdLine) -> str:
    if line.said is None or line.said_at is None:
        return "Nothing yet"
    words = (
        "They live together"
        if line.said is HouseholdSaid.TOGETHER
        else "They do not live together"
    )
    return f"{words} ({line.said_by}, {say_day(local_day(line.said_at))})"
