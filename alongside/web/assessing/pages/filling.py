"""Choosing what to ask, the pages of questions, and checking the answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.urls import reverse

from alongside.care.assessment.rules.filled import is_left
from alongside.care.assessment.tables import LIMITS
from alongside.care.assessment.types.filled import AssessmentLine, AssessmentState
from alongside.care.casework.types import CaseStatus
from alongside.care.instruments.rules.scoring import score
from alongside.care.instruments.rules.showing import shown_sections
from alongside.care.instruments.types import (
    Instrument,
    Problem,
    Procedure,
    Question,
    Section,
)
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.assessing import say
from alongside.web.assessing.pages.said import SaidPart, parts_of, procedures
from alongside.web.casework.say import whose
from alongside.web.components.base import EmptyState, Link, Tag
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.assess import Assessments, Filled, Offered
from alongside.workflows.marac_form import say_answer
from alongside.workflows.read_case import CaseBrief

LICENSED = (
    "The words here are ours. Where your area may use the published text, an"
    " administrator can put it in."
)


@dataclass(frozen=True, kw_only=True)
class OfferedItem:
    """An instrument that can be asked now."""

    title: str
    purpose: str
    href: str
    act: str
    when: str
    tag: Tag | None


@dataclass(frozen=True, kw_only=True)
class DoneItem:
    """An assessment that was made, or is being made."""

    title: str
    href: str
    when: str
    who: str
    tags: tuple[Tag, ...]
    withdrawn: str


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """The assessments of a case, and what can be asked now."""

    title: str
    caption: str
    back: str
    offered: tuple[OfferedItem, ...]
    closed: bool
    done: tuple[DoneItem, ...]
    empty: EmptyState


@dataclass(frozen=True, kw_only=True)
class BeginPage:
    """What is asked before the first question."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    purpose: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where among the sections somebody is."""

    section: Section
    questions: tuple[Question, ...]
    number: int
    many: int
    before: str  # the code of the section before; empty at the first


@dataclass(frozen=True, kw_only=True)
class FillPage:
    """One section of the questions."""

    title: str
    heading: str
    caption: str
    help: str
    steps: str
    form: forms.Form
    version: int
    back: str
    back_text: str
    theirs: tuple[tuple[str, str], ...]
    saved: str


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """Every answer, to be checked before the assessment is completed."""

    title: str
    heading: str
    caption: str
    back: str
    parts: tuple[SaidPart, ...]
    form: forms.Form
    problems: tuple[Link, ...]
    missing: tuple[Link, ...]
    procedure: Procedure | None
    asked: bool


@dataclass(frozen=True, kw_only=True)
class DraftPage:
    """An unfinished assessment: how far it is, and how to go on."""

    title: str
    heading: str
    caption: str
    back: str
    progress: str
    saved: str
    parts: tuple[SaidPart, ...]
    go_on: str
    withdraw: str


def assessments(view: Assessments, *, actor: Actor, now: datetime) -> ListPage:
    """The list of one case."""
    case = view.brief.case
    open_here = case.status is not CaseStatus.CLOSED and case.agency_id == (
        actor.agency_id
    )
    may = open_here and actor.has(Permission.CASE_WORK)
    return ListPage(
        title="Assessments",
        caption=whose(view.brief),
        back=reverse("casework:case", args=[case.public_id]),
        offered=tuple(_offered(view, one, now) for one in view.offered) if may else (),
        closed=case.status is CaseStatus.CLOSED,
        done=tuple(done_item(line, now) for line in view.lines),
        empty=EmptyState(
            heading="Nothing has been asked yet",
            text="Choose one of the assessments above to begin."
            if may
            else "No assessment was made in this case.",
        ),
    )


def _offered(view: Assessments, one: Offered, now: datetime) -> OfferedItem:
    instrument = one.instrument
    when, tag, act = "Not asked yet in this case", None, "Begin"
    if one.last is not None and one.last.completed_at is not None:
        when = f"Last asked on {say_day(local_day(one.last.completed_at))}"
        act = "Ask again"
        if one.last.review_on:
            when += f", to be asked again by {say_day(one.last.review_on)}"
    if one.fits and one.last is None:
        tag = say.FITS
    if one.due:
        tag = say.DUE
    if one.draft is not None:
        when, act = f"Begun on {say_moment(one.draft.started_at)}", "Go on"
        tag = _draft_tag(one.draft, now)
    return OfferedItem(
        title=instrument.title,
        purpose=instrument.purpose,
        href=reverse(
            "assessing:start", args=[view.brief.case.public_id, instrument.code]
        ),
        act=act,
        when=when,
        tag=tag,
    )


def _draft_tag(line: AssessmentLine, now: datetime) -> Tag:
    """That it is unfinished, or was left so for a while."""
    left = is_left(line.saved_at, on=local_day(now), days=LIMITS["draft_days"].number)
    return say.LEFT if left else say.STATES[AssessmentState.DRAFT]


def done_item(line: AssessmentLine, now: datetime) -> DoneItem:
    """One assessment as a list shows it."""
    at = line.completed_at or line.saved_at
    verb = "Completed" if line.completed_at else "Saved"
    return DoneItem(
        title=line.title,
        href=reverse("assessing:show", args=[line.public_id]),
        when=f"{verb} on {say_moment(at)}",
        who=line.completed_by or line.saved_by,
        tags=tuple(_tags(line, now)),
        withdrawn=line.withdrawn_reason,
    )


