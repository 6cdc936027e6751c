"""What an assessment comes to besides its scores. No database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.care.assessment.types.filled import (
    AskRow,
    Criterion,
    Escalation,
    NoExitReason,
)
from alongside.care.casework.types import CountsAs
from alongside.care.instruments.types import (
    Instrument,
    Moment,
    Result,
    Risk,
    Scored,
)
from alongside.foundation.lib.local import local_day

ORDER = {risk: place for place, risk in enumerate(Risk)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a completed assessment comes to, incidents counted in.

    `incidents` is nothing where no rule counts them for this instrument.
    """

    risk: Risk
    incidents: int | None
    escalated: bool
    asks: tuple[str, ...]
    review_on: date | None


def at_least(risk: Risk, other: Risk) -> bool:
    """Whether a risk is as high as another, or higher."""
    return ORDER[risk] >= ORDER[other]


def higher(risk: Risk, other: Risk | None) -> Risk:
    """The higher of two."""
    return risk if other is None or at_least(risk, other) else other


def may_judge(found: Risk) -> tuple[Risk, ...]:
    """The risks a worker may put in place of the one found: never a lower one."""
    return tuple(risk for risk in Risk if ORDER[risk] > ORDER[found])


def count_incidents(crimes: Mapping[UUID, date], on: date, rule: Escalation) -> int:
    """How many of these crimes were reported in the days that a rule looks back over,
    the day itself among them."""
    since = on - timedelta(days=rule.days)
    return sum(1 for day in crimes.values() if since < day <= on)


def find(
    instrument: Instrument,
    result: Result,
    *,
    crimes: Mapping[UUID, date],
    escalations: Sequence[Escalation],
    on: date,
) -> Finding:
    """What a result comes to. Escalation only ever raises it.

    `escalations` are `tables.ESCALATIONS`; those in force on the day count.
    """
    rule = next(
        (
            row
            for row in escalations
            if row.instrument == instrument.code and row.holds_on(on)
        ),
        None,
    )
    incidents = count_incidents(crimes, on, rule) if rule else None
    escalated = rule is not None and incidents is not None
    escalated = escalated and (incidents or 0) >= (rule.incidents if rule else 0)
    risk, asks = result.risk, list(result.asks)
    if rule is not None and escalated:
        risk = higher(rule.raises_to, risk)
        asks += rule.asks
    days = result.review_days or instrument.review_days
    return Finding(
        risk=risk,
        incidents=incidents,
        escalated=escalated,
        asks=tuple(dict.fromkeys(asks)),
        review_on=on + timedelta(days=days) if days else None,
    )


def asks_at(instrument: Instrument, risk: Risk) -> tuple[str, ...]:
    """What this instrument asks for at a risk, whichever way it was come to."""
    asks = [
        ask
        for score in instrument.scores
        for band in score.bands
        if band.risk is risk
        for ask in band.asks
    ]
    return tuple(dict.fromkeys(asks))


def why_high(
    *, scored: Risk, escalated: bool, judged: Risk | None
) -> tuple[Criterion, ...]:
    """On which of the criteria a case goes to the meeting about high risk."""
    found = (
        (Criterion.SCORE, scored is Risk.HIGH),
        (Criterion.ESCALATION, escalated),
        (Criterion.JUDGEMENT, judged is Risk.HIGH),
    )
    return tuple(criterion for criterion, holds in found if holds)


def to_do(asks: Iterable[str], rows: Mapping[str, AskRow]) -> tuple[AskRow, ...]:
    """The rows of what is asked for, in their own order; grounds are not among them."""
    wanted = set(asks)
    return tuple(row for code, row in rows.items() if code in wanted)


def grounds_in(asks: Iterable[str]) -> tuple[str, ...]:
    """The codes of grounds of enhanced support that a result proposes."""
    mark = "ground:"
    return tuple(ask.removeprefix(mark) for ask in asks if ask.startswith(mark))


def fits(instrument: Instrument, *, age: int | None, role: str) -> bool:
    """Whether an instrument is for somebody of this age, and for this role to ask.

    Where the age is not known, every age is possible.
    """
    if instrument.who and role not in instrument.who:
        return False
    if age is None:
        return True
    too_old = instrument.below_age is not None and age >= instrument.below_age
    too_young = instrument.from_age is not None and age < instrument.from_age
    return not too_old and not too_young


def is_left(saved_at: datetime, *, on: date, days: int) -> bool:
    """Whether an unfinished assessment was last saved so many days ago, or longer."""
    return (on - local_day(saved_at)).days >= days


def next_moment(instrument: Instrument, done: Collection[Moment]) -> Moment:
    """The moment that comes next, as far as one can tell: first, then reviews."""
    if Moment.FIRST not in instrument.moments:
        return instrument.moments[0]
    if Moment.FIRST not in done:
        return Moment.FIRST
    return Moment.REVIEW if Moment.REVIEW in instrument.moments else Moment.EXIT


def numbers_of(
    instrument: Instrument, scores: Iterable[Scored]
) -> tuple[list[str], list[int | None]]:
    """The questions that count by themselves, and what each was answered with."""
    each: dict[str, int] = {}
    for scored in scores:
        if scored.total is None:
            each |= scored.each
    asked = [
        question
        for score in instrument.scores
        if score.counting == "each"
        for question in score.questions
    ]
    return asked, [each.get(question) for question in asked]


def result_as_data(result: Result) -> dict[str, Any]:
    """A result as it is kept beside the assessment: what was said at the time."""
    return {
        "risk": result.risk.value,
        "scores": [
            {
                "score": one.score,
                "total": one.total,
                "each": dict(one.each),
                "answered": one.answered,
                "band": one.band.code if one.band else "",
                "words": one.band.words if one.band else "",
            }
            for one in result.scores
        ],
    }


def reasons_for(
    ending: CountsAs, reasons: Mapping[str, NoExitReason]
) -> tuple[NoExitReason, ...]:
    """Why a case with such an ending may close without a last set of scores."""
    return tuple(row for row in reasons.values() if ending in row.endings)
