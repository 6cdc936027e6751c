"""What answers come to."""

from collections.abc import Iterable, Mapping
from typing import Any

from alongside.care.instruments.rules.answering import check_answers
from alongside.care.instruments.rules.showing import keep_shown
from alongside.care.instruments.types import (
    Answers,
    BadAnswers,
    Band,
    Counting,
    Instrument,
    Question,
    Result,
    Risk,
    Score,
    Scored,
)

_WEIGHT = {risk: at for at, risk in enumerate(Risk)}


def score(instrument: Instrument, answers: Answers) -> Result:
    """What a completed set of answers comes to.

    Answers to hidden questions never count. A score none of whose questions was
    answered has neither total nor band. Of several bands the highest risk counts, the
    soonest review, and everything that any of them asks for.

    Raises:
        BadAnswers: the instrument does not allow them, or they are not complete.
            Half-finished answers are never scored.
    """
    problems = check_answers(instrument, answers, whole=True)
    if problems:
        raise BadAnswers(problems)
    kept = keep_shown(instrument, answers)
    by_code = {question.code: question for question in instrument.questions()}
    scores = tuple(_scored(one, by_code, kept) for one in instrument.scores)
    bands = [one.band for one in scores if one.band]
    return Result(
        scores=scores,
        risk=highest(band.risk for band in bands),
        review_days=_soonest(instrument, bands),
        asks=tuple(dict.fromkeys(ask for band in bands for ask in band.asks)),
    )


def highest(risks: Iterable[Risk]) -> Risk:
    """The one that weighs most; NONE of nothing."""
    return max(risks, key=_WEIGHT.__getitem__, default=Risk.NONE)


def band_of(one: Score, total: int) -> Band | None:
    """The band that a total falls in: the last that begins at it or below."""
    found = [band for band in one.bands if band.at_least <= total]
    return found[-1] if found else None


def _soonest(instrument: Instrument, bands: list[Band]) -> int | None:
    days = [band.review_days for band in bands] or []
    every = [*days, instrument.review_days]
    return min((one for one in every if one is not None), default=None)


def _scored(
    one: Score, by_code: Mapping[str, Question], answers: Mapping[str, Any]
) -> Scored:
    each = {
        code: _number(one, by_code[code], answers[code])
        for code in one.questions
        if code in answers
    }
    total = _total(one.counting, each)
    return Scored(
        score=one.code,
        total=total,
        each=each,
        answered=len(each),
        band=None if total is None else band_of(one, total),
    )


def _total(counting: Counting, each: Mapping[str, int]) -> int | None:
    if counting is Counting.EACH or not each:
        return None
    return max(each.values()) if counting is Counting.HIGHEST else sum(each.values())


def _number(one: Score, question: Question, answer: Any) -> int:
    """What one answer adds, weighted."""
    if one.counting is Counting.COUNT:
        hits = [code for code in _codes(answer) if code in one.counted]
        return len(hits) if isinstance(answer, Mapping) else min(len(hits), 1)
    if isinstance(answer, int):
        return answer * one.weights.get(question.code, 1)
    worth = {option.code: option.score for option in question.options}
    points = [worth[code] for code in _codes(answer)]
    together = max(points) if one.counting is Counting.HIGHEST else sum(points)
    return together * one.weights.get(question.code, 1)


def _codes(answer: Any) -> list[str]:
    if isinstance(answer, Mapping):
        return [code for code in answer.values() if code]
    return [answer] if isinstance(answer, str) else list(answer)
