"""Referrals that were erased and are sent again: held, for a person to decide."""

from collections.abc import Sequence

from alongside.care.information_rights import queries as rights
from alongside.care.intake.rules.deciding import hold_too
from alongside.care.intake.types import Code
from alongside.workflows.erase import suppression_keys
from alongside.workflows.receiving.piece import Incoming, Receiving


def hold_erased(receiving: Receiving, people: Sequence[Incoming]) -> None:
    """Hold those of which everything was erased before. One statement, seldom two."""
    new = [one for one in people if one.plan.known is None]
    if not new or not rights.any_suppressed():
        return
    keys = suppression_keys(
        (one.plan.identity_key for one in new), area_code=receiving.feed.area_code
    )
    erased = rights.find_suppressed(keys=keys)
    for one, key in zip(new, keys, strict=True):
        if key in erased:
            hold_too(one.plan, Code.ERASED)
