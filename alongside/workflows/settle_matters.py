"""Bringing matters to where the events kept of them take them."""

from collections.abc import Sequence
from datetime import datetime

from alongside.care.journey import queries
from alongside.foundation.accounts.types import Actor
from alongside.workflows.receiving import happenings


def settle_matters_of(
    *, actor: Actor, now: datetime, victimisation_ids: Sequence[int]
) -> None:
    """Settle the matters of these victimisations from every event that counts.

    For when the table of moves has changed, and for what was kept before there were
    matters: receiving does it by itself. Three statements, and those that write.
    """
    victims = queries.find_victims(victimisation_ids=victimisation_ids)
    known = queries.list_known(victimisation_ids=victimisation_ids)
    happenings.settle_matters(
        actor=actor,
        now=now,
        victims=list(victims.values()),
        events={key: happenings.counting(events) for key, events in known.items()},
    )
