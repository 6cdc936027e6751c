"""What the administrator's pages of instruments show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from alongside.care.instruments.queries import OwnVersion
from alongside.care.instruments.tables import PROCEDURES
from alongside.care.instruments.types import (
    Instrument,
    InstrumentState,
    Problem,
    Procedure,
    Question,
    Result,
    Score,
)
from alongside.web.components.base import Act, Tag, Tone
from alongside.web.components.casefile import ActList, Fact
from alongside.web.components.lists import Column, DataTable
from alongside.web.instruments import say
from alongside.web.instruments.listing import DRAFT, TONES, Line, address
from alongside.web.instruments.manual import MANUAL, Chapter
from alongside.web.words import say_count, say_day, say_moment

LINE_LENGTH = 80


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """One question as it is read over."""

    words: str
    code: str
    help: str
    answers: str
    options: tuple[str, ...]
    rows: tuple[str, ...]
    conditions: str
    required: bool

    @property
    def line(self) -> str:
        """The options on one line, where they are short; else empty."""
        together = ", ".join(self.options)
        return together if len(together) <= LINE_LENGTH else ""


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section as it is read over."""

    heading: str
    help: str
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, kw_only=True)
class ScoreView:
    """A score as it is read over."""

    words: str
    lines: tuple[str, ...]
    bands: DataTable | None


