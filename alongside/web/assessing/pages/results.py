"""What an assessment came to, beside the ones before it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from alongside.care.assessment.rules.filled import at_least, to_do
from alongside.care.assessment.tables import ASKS
from alongside.care.assessment.types.filled import AssessmentLine, AssessmentState
from alongside.care.casework.types import CaseStatus
from alongside.care.instruments.types import Instrument, Procedure, Risk
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.assessing import say
from alongside.web.assessing.pages.said import SaidPart, parts_of, procedures
from alongside.web.casework.say import whose
from alongside.web.components.base import Act, Tag
from alongside.web.components.casefile import Fact
from alongside.web.components.journey import Travel, TravelLine
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.assess import Filled

WITHDRAWING = (
    "It will no longer count. The tasks that it made stay on the case: settle those"
    " that are not needed any more."
)


@dataclass(frozen=True, kw_only=True)
class ActPage:
    """A form about one assessment."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    back_text: str
    save: str
    notes: tuple[str, ...]
    own_heading: bool = True


@dataclass(frozen=True, kw_only=True)
class ScoreItem:
    """One score: its name, what it came to, and what that means."""

    words: str
    total: str
    band: str
    answered: str


@dataclass(frozen=True, kw_only=True)
class ResultPage:
    """One complete or withdrawn assessment."""

    title: str
    heading: str
    caption: str
    back: str
    risk: Tag | None
    risk_words: str
    why: tuple[str, ...]
    facts: tuple[Fact, ...]
    scores: tuple[ScoreItem, ...]
    procedures: tuple[Procedure, ...]
    done: tuple[str, ...]
    case_href: str
    form_href: str
    sharing_href: str
    travel: Travel | None
    parts: tuple[SaidPart, ...]
    acts: tuple[Act, ...]
    withdrawn: str


def result(filled: Filled, *, actor: Actor, now: datetime) -> ResultPage:
    """The page of one assessment for one reader."""
    line, case = filled.line, filled.brief.case
    ours = case.agency_id == actor.agency_id
    may_work = ours and actor.has(Permission.CASE_WORK)
    rows = to_do(line.asks, ASKS)
    return ResultPage(
        title=line.title,
        heading=line.title,
        caption=whose(filled.brief),
        back=reverse("assessing:list", args=[case.public_id]),
        risk=say.RISK_TAGS[line.risk] if line.risk else None,
        risk_words=_risk_words(line),
        why=tuple(_why(line)),
        facts=tuple(_facts(line)),
        scores=tuple(_scores(filled.instrument, line.result)),
        procedures=procedures(line.asks),
        done=tuple(row.words for row in rows if row.task),
        case_href=reverse("casework:case", args=[case.public_id]),
        form_href=reverse("assessing:referral_form", args=[line.public_id])
        if may_work and any(row.form for row in rows)
        else "",
        sharing_href=reverse("sharing:case", args=[case.public_id])
        if may_work and any(row.task == "idva_referral" for row in rows)
        else "",
        travel=travel(filled),
        parts=tuple(parts_of(filled, change=False)),
        acts=tuple(_acts(filled)) if may_work else (),
        withdrawn=f"Withdrawn by {line.withdrawn_by}: {line.withdrawn_reason}"
        if line.withdrawn_at
        else "",
    )


def act(
    filled: Filled,
    heading: str,
    form: forms.Form,
    *,
    save: str,
    notes: Sequence[str] = (),
) -> ActPage:
    """A form about one assessment."""
    return ActPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=f"{filled.line.title}, {whose(filled.brief)}",
        form=form,
        back=reverse("assessing:show", args=[filled.line.public_id]),
        back_text="Back to the assessment",
        save=save,
        notes=tuple(notes),
    )


def travel(filled: Filled) -> Travel | None:
    """How the numbers that count by themselves have changed, first to newest.

    Only where something was asked before with the same version, so that the numbers
    mean the same.
    """
    lines = [
        line
        for line in (*filled.earlier, filled.line)
        if line.instrument_version == filled.line.instrument_version
        and line.state is AssessmentState.COMPLETE
    ]
    lines.sort(key=lambda line: line.started_at)
    each = [_each(line.result) for line in lines]
    if len(lines) < 2 or not each[-1]:
        return None
    ends = {
        question.code: (question.least or 0, question.most or 0, question.words)
        for question in filled.instrument.questions()
        if question.most is not None
    }
    better = {
        code: score.better != "less"
        for score in filled.instrument.scores
        for code in score.questions
    }
    return Travel(
        key="travel",
        moments=tuple(
            f"{say.SHORT_MOMENTS[line.moment]},"
            f" {say_day(local_day(line.completed_at or line.started_at))}"
            for line in lines
        ),
        lines=tuple(
            TravelLine(
                words=words,
                least=least,
                most=most,
                numbers=tuple(one.get(code) for one in each),
                more_is_better=better.get(code, True),
            )
            for code, (least, most, words) in ends.items()
            if any(code in one for one in each)
        ),
    )


def _each(result: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in result.get("scores", []):
        if one["total"] is None:
            found |= one["each"]
    return found


def _risk_words(line: AssessmentLine) -> str:
    if line.risk is None or line.risk is Risk.NONE:
        return ""
    return say.RISKS[line.risk]


def _why(line: AssessmentLine) -> Iterator[str]:
    if line.escalated and line.incidents is not None:
        yield (
            f"Raised because of {say_count(line.incidents, 'incident')} in the last"
            " twelve months, however few answers counted."
        )
    if line.judged is not None and line.found is not None:
        yield (
            f"{line.judged_by} judged it to be {say.RISKS[line.judged].lower()}; the"
            f" answers came to {say.RISKS[line.found].lower()}. {line.judged_reason}"
        )


def _facts(line: AssessmentLine) -> Iterator[Fact]:
    if line.completed_at:
        yield Fact(
            name="Completed",
            value=f"{say_moment(line.completed_at)} by {line.completed_by}",
        )
    yield Fact(name="Moment", value=say.MOMENTS[line.moment])
    yield Fact(name="How", value=say.how(line.how))
    if line.accompanied:
        yield Fact(name="With them", value=line.accompanied)
    if line.incidents is not None:
        yield Fact(name="Incidents counted", value=f"{line.incidents:,}")
    if line.review_on:
        yield Fact(name="Ask again by", value=say_day(line.review_on))
    yield Fact(name="Version", value=f"{line.instrument_version}")


def _scores(instrument: Instrument, result: Mapping[str, Any]) -> Iterator[ScoreItem]:
    words = {score.code: score.words for score in instrument.scores}
    for one in result.get("scores", []):
        if one["total"] is None:
            continue
        yield ScoreItem(
            words=words.get(one["score"], one["score"]),
            total=f"{one['total']:,}",
            band=one["words"],
            answered=f"{one['answered']:,} answered",
        )


def _acts(filled: Filled) -> Iterator[Act]:
    line = filled.line
    if filled.brief.case.status is CaseStatus.CLOSED:
        return
    if line.state is not AssessmentState.COMPLETE:
        return
    highest = line.risk is not None and at_least(line.risk, Risk.HIGH)
    if filled.instrument.judgement and not highest:
        yield Act(
            text="Judge the risk higher",
            href=reverse("assessing:judge", args=[line.public_id]),
        )
    yield Act(
        text="Ask again",
        href=reverse(
            "assessing:start", args=[filled.brief.case.public_id, line.instrument]
        ),
    )
    yield Act(
        text="Withdraw", href=reverse("assessing:withdraw", args=[line.public_id])
    )
