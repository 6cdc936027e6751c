"""Whose time is over, what is to be erased, and what was."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.information_rights.models import (
    CaseCount,
    Erasure,
    RetentionItem,
    RetentionRun,
)
from alongside.care.information_rights.tables import RETENTION
from alongside.care.information_rights.types import RetentionRow
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class DueLine:
    """Somebody whose time is over, by reference only, and how many like them."""

    rule: str
    due_on: date
    kept_by_law: bool
    person_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class ErasureLine:
    """One erasure: who proposed, who approved, whether it is done."""

    erasure_id: UUID
    person_key: int | None
    person_id: UUID | None
    why: str = field(repr=False)
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    approved_by: str
    approved_at: datetime | None
    declined_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One run over records whose time is over, and how far it has come."""

    run_id: UUID
    on_day: date
    people: int
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    approved_by: str
    approved_at: datetime | None
    declined_at: datetime | None
    ended_at: datetime | None
    done: int
    skipped: int
    by_rule: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class NextItem:
    """One person of a run: what must be known before they are erased."""

    item: int
    person_id: UUID
    identities: tuple[UUID, ...]
    keys: tuple[UUID, ...]


def run_rules(day: date) -> list[dict[str, Any]]:
    """The rules in force on a day, as the database takes them."""
    return [_plain(row) for row in RETENTION if row.holds_on(day)]


def _plain(row: RetentionRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "dispositions": [
            code
            for code, ending in DISPOSITIONS.items()
            if ending.counts_as in row.endings
        ],
        "months": row.months,
        "days": row.days,
        "child_until_age": row.child_until_age,
    }


def list_due(*, actor: Actor, now: datetime, day: date, limit: int) -> list[DueLine]:
    """Whose time is over on a day, longest over first. On the trail; no names.

    `people` of a line is how many the same rule lists alike.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rule, due_on, kept_by_law, person, people"
            " FROM rights_list_due(%s, %s::jsonb, %s, %s)",
            [day, json.dumps(run_rules(day)), limit, now],
        )
        return [
            DueLine(rule=rule, due_on=due, kept_by_law=kept, person_id=who, people=many)
            for rule, due, kept, who, many in cursor.fetchall()
        ]


def list_erasures(
    *, actor: Actor, person_key: int | None = None, to_do: bool = False
) -> list[ErasureLine]:
    """Erasures, the newest first. One statement."""
    rows = Erasure.objects.filter(agency_id=actor.agency_id)
    if person_key is not None:
        rows = rows.filter(person_id=person_key)
    if to_do:
        rows = rows.filter(done_at=None, declined_at=None)
    rows = rows.select_related("person", "proposed_by", "approved_by")
    return [_erasure(row) for row in rows.order_by("-proposed_at", "-pk")]


def get_erasure(*, actor: Actor, erasure_id: UUID) -> ErasureLine:
    """One erasure of the actor's agency.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = Erasure.objects.select_related("person", "proposed_by", "approved_by")
    found = rows.filter(public_id=erasure_id).first()
    if found is None:
        raise NotFound("We could not find that")
    return _erasure(found)


def _erasure(row: Erasure) -> ErasureLine:
    return ErasureLine(
        erasure_id=row.public_id,
        person_key=row.person_id,
        person_id=row.person.public_id if row.person else None,
        why=row.why,
        proposed_by_id=row.proposed_by_id,
        proposed_by=row.proposed_by.name,
        proposed_at=row.proposed_at,
        approved_by=row.approved_by.name if row.approved_by else "",
        approved_at=row.approved_at,
        declined_at=row.declined_at,
        done_at=row.done_at,
    )


def list_runs(*, actor: Actor, limit: int) -> list[RunLine]:
    """Runs, the newest first. Two statements."""
    rows = RetentionRun.objects.filter(agency_id=actor.agency_id)
    runs = list(
        rows.select_related("proposed_by", "approved_by").order_by("-pk")[:limit]
    )
    counted = _count_items([run.pk for run in runs])
    return [_run(run, counted.get(run.pk, {})) for run in runs]


def get_run(*, actor: Actor, run_id: UUID) -> RunLine:
    """One run of the actor's agency. Two statements.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = RetentionRun.objects.select_related("proposed_by", "approved_by")
    found = rows.filter(public_id=run_id).first()
    if found is None:
        raise NotFound("We could not find that run")
    return _run(found, _count_items([found.pk]).get(found.pk, {}))


def get_live_run(*, actor: Actor) -> RunLine | None:
    """The run that is proposed or under way, if there is one. Two statements."""
    live = [
        run
        for run in list_runs(actor=actor, limit=5)
        if run.ended_at is None and run.declined_at is None
    ]
    return live[0] if live else None


def _count_items(run_keys: Sequence[int]) -> dict[int, dict[str, tuple[int, int, int]]]:
    rows = (
        RetentionItem.objects.filter(run_id__in=run_keys)
        .values_list("run_id", "rule")
        .annotate(
            all=Count("pk"),
            done=Count("pk", filter=Q(done_at__isnull=False)),
            left=Count("pk", filter=~Q(skipped="")),
        )
    )
    found: dict[int, dict[str, tuple[int, int, int]]] = {}
    for run_key, rule, every, done, left in rows.order_by("run_id", "rule"):
        found.setdefault(run_key, {})[rule] = (every, done, left)
    return found


def _run(row: RetentionRun, counted: dict[str, tuple[int, int, int]]) -> RunLine:
    return RunLine(
        run_id=row.public_id,
        on_day=row.on_day,
        people=row.people,
        proposed_by_id=row.proposed_by_id,
        proposed_by=row.proposed_by.name,
        proposed_at=row.proposed_at,
        approved_by=row.approved_by.name if row.approved_by else "",
        approved_at=row.approved_at,
        declined_at=row.declined_at,
        ended_at=row.ended_at,
        done=sum(done for _, done, _ in counted.values()),
        skipped=sum(left for _, _, left in counted.values()),
        by_rule=tuple((rule, every) for rule, (every, _, _) in counted.items()),
    )


def any_suppressed() -> bool:
    """Whether the area has any erased referral to look out for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_any_suppressed()")
        (found,) = cursor.fetchone()
    return bool(found)


def find_suppressed(*, keys: Sequence[UUID]) -> set[UUID]:
    """Which keyed hashes stand for referrals that were erased. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_suppressed(%s::uuid[])", [list(keys)])
        return {key for (key,) in cursor.fetchall()}


def list_casecounts(*, actor: Actor) -> list[tuple[str, str, str, str, str, str, int]]:
    """(quarter, crime group, outcome, tier, age band, district, cases) of the erased.

    Not for the public as it stands: small counts name somebody.
    """
    rows = CaseCount.objects.order_by("quarter", "crime_group", "pk")
    return list(
        rows.values_list(
            *("quarter", "crime_group", "outcome", "tier", "age_band", "district"),
            "cases",
        )
    )
