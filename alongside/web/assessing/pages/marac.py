"""The referral form for the meeting about high risk, as a page to print."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from alongside.web.casework.say import language, phone
from alongside.web.components.casefile import Fact
from alongside.web.words import say_count, say_day
from alongside.workflows.marac_form import MaracForm

NOT_HELD = "Not held"


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """A part of the form: names and values."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """The form, part by part. `by_hand` are lines to be written."""

    title: str
    back: str
    data: str
    criteria: tuple[str, ...]
    parts: tuple[FormPart, ...]
    answers: tuple[Fact, ...]
    by_hand: tuple[str, ...]
    made: str


def page(form: MaracForm, assessment_id: UUID) -> FormPage:
    """The form of one assessment."""
    return FormPage(
        title="MARAC referral form",
        back=reverse("assessing:show", args=[assessment_id]),
        data="?format=json",
        criteria=form.criteria or ("Professional judgement",),
        parts=(
            FormPart(heading="Who is referred", facts=tuple(_person(form))),
            FormPart(heading="How to reach them", facts=tuple(_reaching(form))),
            FormPart(heading="The risk", facts=tuple(_risk(form))),
            FormPart(heading="What the police told us of", facts=tuple(_crimes(form))),
        ),
        answers=tuple(Fact(name=one.words, value=one.answer) for one in form.answers),
        by_hand=tuple(words for _, words in form.by_hand),
        made=f"Made on {say_day(form.made_on)} by {form.made_by}, {form.agency}."
        f" Our reference {form.case_reference}.",
    )


def _person(form: MaracForm) -> Iterator[Fact]:
    born = form.date_of_birth
    yield Fact(name="Name", value=form.name)
    yield Fact(name="Date of birth", value=say_day(born) if born else NOT_HELD)
    yield Fact(
        name="Language", value=language(form.language) if form.language else NOT_HELD
    )
    yield Fact(name="Interpreter", value="Needed" if form.interpreter else "Not noted")
    yield Fact(name="Adjustments", value=form.adjustments or "None noted")


def _reaching(form: MaracForm) -> Iterator[Fact]:
    yield Fact(name="Address", value=form.address or NOT_HELD)
    yield Fact(name="Telephone", value=", ".join(map(phone, form.phones)) or NOT_HELD)
    yield Fact(name="Safe to use", value=", ".join(form.safe) or "Nothing is marked")
    yield Fact(name="Never use", value=", ".join(form.not_safe) or "Nothing is marked")
    yield Fact(name="When", value=form.times or "Not noted")


def _risk(form: MaracForm) -> Iterator[Fact]:
    yield Fact(
        name="Assessed",
        value=f"{say_day(form.assessed_on)} by {form.assessed_by}, with"
        f" {form.instrument}, version {form.instrument_version}",
    )
    yield Fact(name="Count", value=form.count or "None")
    if form.incidents is not None:
        yield Fact(
            name="Incidents in twelve months",
            value=say_count(form.incidents, "incident"),
        )
    if form.judged:
        yield Fact(
            name="Professional judgement",
            value=f"{form.judged.capitalize()}. {form.judged_reason}",
        )


def _crimes(form: MaracForm) -> Iterator[Fact]:
    for crime in form.crimes:
        suspect = crime.relationship.replace("_", " ")
        who = f". Suspect: {suspect}" if suspect else ""
        yield Fact(
            name=f"{say_day(crime.reported)}, {crime.reference}",
            value=f"{crime.what}{who}",
        )
