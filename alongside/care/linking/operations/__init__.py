"""Writing down how records came to their people."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from alongside.care.linking.models import LinkDecision, LinkKey
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.bulk import bulk_insert

KEY_COLUMNS = ("key", "record_id", "person_id")
DECISION_COLUMNS = (
    *("area_id", "record_id", "person_id", "rule", "matched_on", "decided_at"),
    "decided_by_id",
)


def add_keys(
    *,
    actor: Actor,
    now: datetime,
    keys: Iterable[tuple[int, int, Sequence[UUID]]],
) -> None:
    """Keep the keys of new records: (record, person, keys)."""
    bulk_insert(
        LinkKey,
        KEY_COLUMNS,
        (
            (key, record_id, person_id)
            for record_id, person_id, own in keys
            for key in own
        ),
        alike={"area_id": actor.area_id},
    )


def add_decisions(
    *,
    actor: Actor,
    now: datetime,
    rule: str,
    decisions: Iterable[tuple[int, int, str]],
) -> None:
    """Say why records belong to people already known: (record, person, matched on)."""
    bulk_insert(
        LinkDecision,
        DECISION_COLUMNS,
        (
            (actor.area_id, record_id, person_id, rule, on, now, actor.user_id)
            for record_id, person_id, on in decisions
        ),
    )
