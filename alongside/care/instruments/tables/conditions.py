"""When a condition holds, and whether it ever can."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from alongside.care.instruments.types import (
    Condition,
    Holds,
    Instrument,
    Problem,
    Question,
    QuestionKind,
)

CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.MANY, QuestionKind.GRID})
COUNTED = frozenset({QuestionKind.NUMBER, QuestionKind.SCALE})
_EVERY = frozenset(Holds)
# What can be asked of an answer of each kind.
COMPARES: Mapping[QuestionKind, frozenset[Holds]] = {
    QuestionKind.CHOICE: _EVERY - {Holds.AT_LEAST},
    QuestionKind.MANY: _EVERY - {Holds.AT_LEAST},
    QuestionKind.GRID: frozenset({Holds.ANY_OF, Holds.ANSWERED}),
    QuestionKind.NUMBER: _EVERY,
    QuestionKind.SCALE: _EVERY,
    QuestionKind.DATE: _EVERY - {Holds.ANY_OF},
    QuestionKind.TEXT: frozenset({Holds.ANSWERED}),
}


def is_answered(answer: Any) -> bool:
    """Whether there is an answer: something chosen, written or counted."""
    return answer is not None and answer != "" and answer != [] and answer != {}


def holds(condition: Condition, answer: Any) -> bool:
    """Whether an answer, as it is kept, is what the condition asks for."""
    if not is_answered(answer):
        return False
    chosen = _chosen(answer)
    value = condition.value
    match condition.holds:
        case Holds.ANSWERED:
            return True
        case Holds.IS:
            return value in chosen
        case Holds.IS_NOT:
            return value not in chosen
        case Holds.ANY_OF:
            return any(one in chosen for one in value)
        case Holds.AT_LEAST:
            return bool(answer >= value)


def _chosen(answer: Any) -> list[Any]:
    if isinstance(answer, Mapping):
        return list(answer.values())
    return list(answer) if isinstance(answer, list | tuple | set) else [answer]


def check_conditions(instrument: Instrument) -> Iterator[Problem]:
    """Conditions that name nothing, that lead in a circle, or that can never hold."""
    places = {one.code: at for at, one in enumerate(instrument.questions())}
    by_code = {one.code: one for one in instrument.questions()}
    found = [*_misnamed(instrument, by_code), *_circles(by_code)]
    for question in by_code.values() if not found else ():
        for condition in question.show_if:
            if (
                condition.question in by_code
                and places[condition.question] > places[question.code]
            ):
                found.append(_later(question, condition))
    yield from found
    if not found:
        yield from _unreachable(by_code)


def _misnamed(
    instrument: Instrument, by_code: Mapping[str, Question]
) -> Iterator[Problem]:
    for question in instrument.questions():
        for condition in question.show_if:
            asked = by_code.get(condition.question)
            if asked is None:
                words = f"is shown by {condition.question}, which is no question here"
            else:
                words = _badly_compared(asked, condition)
            if words:
                yield _problem(question, words)


def _badly_compared(asked: Question, condition: Condition) -> str:
    value = condition.value
    if condition.holds not in COMPARES[asked.kind]:
        allowed = ", ".join(sorted(COMPARES[asked.kind]))
        return f"asks of {asked.code} what only other kinds can answer; use {allowed}"
    if condition.holds is Holds.ANSWERED:
        return "" if value is None else "needs no value to ask whether it was answered"
    if condition.holds is Holds.ANY_OF and not (isinstance(value, tuple) and value):
        return "needs a list of values after any_of"
    return _badly_valued(asked, condition)


def _badly_valued(asked: Question, condition: Condition) -> str:
    value = condition.value
    values = value if isinstance(value, tuple) else (value,)
    if asked.kind in CHOOSING:
        known = {option.code for option in asked.options}
        lost = [str(one) for one in values if one not in known]
        return f"waits for {lost[0]}, which {asked.code} does not offer" if lost else ""
    if asked.kind in COUNTED:
        wrong = any(isinstance(one, bool) or not isinstance(one, int) for one in values)
        return f"must compare {asked.code} with a whole number" if wrong else ""
    return "" if _is_day(value) else f"must compare {asked.code} with a day"


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _later(question: Question, condition: Condition) -> Problem:
    return _problem(
        question,
        f"is shown by {condition.question}, which is asked after it. Ask it before",
    )


def _circles(by_code: Mapping[str, Question]) -> Iterator[Problem]:
    told: set[str] = set()
    for question in by_code.values():
        way = [] if question.code in told else _way_back(question.code, by_code)
        if way:
            told |= set(way)
            yield _problem(
                question,
                "leads back to itself through its conditions"
                f" ({' waits for '.join(way)}), so none of them is ever shown",
            )


def _way_back(start: str, by_code: Mapping[str, Question]) -> list[str]:
    """The way from a question through its conditions back to it, if there is one."""
    waiting, seen = [[start]], {start}
    while waiting:
        way = waiting.pop()
        for condition in by_code[way[-1]].show_if:
            following = condition.question
            if following == start:
                return [*way, start]
            if following in by_code and following not in seen:
                seen.add(following)
                waiting.append([*way, following])
    return []


def _unreachable(by_code: Mapping[str, Question]) -> Iterator[Problem]:
    for question in by_code.values():
        asked: dict[str, set[Condition]] = {}
        for condition in _all_conditions(question, by_code):
            asked.setdefault(condition.question, set()).add(condition)
        for code, conditions in asked.items():
            if not any(
                all(holds(condition, answer) for condition in conditions)
                for answer in _candidates(by_code[code], conditions)
            ):
                yield _problem(
                    question,
                    f"can never be shown: no answer to {code} is what it waits for",
                )


def _all_conditions(
    question: Question, by_code: Mapping[str, Question]
) -> Iterator[Condition]:
    """Its own, and those under which the questions it waits for are shown."""
    waiting, seen = [question.code], {question.code}
    while waiting:
        for condition in by_code[waiting.pop()].show_if:
            yield condition
            if condition.question not in seen:
                seen.add(condition.question)
                waiting.append(condition.question)


def _candidates(question: Question, conditions: set[Condition]) -> Iterator[Any]:
    """Answers among which there is one that fits, if there is any at all."""
    values = _values(conditions)
    if question.kind is QuestionKind.TEXT:
        yield "words"
    elif question.kind is QuestionKind.DATE:
        yield from _days(values)
    elif question.kind in COUNTED:
        yield from _numbers(question, values)
    else:
        yield from _choices(question, values)


def _values(conditions: set[Condition]) -> set[Any]:
    values: set[Any] = set()
    for one in conditions:
        values |= set(one.value) if isinstance(one.value, tuple) else {one.value}
    return values - {None}


def _days(values: set[Any]) -> Iterator[str]:
    days = {date.fromisoformat(value) for value in values} or {date(2000, 1, 1)}
    for day in days:
        for step in (0, 1, -1):
            yield (day + timedelta(days=step)).isoformat()
    yield (max(days) + timedelta(days=len(days) + 1)).isoformat()


def _numbers(question: Question, values: set[Any]) -> Iterator[int]:
    """Where some number fits, one of these does: what is mentioned, the ends, and
    the numbers beside them (as many as may be ruled out one by one)."""
    ends = {end for end in (question.least, question.most) if end is not None}
    mentioned: set[int] = values | ends or {0}
    reach = len(values) + 1
    for number in mentioned:
        for near in range(number - reach, number + reach + 1):
            above = question.least is None or near >= question.least
            if above and (question.most is None or near <= question.most):
                yield near


def _choices(question: Question, values: set[Any]) -> Iterator[Any]:
    codes = [option.code for option in question.options]
    if question.kind is QuestionKind.CHOICE:
        yield from codes
    elif question.kind is QuestionKind.MANY:
        yield from ([code] for code in codes)
        together = [one.code for one in question.options if not one.exclusive]
        yield from _sets(together, values)
    else:
        for many in range(1, min(len(question.rows), len(values) or 1) + 1):
            for some in combinations(codes, many):
                yield {str(at): code for at, code in enumerate(some)}


def _sets(together: list[str], values: set[Any]) -> Iterator[list[str]]:
    """Every set of the codes that are mentioned, with the others and without."""
    others = [code for code in together if code not in values]
    named = [code for code in together if code in values]
    for many in range(len(named) + 1):
        for some in combinations(named, many):
            yield [*some, *others]


def _problem(question: Question, words: str) -> Problem:
    return Problem(f"question {question.code}", words, question.code)