@dataclass(frozen=True, kw_only=True)
class InstrumentPage:
    """One version, read over from top to bottom."""

    title: str
    heading: str
    caption: str
    tag: Tag
    purpose: str
    licensed: bool
    acts: ActList
    facts: tuple[Fact, ...]
    problems: tuple[str, ...]
    sections: tuple[SectionView, ...]
    scores: tuple[ScoreView, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class TryPage:
    """A preview with test answers, and what they come to."""

    title: str
    heading: str
    caption: str
    back: str
    form: forms.Form
    asked: str
    led_to: str
    results: DataTable | None
    outcome: tuple[Fact, ...]
    procedures: tuple[Procedure, ...]


@dataclass(frozen=True, kw_only=True)
class EditPage:
    """The text of a draft, and what keeps it from use."""

    title: str
    heading: str
    caption: str
    back: str
    form: forms.Form
    problems: tuple[str, ...]
    new: bool
    manual: tuple[Chapter, ...] = MANUAL


@dataclass(frozen=True, kw_only=True)
class AskPage:
    """A last question before something is done."""

    title: str
    heading: str
    caption: str
    back: str
    form: forms.Form
    save: str
    notes: tuple[str, ...]
    warns: bool = False
    closes: tuple[str, ...] = ()


def instrument(
    line: Line,
    own: OwnVersion | None,
    text: str,
    *,
    problems: Sequence[Problem] = (),
) -> InstrumentPage:
    """One version. `problems` are what keeps a draft from use."""
    made = line.instrument
    return InstrumentPage(
        title=line.title,
        heading=line.title,
        caption=say.version(line.number),
        tag=Tag(text=line.state, tone=TONES.get(line.state, Tone.PLAIN)),
        purpose=made.purpose if made else "",
        licensed=made.needs_licensed_text if made else False,
        acts=_acts(line, own),
        facts=(*_facts(made, line), *_history(own)),
        problems=said(problems),
        sections=tuple(_sections(made)) if made else (),
        scores=tuple(_score(one, made) for one in made.scores) if made else (),
        text=text,
    )


def _acts(line: Line, own: OwnVersion | None) -> ActList:
    def act(text: str, page: str, *, primary: bool = False) -> Act:
        return Act(text=text, href=address(page, line), primary=primary)

    acts = []
    if line.state == DRAFT:
        acts += [act("Change", "edit"), act("Put in use", "publish", primary=True)]
    if line.instrument:
        acts.append(act("Preview and test", "try"))
    if line.state != DRAFT:
        acts.append(act("Make our own version", "own"))
    acts.append(act("Save as a file", "file"))
    if own and own.state is not InstrumentState.RETIRED:
        words = "Throw away" if line.state == DRAFT else "Take out of use"
        acts.append(act(words, "retire"))
    return ActList(acts=tuple(acts))


def _facts(made: Instrument | None, line: Line) -> Iterator[Fact]:
    yield Fact(name="Code", value=line.code)
    if made is None:
        return
    yield Fact(name="In force from", value=say_day(made.in_force))
    yield Fact(name="For whom", value=say.whom(made))
    yield Fact(name="Who completes it", value=say.who(made))
    yield Fact(name="When", value=say.moments(made))
    yield Fact(name="Assess again", value=say.review(made.review_days))
    if made.judgement:
        yield Fact(
            name="Judgement",
            value="A worker may raise the risk it finds, and never lower it",
        )
    for name, number in made.limits.items():
        words = name.replace("_", " ")
        yield Fact(name=words[:1].upper() + words[1:], value=str(number))
    yield Fact(name="Source", value=made.source)
    yield Fact(name="How sure", value=say.CONFIDENCES[made.confidence])
    yield Fact(name="Licence of the wording", value=made.licence)
    yield Fact(name="Completed", value=say_count(line.used, "time"))


def _history(own: OwnVersion | None) -> Iterator[Fact]:
    if own is None:
        return
    yield Fact(name="Made", value=f"{say_moment(own.made_at)}, {own.made_by}")
    if own.published_at:
        said = f"{say_moment(own.published_at)}, {own.published_by}"
        yield Fact(name="Put in use", value=said)
    if own.retired_at:
        said = f"{say_moment(own.retired_at)}, {own.retired_by}"
        yield Fact(name="Taken out of use", value=said)


def _sections(made: Instrument) -> Iterator[SectionView]:
    for one in made.sections:
        yield SectionView(
            heading=one.heading,
            help=one.help,
            questions=tuple(_question(q, made) for q in one.questions),
        )


def _question(one: Question, made: Instrument) -> QuestionView:
    return QuestionView(
        words=one.words,
        code=one.code,
        help=one.help,
        answers=say.answers(one),
        options=tuple(map(say.option, one.options)),
        rows=tuple(row.words for row in one.rows),
        conditions=say.conditions(one, made),
        required=one.required,
    )


def _score(one: Score, made: Instrument) -> ScoreView:
    return ScoreView(
        words=one.words,
        lines=tuple(say.counted(one, made)),
        bands=_bands(one) if one.bands else None,
    )


def _bands(one: Score) -> DataTable:
    return DataTable(
        caption=f"Bands of: {one.words}",
        columns=(
            Column(heading="Total"),
            Column(heading="What it means"),
            Column(heading="Risk"),
            Column(heading="Assess again"),
            Column(heading="What it asks for"),
        ),
        rows=tuple(
            (
                say.band_range(one, band),
                band.words,
                say.RISKS[band.risk],
                say.review(band.review_days),
                say.band_asks(band),
            )
            for band in one.bands
        ),
    )


def results(made: Instrument, result: Result) -> DataTable:
    """What test answers come to, score by score."""
    words = {one.code: one.words for one in made.scores}
    return DataTable(
        caption="Scores",
        columns=(
            Column(heading="Score"),
            Column(heading="Total"),
            Column(heading="Band"),
            Column(heading="Answered", numeric=True),
        ),
        rows=tuple(
            (
                words[one.score],
                "No total" if one.total is None else str(one.total),
                one.band.words if one.band else "None",
                str(one.answered),
            )
            for one in result.scores
        ),
    )


def outcome(result: Result) -> tuple[Fact, ...]:
    """What follows from test answers."""
    asked = ". ".join(map(say.asks, result.asks)) or "Nothing"
    return (
        Fact(name="Risk", value=say.RISKS[result.risk]),
        Fact(name="Assess again", value=say.review(result.review_days)),
        Fact(name="What it asks for", value=asked),
    )


def procedures(result: Result) -> tuple[Procedure, ...]:
    """The procedures that a result calls for."""
    return tuple(PROCEDURES[code] for code in result.asks if code in PROCEDURES)


def ask(
    line: Line,
    form: forms.Form,
    heading: str,
    *,
    save: str,
    notes: Sequence[str],
    **more: Any,
) -> AskPage:
    """A last question about one version."""
    return AskPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=f"{line.title}, {say.version(line.number).lower()}",
        back=address("instrument", line),
        form=form,
        save=save,
        notes=tuple(notes),
        **more,
    )


def said(problems: Sequence[Problem]) -> tuple[str, ...]:
    """Problems as lines of a list."""
    return tuple(str(one) for one in problems)
