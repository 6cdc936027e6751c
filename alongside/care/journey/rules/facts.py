"""What facts do to a promise: whether it is owed, and from when and by when.

A fact frees from the promises whose day falls while it stands. That depends on days
alone and not on when anybody looks, so that promises planned one by one, all at once,
late or again come out alike. What is late stays late: its day was before the fact.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from alongside.care.journey.rules.wishes import is_left_out
from alongside.care.journey.types import DeadlineRule, DutyHolder, RuleKind
from alongside.care.journey.types.reach import Fact, FactsSay
from alongside.foundation.lib.local import local_day


def frees(fact: Fact, rule: DeadlineRule, holder: DutyHolder) -> bool:
    """Whether the fact is about such a promise of that body.

    What was agreed to be told every so often ends with the wish that asked for it, and
    is none of a wish's promises.
    """
    if fact.all_promises:
        return True
    if fact.asks is not None:
        return rule.kind is not RuleKind.FREQUENCY and is_left_out(rule, fact.asks)
    known = fact.holders is None or holder in fact.holders
    return known and fact.reason in rule.suppress_if


def stands_on(facts: Iterable[Fact], day: date) -> Fact | None:
    """The fact that stands on a day, of these. Of several: one without an end, then
    one that does not let promises run again, then the one that ends last."""
    found = [
        fact
        for fact in facts
        if local_day(fact.since) <= day
        and (fact.until is None or local_day(fact.until) > day)
    ]
    return min(found, key=_order, default=None)


def follow_facts(
    facts: Iterable[Fact],
    *,
    starts_at: datetime,
    due_on: date,
    again: Callable[[datetime], date],
) -> FactsSay:
    """What is owed of a promise that these facts are about.

    Where the day falls after the fact, the promise stands as it was. Where the day fell
    into it and it is over, the limit runs anew, whole, from the moment it ended:
    `again` says by when. Where it stands still, or was a wish, nothing is owed.
    """
    about = list(facts)
    while (fact := stands_on(about, due_on)) is not None:
        if fact.until is None or not fact.anew:
            return FactsSay(starts_at, due_on, fact.reason)
        starts_at, due_on = fact.until, again(fact.until)
    return FactsSay(starts_at, due_on)


def _order(fact: Fact) -> tuple[bool, bool, float, int, str]:
    ends = -fact.until.timestamp() if fact.until else 0.0
    return fact.until is not None, fact.anew, ends, fact.rank, fact.reason
