"""What a person's wish does to a promise."""

from collections.abc import Sequence

from alongside.care.journey.types import (
    DeadlineRule,
    DutyHolder,
    Suppression,
    WishKind,
)

CHARGED, SERVING, OVER = "S33", "S80", "S90"


def is_left_out(rule: DeadlineRule, asks: WishKind) -> bool:
    """Whether somebody who asks for so much does not want the promise kept."""
    if Suppression.OPTED_OUT not in rule.suppress_if:
        return False
    return asks is WishKind.NOTHING or asks is WishKind.BIG_NEWS and rule.small_news


def frequency_holder(stages: Sequence[str]) -> DutyHolder:
    """Who owes what was agreed: the police, from the charge witness care, and from the
    sentence the victim liaison officer, by the matter that has come furthest.
    """
    furthest = max((stage for stage in stages if "S" < stage < OVER), default="")
    if furthest >= SERVING:
        return DutyHolder.PROBATION
    return DutyHolder.WCU if furthest >= CHARGED else DutyHolder.POLICE
