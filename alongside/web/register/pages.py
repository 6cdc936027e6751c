"""What the pages show on which somebody is added."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms as django_forms
from django.http import QueryDict
from django.urls import reverse

from alongside.care.casework.queries import CaseFacts
from alongside.care.people.types import ChannelKind, EntryHint
from alongside.foundation.reference.tables import FLAGS, GENDERS
from alongside.web.casework import say
from alongside.web.casework.pages.household import mask
from alongside.web.components.base import Link
from alongside.web.components.casefile import Fact, FactCard
from alongside.web.register.forms import (
    CAME_BY,
    REPORTED,
    AddSomebody,
    IsItThem,
)
from alongside.web.words import say_day

TITLE = "Add somebody"
# The same whoever stands behind it, and however many.
ASK = "There may be a record. Ask a supervisor before you add a new one."

NOT_OPEN = (
    "You cannot open this case. Some cases are open only to a few workers, whoever"
    " wrote them down, and this is one of them."
)
HIDDEN_STEPS = (
    "The team it belongs to has what you wrote down, and takes it from here.",
    "If they get in touch with you again, tell your supervisor and give the reference.",
    "You do not need to do anything else.",
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some of the questions, under one heading."""

    heading: str
    fields: tuple[str, ...]


PARTS = (
    Part(
        heading="How to reach them safely",
        fields=("safe", "unsafe", "contact_times", "police_blind"),
    ),
    Part(
        heading="Who they are",
        fields=(
            *("given_names", "surname", "date_of_birth", "gender", "language"),
            *("interpreter_needed", "adjustments"),
        ),
    ),
    Part(
        heading="Phones and addresses",
        fields=("mobile_phone", "home_phone", "email", "address", "postcode"),
    ),
    Part(
        heading="What happened",
        fields=("happened", "happened_on", "flags", "reported"),
    ),
    Part(heading="How they came", fields=("came_by",)),
)


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """A heading and its questions, drawn one after another."""

    heading: str
    fields: tuple[django_forms.BoundField, ...]
    looked_for: bool = False


@dataclass(frozen=True, kw_only=True)
class Likely:
    """Who may be known already: links to those the reader may open, or one sentence."""

    people: tuple[Link, ...]
    ask: str
    heading: str = "There may be a record already"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to warn of."""
        return not self.people and not self.ask


@dataclass(frozen=True, kw_only=True)
class AddPage:
    """The questions about somebody who came by themselves."""

    title: str
    heading: str
    form: AddSomebody
    parts: tuple[FormPart, ...]
    back: str


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """What was answered, whether they may be known already, and what was typed."""

    title: str
    heading: str
    form: IsItThem
    likely: Likely
    answers: tuple[FactCard, ...]
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class AddedPage:
    """What happens next. It says the same whether somebody like them was known."""

    title: str
    reference: str
    steps: tuple[str, ...]
    case: Link | None
    closed: str = ""  # that the case is not open to the reader

    @property
    def reference_words(self) -> str:
        """What the case is called, as somebody would say it on the phone."""
        return f"Reference {self.reference}"


def add(form: AddSomebody) -> AddPage:
    """The form, part by part."""
    return AddPage(
        title=f"Error: {TITLE}" if form.errors else TITLE,
        heading=TITLE,
        form=form,
        parts=tuple(
            FormPart(
                heading=part.heading,
                fields=tuple(form[name] for name in part.fields),
                looked_for="email" in part.fields,
            )
            for part in PARTS
        ),
        back=reverse("casework:my_work"),
    )


def likely(hint: EntryHint, *, ask: str = ASK, opens: bool = True) -> Likely:
    """The warning while somebody types, or on the page of answers.

    `ask` is what is said of people behind walls; there is nothing to follow for a
    reader who `opens` nobody.
    """
    return Likely(
        people=tuple(
            Link(
                text=mask(one),
                href=reverse("casework:person", args=[one.public_id]) if opens else "",
                about="opens in a new tab" if opens else "",
            )
            for one in hint.people
        ),
        ask=ask if hint.ask else "",
    )


def likely_words(page: Likely) -> dict[str, object]:
    """The warning as the page's script takes it; nothing where there is none."""
    if page.is_empty:
        return {}
    people = [
        {"text": one.text, "href": one.href, "about": one.about} for one in page.people
    ]
    heading = page.heading if people else ""
    return {"heading": heading, "people": people, "ask": page.ask}


