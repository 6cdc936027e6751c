"""How far the rights of those who give evidence have come. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from alongside.care.code_rights.models import RightRecord, RightStep
from alongside.care.code_rights.tables import kind_at

WITNESS_KINDS = ("special_measures", "court_visit", "dates_to_avoid", "court_day")


@dataclass(frozen=True, kw_only=True)
class RightState:
    """The newest of one kind of right in one crime: its step, and what it says."""

    victimisation_id: int
    kind: str
    label: str
    on: date
    fields: dict[str, Any]


def list_states(*, victimisation_ids: Sequence[int]) -> list[RightState]:
    """The rights of witnesses in these crimes, the newest last. Two statements."""
    rows = list(
        RightRecord.objects.filter(
            victimisation_id__in=list(victimisation_ids), kind__in=WITNESS_KINDS
        )
        .exclude(state="")
        .order_by("state_on", "pk")
    )
    said = _said([row.pk for row in rows])
    return [
        RightState(
            victimisation_id=row.victimisation_id,
            kind=row.kind,
            label=kind_at(row.kind, row.kind_version).steps[row.state].label,
            on=row.state_on,
            fields=said.get((row.pk, row.state), {}),
        )
        for row in rows
    ]


def _said(record_keys: Sequence[int]) -> dict[tuple[int, str], dict[str, Any]]:
    """What each step says that counts, by its record and code: the newest."""
    corrections = RightStep.objects.filter(corrects=OuterRef("pk"))
    rows = RightStep.objects.filter(record_id__in=list(record_keys))
    rows = rows.exclude(step="").exclude(Exists(corrections)).order_by("pk")
    return {
        (record, step): fields
        for record, step, fields in rows.values_list("record_id", "step", "fields")
    }
