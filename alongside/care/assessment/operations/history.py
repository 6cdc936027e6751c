"""Grounds that rest on what is known of other crimes, as that changes.

People are joined and parted, crimes come late or are taken back: whatever was proposed
follows. What somebody has decided stays, and where it is not so any more it is doubted.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from alongside.care.assessment.models import CaseGround
from alongside.care.assessment.operations.grounds import Found, add_grounds
from alongside.care.assessment.types import BasisKind, GroundCode, GroundFound
from alongside.care.casework import queries as casework
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject


@transaction.atomic
def follow_history(
    *,
    actor: Actor,
    now: datetime,
    case_ids: Sequence[int],
    found: Collection[Found],
) -> frozenset[int]:
    """Have what other crimes raise in these cases be exactly what is `found` now:
    (case, victimisation, ground). Those of the cases in which anything changed.

    A proposal that is not found ends; what was confirmed is doubted until it is found
    again or decided anew; what was declined stays declined.
    """
    rows = list(
        CaseGround.objects.select_for_update()
        .filter(case_id__in=list(case_ids), basis=BasisKind.HISTORY, ended_at=None)
        .order_by("pk")
    )
    known = {_found(row) for row in rows}
    fresh = [one for one in found if one not in known]
    add_grounds(actor=actor, now=now, grounds=fresh)
    lost = [row for row in rows if _found(row) not in found]
    again = [row for row in rows if row.doubted_at and _found(row) in found]
    ended = [row for row in lost if not (row.confirmed_at or row.declined_at)]
    doubted = [row for row in lost if row.confirmed_at and not row.doubted_at]
    _set(ended, ended_at=now)
    _set(doubted, doubted_at=now)
    _set(again, doubted_at=None)
    added = {one[0] for one in fresh}
    fewer = {row.case_id for row in (*ended, *doubted)}
    _note(actor, now, added, AuditAction.GROUNDS_PROPOSED)
    _note(actor, now, fewer, AuditAction.GROUNDS_ENDED)
    return frozenset(added | fewer | {row.case_id for row in again})


def _found(row: CaseGround) -> tuple[int, int | None, GroundFound]:
    ground = GroundFound(
        GroundCode(row.ground), BasisKind(row.basis), row.value, row.words
    )
    return row.case_id, row.victimisation_id, ground


def _set(rows: Sequence[CaseGround], **values: datetime | None) -> None:
    if rows:
        CaseGround.objects.filter(pk__in=[row.pk for row in rows]).update(**values)


def _note(
    actor: Actor, now: datetime, case_ids: Collection[int], action: AuditAction
) -> None:
    if not case_ids:
        return
    for public_id in casework.list_public_ids(case_ids=sorted(case_ids)).values():
        audit.record_event(
            actor=actor,
            now=now,
            action=action,
            subject=Subject(kind="case", public_id=public_id),
        )