def choices(hint: EntryHint) -> list[tuple[str, str]]:
    """The people to choose from, and what each is called."""
    return [(str(one.public_id), f"Yes: {mask(one)}") for one in hint.people]


def check(
    form: AddSomebody, is_it: IsItThem, hint: EntryHint, typed: QueryDict
) -> CheckPage:
    """The answers, to be looked through before they are kept."""
    heading = "Check your answers"
    return CheckPage(
        title=f"Error: {heading}" if is_it.errors else heading,
        heading=heading,
        form=is_it,
        likely=likely(hint),
        answers=tuple(_answers(form)),
        typed=tuple(_typed(form, typed)),
    )


def added(case_id: UUID, case: CaseFacts | None) -> AddedPage:
    """What happens next, as far as the reader may see it.

    Of a case that is not open to them it says the same whatever hides it.
    """
    if case is None:
        return AddedPage(
            title="They have been added",
            reference=say.reference(case_id),
            closed=NOT_OPEN,
            steps=HIDDEN_STEPS,
            case=None,
        )
    due = case.next_action_on
    return AddedPage(
        title="They have been added",
        reference=say.reference(case.public_id),
        steps=tuple(_steps(case, due)),
        case=Link(
            text="Open the case", href=reverse("casework:case", args=[case.public_id])
        ),
    )


def _steps(case: CaseFacts, due: date | None) -> Iterator[str]:
    yield (
        f"{case.worker_name} holds the case."
        if case.worker_name
        else f"The case waits in the queue of {case.team_name} until it is taken."
    )
    if due is not None:
        yield f"Next: {case.next_action}, by {say_day(due)}."
    yield (
        "If we know them already under another record, a colleague brings the two"
        " together. You do not need to do anything."
    )


def _answers(form: AddSomebody) -> Iterator[FactCard]:
    for part in PARTS:
        more = ("crime_ref",) if "reported" in part.fields else ()
        facts = (
            Fact(name=str(form.fields[name].label), value=_said(form, name))
            for name in (*part.fields, *more)
        )
        yield FactCard(
            heading=part.heading, facts=tuple(fact for fact in facts if fact.value)
        )


def _said(form: AddSomebody, name: str) -> str:
    value = form.cleaned_data.get(name)
    if value in (None, "", [], False):
        return ""
    if isinstance(value, date):
        return say_day(value)
    if value is True:
        return "Yes"
    if isinstance(value, list):
        return ", ".join(_word(name, one) for one in value)
    if name in {"mobile_phone", "home_phone"}:
        return say.phone(value)
    return _word(name, value)


def _word(name: str, value: str) -> str:
    words: dict[str, dict[str, str]] = {
        "safe": dict(ChannelKind.choices),
        "unsafe": dict(ChannelKind.choices),
        "flags": {code: flag.label for code, flag in FLAGS.items()},
        "gender": {code: gender.label for code, gender in GENDERS.items()},
        "reported": REPORTED,
        "came_by": {way.value: said for way, said in CAME_BY.items()},
    }
    return words.get(name, {}).get(value, ", ".join(value.splitlines()))


def _typed(form: AddSomebody, typed: QueryDict) -> Iterator[tuple[str, str]]:
    """What was sent, to be sent again: nothing is kept before it is saved."""
    own = set(form.fields) | {f"date_of_birth_{n}" for n in range(3)}
    own |= {f"happened_on_{n}" for n in range(3)}
    for name, values in typed.lists():
        if name in own:
            yield from ((name, str(value)) for value in values)
