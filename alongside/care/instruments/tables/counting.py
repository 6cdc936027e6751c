"""How much a score can come to, and whether its bands hold every total."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from alongside.care.instruments.tables.conditions import CHOOSING, COUNTED
from alongside.care.instruments.types import (
    Band,
    Counting,
    Instrument,
    Problem,
    Question,
    QuestionKind,
    Score,
)

BETTER = frozenset({"", "more", "less"})


def check_scores(instrument: Instrument) -> Iterator[Problem]:
    """Scores that count what cannot be counted, and bands with gaps between them."""
    by_code = {one.code: one for one in instrument.questions()}
    for score in instrument.scores:
        where = f"score {score.code}"
        wrong = [*_named(score, by_code), *_counted(score, by_code), *_asked(score)]
        yield from (Problem(where, words) for words in wrong)
        if score.bands and score.counting is Counting.EACH:
            yield Problem(where, "has no total, so it can have no bands")
        elif score.bands and not wrong:
            yield from _bands(score, by_code)


def range_of(
    score: Score, by_code: Mapping[str, Question]
) -> tuple[int | None, int | None]:
    """The least and the most that a score can come to; nothing where it has no end."""
    ends = [_ends(score, by_code[code]) for code in score.questions]
    least = [low for low, _ in ends if low is not None]
    most = [high for _, high in ends if high is not None]
    together = max if score.counting is Counting.HIGHEST else sum
    return (
        together(least) if len(least) == len(ends) else None,
        together(most) if len(most) == len(ends) else None,
    )


def _ends(score: Score, question: Question) -> tuple[int | None, int | None]:
    """The least and the most a question adds. One that is not answered adds nothing."""
    if score.counting is Counting.COUNT:
        rows = len(question.rows) if question.kind is QuestionKind.GRID else 1
        return 0, rows
    low, high = _worth(question, score.counting)
    weight = score.weights.get(question.code, 1)
    if weight < 0:
        low, high = high, low
    skipped = 0 if not question.required or question.show_if else None
    lows = [n for n in (low, skipped) if n is not None]
    highs = [n for n in (high, skipped) if n is not None]
    return (
        None if low is None else min(one * weight for one in lows),
        None if high is None else max(one * weight for one in highs),
    )


def _worth(question: Question, counting: Counting) -> tuple[int | None, int | None]:
    """The least and the most that an answer is worth, before it is weighted."""
    if question.kind in COUNTED:
        return question.least, question.most
    worth = [option.score for option in question.options]
    if question.kind is QuestionKind.CHOICE or counting is Counting.HIGHEST:
        return min(worth), max(worth)
    if question.kind is QuestionKind.GRID:
        rows = len(question.rows)
        return min(0, *worth) * rows, max(0, *worth) * rows
    return sum(n for n in worth if n < 0), sum(n for n in worth if n > 0)


def _named(score: Score, by_code: Mapping[str, Question]) -> Iterator[str]:
    if not score.questions:
        yield "counts no question"
    for code in score.questions:
        question = by_code.get(code)
        if question is None:
            yield f"counts {code}, which is no question here"
        elif question.kind not in CHOOSING | COUNTED:
            yield f"counts {code}, but a {question.kind} cannot be counted"
    for code in score.weights:
        if code not in score.questions:
            yield f"weighs {code}, which it does not count"
    if score.better not in BETTER:
        yield 'better must be "more", "less" or left out'


def _counted(score: Score, by_code: Mapping[str, Question]) -> Iterator[str]:
    if score.counting is not Counting.COUNT:
        if score.counted:
            yield "names answers to count, but does not count answers"
        return
    if not score.counted:
        yield "does not say which answers count"
        return
    if score.weights:
        yield "counts answers, so it can have no weights"
    for question in (by_code[code] for code in score.questions if code in by_code):
        offered = {option.code for option in question.options}
        if question.kind in CHOOSING and not offered & set(score.counted):
            yield f"counts no answer that {question.code} offers"
        elif question.kind in COUNTED:
            yield f"counts answers, but {question.code} has a number for an answer"


def _asked(score: Score) -> Iterator[str]:
    for band in score.bands:
        if band.review_days is not None and band.review_days < 1:
            yield f"band {band.code}: review_days must be 1 or more"
    codes = [band.code for band in score.bands]
    if len(set(codes)) != len(codes):
        yield "has two bands of one code"


def _bands(score: Score, by_code: Mapping[str, Question]) -> Iterator[Problem]:
    where = f"score {score.code}"
    for earlier, later in pairwise(score.bands):
        words = _meeting(earlier, later)
        if words:
            yield Problem(f"{where}, band {later.code}", words)
    least, most = range_of(score, by_code)
    first, last = score.bands[0], score.bands[-1]
    if least is None:
        yield Problem(where, "has bands, but no least: say the least of its numbers")
    elif first.at_least != least:
        yield Problem(f"{where}, band {first.code}", _beginning(first, least))
    if most is not None and last.at_least > most:
        yield Problem(
            f"{where}, band {last.code}",
            f"begins at {last.at_least}, but no total is more than {most}",
        )
    if last.up_to is not None and (most is None or last.up_to < most):
        yield Problem(
            f"{where}, band {last.code}",
            f"ends at {last.up_to}, but a total can be more: totals above have no band",
        )


def _beginning(first: Band, least: int) -> str:
    if first.at_least > least:
        return f"begins at {first.at_least}, but a total can be {least}: that has none"
    return f"begins at {first.at_least}, but no total is less than {least}"


def _meeting(earlier: Band, later: Band) -> str:
    """What is wrong between two bands; nothing where one begins as the other ends."""
    if later.at_least == earlier.at_least:
        return f"begins at {later.at_least}, as {earlier.code} does: they overlap"
    if later.at_least < earlier.at_least:
        return f"comes after {earlier.code} but begins before it: put them in order"
    if earlier.up_to is None or earlier.up_to == later.at_least - 1:
        return ""
    if earlier.up_to < later.at_least:
        return (
            f"begins at {later.at_least}, but {earlier.code} ends at {earlier.up_to}:"
            " there is a gap between them"
        )
    return (
        f"begins at {later.at_least}, but {earlier.code} ends at {earlier.up_to}:"
        " they overlap"
    )