def _tags(line: AssessmentLine, now: datetime) -> Iterator[Tag]:
    if line.state is AssessmentState.DRAFT:
        yield _draft_tag(line, now)
    elif line.state is not AssessmentState.COMPLETE:
        yield say.STATES[line.state]
    elif line.risk is not None:
        tag = say.RISK_TAGS[line.risk]
        if tag:
            yield tag
    if line.moment.value != "any":
        yield Tag(text=say.SHORT_MOMENTS[line.moment])


def begin(brief: CaseBrief, instrument: Instrument, form: forms.Form) -> BeginPage:
    """The page before the first question."""
    return BeginPage(
        title=_title(instrument.title, form),
        heading=instrument.title,
        caption=whose(brief),
        form=form,
        back=reverse("assessing:list", args=[brief.case.public_id]),
        purpose=instrument.purpose,
        note=LICENSED if instrument.needs_licensed_text else "",
    )


def place(filled: Filled, section: str) -> Place | None:
    """The section of that code, where it asks anything."""
    parts = shown_sections(filled.instrument, filled.answers)
    codes = [one.code for one, _ in parts]
    if section not in codes:
        return None
    at = codes.index(section)
    return Place(
        section=parts[at][0],
        questions=parts[at][1],
        number=at + 1,
        many=len(parts),
        before=codes[at - 1] if at else "",
    )


def fill(
    filled: Filled, here: Place, form: forms.Form, *, version: int, changed: bool
) -> FillPage:
    """One section. `changed`: somebody else saved meanwhile; theirs are shown."""
    address = [filled.line.public_id]
    back = (
        reverse("assessing:fill", args=[*address, here.before])
        if here.before
        else reverse("assessing:list", args=[filled.brief.case.public_id])
    )
    heading = here.section.heading
    theirs = [
        (question.words, say_answer(question, filled.answers.get(question.code)))
        for question in here.questions
        if changed
    ]
    return FillPage(
        title=_title(f"{heading}: {filled.line.title}", form),
        heading=heading,
        caption=f"{filled.line.title}, {whose(filled.brief)}",
        help=here.section.help,
        steps=f"Part {here.number} of {here.many}",
        form=form,
        version=version,
        back=back,
        back_text="Back to the part before" if here.before else "Back",
        theirs=tuple(theirs),
        saved=f"Last saved by {filled.line.saved_by}"
        f" on {say_moment(filled.line.saved_at)}",
    )


def check(
    filled: Filled,
    form: forms.Form,
    problems: Sequence[Problem],
    *,
    missing: Sequence[Problem],
) -> CheckPage:
    """Every answer, and what is still missing."""
    return CheckPage(
        title="Error: Check the answers"
        if problems or form.errors
        else "Check the answers",
        heading="Check the answers",
        caption=f"{filled.line.title}, {whose(filled.brief)}",
        back=reverse("assessing:list", args=[filled.brief.case.public_id]),
        parts=tuple(parts_of(filled, change=True)),
        form=form,
        problems=tuple(_problem(filled, one) for one in problems),
        missing=tuple(_problem(filled, one) for one in missing),
        procedure=_procedure_now(filled, missing),
        asked=filled.instrument.judgement,
    )


def draft(filled: Filled, *, actor: Actor) -> DraftPage:
    """An unfinished assessment."""
    may = actor.has(Permission.CASE_WORK) and (
        filled.brief.case.agency_id == actor.agency_id
    )
    asked = [
        question
        for _, questions in shown_sections(filled.instrument, filled.answers)
        for question in questions
    ]
    answered = sum(1 for question in asked if question.code in filled.answers)
    return DraftPage(
        title=f"{filled.line.title}: not finished",
        heading=filled.line.title,
        caption=whose(filled.brief),
        back=reverse("assessing:list", args=[filled.brief.case.public_id]),
        progress=f"{answered:,} of {say_count(len(asked), 'question')} answered."
        " Nothing is scored before it is complete.",
        saved=f"Begun by {filled.line.started_by}, last saved by"
        f" {filled.line.saved_by} on {say_moment(filled.line.saved_at)}",
        parts=tuple(parts_of(filled, change=False)),
        go_on=_next_open(filled) if may else "",
        withdraw=reverse("assessing:withdraw", args=[filled.line.public_id])
        if may
        else "",
    )


def _procedure_now(filled: Filled, missing: Sequence[Problem]) -> Procedure | None:
    if missing:
        return None
    found = procedures(score(filled.instrument, filled.answers).asks)
    return found[0] if found else None


def _next_open(filled: Filled) -> str:
    """The first section with something left to answer, else the check."""
    for section, questions in shown_sections(filled.instrument, filled.answers):
        if any(question.code not in filled.answers for question in questions):
            return reverse("assessing:fill", args=[filled.line.public_id, section.code])
    return reverse("assessing:check", args=[filled.line.public_id])


def _problem(filled: Filled, problem: Problem) -> Link:
    section = next(
        (
            section.code
            for section, questions in shown_sections(filled.instrument, filled.answers)
            if any(question.code == problem.question for question in questions)
        ),
        "",
    )
    href = (
        reverse("assessing:fill", args=[filled.line.public_id, section])
        if section
        else "#main-content"
    )
    return Link(text=str(problem), href=href)


def _title(heading: str, form: forms.Form) -> str:
    return f"Error: {heading}" if form.errors else heading
