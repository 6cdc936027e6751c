"""The form of one step, and its answers to be checked."""

from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.http import QueryDict

from alongside.care.casework.queries import CrimeLine
from alongside.care.code_rights.types import RightKind, Step, WindowNow
from alongside.web.casework import say as words_of_cases
from alongside.web.code_rights import say
from alongside.web.code_rights.forms import StepForm, name_crime
from alongside.web.components.casefile import (
    Fact,
    FactCard,
)
from alongside.workflows.read_case import CaseBrief


@dataclass(frozen=True, kw_only=True)
class StepPage:
    """One step to be written down."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    back_text: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    version: int
    save: str = "Continue"


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """What is about to be kept, to be looked through."""

    title: str
    heading: str
    caption: str
    answers: FactCard
    typed: tuple[tuple[str, str], ...]
    back: str


def step_page(
    brief: CaseBrief,
    kind: RightKind,
    step: Step,
    form: StepForm,
    *,
    crime: CrimeLine,
    window: WindowNow | None,
    on: date,
    back: str,
    version: int = 0,
    state: str = "",
) -> StepPage:
    """The form of one step."""
    heading = f"{kind.title}: {step.act[:1].lower()}{step.act[1:]}"
    notes = [f"{say.right(kind)}. {name_crime(crime)}."]
    if state:
        notes.append(f"Now: {state}.")
    if step.help:
        notes.append(step.help)
    asks = step.asks and window is not None
    closed = asks and window is not None and not window.is_open(on)
    if asks and window is not None and not closed:
        notes.append(f"{say.window(window, on)}.")
    return StepPage(
        title=heading,
        heading=heading,
        caption=words_of_cases.whose(brief),
        form=form,
        back=back,
        back_text="Back",
        notes=tuple(notes),
        warnings=(f"{say.window(window, on)}.",) if closed and window else (),
        version=version,
    )


def with_errors(page: StepPage, form: forms.Form) -> StepPage:
    """The page as it is drawn once the form has been looked at."""
    return replace(page, title=f"Error: {page.title}") if form.errors else page


def put_right(page: StepPage, step: Step) -> StepPage:
    """The form of a step that is put right."""
    heading = f"Put right: {step.label}"
    note = "What was written before stays to be read, crossed out."
    return replace(page, title=heading, heading=heading, notes=(*page.notes, note))


def check_page(page: StepPage, form: StepForm, typed: QueryDict) -> CheckPage:
    """The answers, to be looked through before they are kept."""
    asked = form.asked()
    step = form.step
    facts = [
        Fact(name="Day", value=say.day(asked.on)),
        Fact(name="By", value=say.who(asked.by)),
        *(Fact(name=a, value=b) for a, b in say.answers(step, form.kept())),
    ]
    if asked.words:
        facts.append(Fact(name="Besides", value=asked.words))
    if form.cleaned_data.get("why"):
        facts.append(Fact(name="Put right because", value=form.cleaned_data["why"]))
    hidden = {"do", "csrfmiddlewaretoken"}
    return CheckPage(
        title="Check your answers",
        heading="Check your answers",
        caption=page.caption,
        answers=FactCard(heading=page.heading, facts=tuple(facts)),
        typed=tuple(
            (name, str(value))
            for name, values in typed.lists()
            if name not in hidden
            for value in values
        ),
        back=page.back,
    )
