"""Recording why enhanced support is owed."""

from collections.abc import Iterable
from datetime import datetime

from alongside.care.assessment.models import CaseGround
from alongside.care.assessment.types import GroundFound
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.bulk import bulk_insert

COLUMNS = (
    *("area_id", "case_id", "victimisation_id", "ground", "basis", "value", "words"),
    "since",
)


def add_grounds(
    *,
    actor: Actor,
    now: datetime,
    grounds: Iterable[tuple[int, int, GroundFound]],
) -> None:
    """Record grounds: (case, victimisation, what was found).

    Runs in the transaction of a delivery, which audits it.
    """
    bulk_insert(
        CaseGround,
        COLUMNS,
        (
            (
                *(actor.area_id, case_id, matter_id, found.ground, found.basis),
                *(found.value, found.words, now),
            )
            for case_id, matter_id, found in grounds
        ),
    )


def end_grounds(*, actor: Actor, now: datetime, victimisation_ids: list[int]) -> None:
    """End what rested on these victimisations, before it is judged anew."""
    if victimisation_ids:
        CaseGround.objects.filter(
            victimisation_id__in=victimisation_ids, ended_at=None, recorded_by=None
        ).update(ended_at=now)
