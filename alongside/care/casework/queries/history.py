"""Every crime known against somebody, for what follows from there being several."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from alongside.care.casework.models import Case, CaseChange
from alongside.care.casework.queries.repeats import suspect_key
from alongside.care.casework.types import (
    CaseStatus,
    ChangeKind,
    HistoryMatter,
    KnownCrime,
    Tier,
)
from alongside.foundation.lib.local import local_day

MATTERS = """
    SELECT r.person_id, v.id, v.case_id, coalesce(c.status <> 'closed', false),
           v.crime_key, v.reported_at, v.force_code, v.suspect_ref
      FROM casework_victimisation v
      JOIN people_personrecord r ON r.id = v.record_id
      LEFT JOIN casework_case c ON c.id = v.case_id
     WHERE r.person_id = ANY (%s::bigint[]) AND v.live AND v.same_as_id IS NULL
     ORDER BY v.reported_at, v.id
"""
AT_ADDRESS = "SELECT * FROM casework_address_crimes(%s::bigint[])"
HIT_SINCE = """
    SELECT DISTINCT r.person_id
      FROM intake_referral f
      JOIN casework_victimisation v ON v.referral_id = f.id
      JOIN people_personrecord r ON r.id = v.record_id
     WHERE f.received_at >= %s ORDER BY r.person_id
"""


def find_history(*, person_ids: Sequence[int]) -> list[HistoryMatter]:
    """Every live crime against these people that the actor may see, oldest first. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute(MATTERS, [list(person_ids)])
        return [
            HistoryMatter(
                person_id=person,
                victimisation_id=matter,
                case_id=case,
                is_open=is_open,
                crime_key=crime,
                crime=KnownCrime(local_day(at), suspect_key(force, ref)),
            )
            for person, matter, case, is_open, crime, at, force, ref in cursor
        ]


def find_address_crimes(*, person_ids: Sequence[int]) -> dict[int, list[date]]:
    """When crimes against anybody at an address of these people were reported: theirs,
    and others' that anybody of the service may know of. One statement."""
    found: dict[int, list[date]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(AT_ADDRESS, [list(person_ids)])
        for person, at in cursor.fetchall():
            found[person].append(local_day(at))
    return found


def find_hit_since(*, since: datetime) -> list[int]:
    """Everybody of whom a force has sent something since a moment. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(HIT_SINCE, [since])
        return [person for (person,) in cursor.fetchall()]


def find_open_tiers(*, person_ids: Sequence[int]) -> dict[int, Tier]:
    """What each open case of these people is owed, by its key. One statement."""
    rows = Case.objects.filter(person_id__in=list(person_ids))
    rows = rows.exclude(status=CaseStatus.CLOSED).order_by("pk")
    return {key: Tier(tier) for key, tier in rows.values_list("pk", "tier")}


def find_last_tier_reason(*, case_id: int) -> str:
    """Why a case was last owed more or less; empty where it never changed."""
    rows = CaseChange.objects.filter(case_id=case_id, kind=ChangeKind.TIER_CHANGED)
    last = rows.order_by("-pk").values_list("reason", flat=True).first()
    return last or ""
