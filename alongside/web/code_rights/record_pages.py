"""One right: what may follow, what was done, and what was promised."""

from collections.abc import Iterator, Sequence
from datetime import date

from django import forms

from alongside.care.code_rights.queries import StepLine
from alongside.care.code_rights.types import Step
from alongside.care.journey.queries.tied import TiedClock
from alongside.care.journey.tables import NOT_OWED, rule_for
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import LONDON, local_day
from alongside.web.casework import say as words_of_cases
from alongside.web.code_rights import say
from alongside.web.code_rights.forms import name_crime
from alongside.web.code_rights.pages import TAKEN_BACK, at, may_write
from alongside.web.components.base import EmptyState, Link, Tag, Tone
from alongside.web.components.casefile import (
    Timeline,
    TimelineDay,
    TimelineEvent,
)
from alongside.web.components.planning import PlanCard, PlanRow, PlanSection
from alongside.web.planning.pages import CardsPage, FormPage
from alongside.web.words import say_day
from alongside.workflows.code_rights import RecordView

OVER, OPEN = Tag(text="Over"), Tag(text="Open", tone=Tone.INFO)
LATE, MET = Tag(text="Overdue", tone=Tone.LATE), Tag(text="Met", tone=Tone.GOOD)
MISSED = Tag(text="Missed", tone=Tone.LATE)
DUE, NOT_DUE = Tag(text="Due", tone=Tone.INFO), Tag(text="Not owed")
UNDONE = "Promises that it started are no longer owed, and those that it met run again."


def record_page(view: RecordView, *, actor: Actor, on: date) -> CardsPage:
    """One right: what may follow, what was done, and what was promised."""
    kind, line = view.record.kind, view.record
    change = may_write(view.brief, actor)
    crime = name_crime(view.crime)
    suspect = f" Suspect {line.suspect_ref}." if line.suspect_ref else ""
    state = line.state.label if line.state else TAKEN_BACK
    notes = [f"{say.right(kind)}. {crime}.{suspect}", kind.meaning]
    if view.window is not None:
        notes.append(say.window(view.window, on))
    return CardsPage(
        title=kind.title,
        heading=kind.title,
        caption=words_of_cases.whose(view.brief),
        tag=OVER if line.ended_on else OPEN,
        back=at("case", view.brief),
        back_text="Rights",
        notes=tuple(notes),
        sections=(
            PlanSection(
                heading=f"Now: {state}",
                cards=tuple(_next(view)) if change else (),
                empty=EmptyState(
                    heading="Nothing follows" if not view.next_steps else "",
                )
                if not change or not view.next_steps
                else None,
            ),
            *_promises(view.clocks, on),
            PlanSection(
                heading="What was done",
                cards=tuple(_done(view, change=change)),
                empty=EmptyState(
                    heading="Nothing counts any more",
                    text="What was written here was taken back; it stands below.",
                ),
            ),
        ),
        history=_history(view.steps),
    )


def _next(view: RecordView) -> Iterator[PlanCard]:
    if not view.next_steps:
        return
    rows = tuple(
        PlanRow(
            what=step.act,
            acts=(
                Link(
                    text="Write down",
                    href=at("step", view.brief, view.record.record_id, step.code),
                    about=step.act,
                ),
            ),
        )
        for step in view.next_steps
    )
    yield PlanCard(heading="What happened next?", rows=rows)


def _promises(clocks: Sequence[TiedClock], on: date) -> Iterator[PlanSection]:
    if clocks:
        cards = tuple(_promise(clock, on) for clock in clocks)
        yield PlanSection(heading="Promises", cards=cards)


def _promise(clock: TiedClock, on: date) -> PlanCard:
    rule = rule_for(clock.rule, clock.rule_from)
    due = f"By {say.day(clock.due_on)}" if clock.due_on else "No day is set"
    words = [due]
    if clock.not_owed_reason:
        row = NOT_OWED.get(clock.not_owed_reason)
        words = [row.label if row else clock.not_owed_reason]
    elif clock.met_on:
        words.append(f"Kept on {say.day(clock.met_on)}")
    return PlanCard(
        heading=rule.label,
        tag=_tag(clock, on),
        words=tuple(words),
        quiet=not clock.runs,
    )


def _tag(clock: TiedClock, on: date) -> Tag:
    if clock.not_owed_reason:
        return NOT_DUE
    late = clock.due_on is not None and (clock.met_on or on) > clock.due_on
    if clock.met_on:
        return MISSED if late else MET
    return LATE if late else DUE


def _done(view: RecordView, *, change: bool) -> Iterator[PlanCard]:
    for line in view.steps:
        if line.counts and line.step is not None:
            yield _step_card(view, line, line.step, change=change)


def _step_card(
    view: RecordView, line: StepLine, step: Step, *, change: bool
) -> PlanCard:
    names = (view.record.record_id, line.step_id)
    acts = [
        Link(text="Put right", href=at("correct", view.brief, *names), about=step.label)
    ]
    if view.last == line.step_id:
        href = at("take_back", view.brief, *names)
        acts.append(Link(text="Take back", href=href, about=step.label))
    answers = (
        f"{label} {_end(label)}{said}" for label, said in say.answers(step, line.fields)
    )
    return PlanCard(
        label=f"{say.day(line.on)}, {say.who(line.by).lower()}",
        heading=step.label,
        words=(
            *answers,
            *say.too_much(step, line.fields),
            *([line.words] if line.words else []),
            f"Written down by {line.recorded_by}",
        ),
        acts=tuple(acts) if change else (),
    )


def _end(label: str) -> str:
    return "" if label.endswith("?") else "– "


def _history(lines: Sequence[StepLine]) -> Timeline | None:
    """Everything that was written down, what was put right struck through."""
    if all(line.counts and line.corrects is None for line in lines):
        return None
    days: dict[date, list[TimelineEvent]] = {}
    for line in lines:
        at = line.recorded_at.astimezone(LONDON)
        title = f"{line.step.label}, {say_day(line.on)}" if line.step else TAKEN_BACK
        days.setdefault(local_day(line.recorded_at), []).append(
            TimelineEvent(
                time=f"{at:%H:%M}",
                kind="",
                title=title,
                who=line.recorded_by,
                detail=line.why or line.words,
                corrected_by=f"Put right: {line.corrected_why}"
                if line.corrected
                else "",
            )
        )
    return Timeline(
        days=tuple(
            TimelineDay(label=say.day(day), events=tuple(events))
            for day, events in days.items()
        )
    )


def take_back_page(view: RecordView, step: Step, form: forms.Form) -> FormPage:
    """Asks once before a step is taken back."""
    heading = f"Take back: {step.label}"
    return FormPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=words_of_cases.whose(view.brief),
        form=form,
        back=at("record", view.brief, view.record.record_id),
        back_text="Back",
        save="Take it back",
        notes=(UNDONE,),
    )
