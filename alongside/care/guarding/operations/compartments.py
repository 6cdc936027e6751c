"""Putting a case behind walls inside its agency, and taking them away."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.care.casework.operations import arrivals, working
from alongside.care.casework.queries import get_case
from alongside.care.casework.tables import COMPARTMENT_ROWS
from alongside.care.casework.types import ChangeKind
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.tables import CLEARANCES
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotAllowed
from alongside.walls.bits import COMPARTMENTS

# Whom the service would least want a colleague to look up: only governance opens these.
GOVERNED = frozenset({"police_employee", "high_profile"})


class NotByHand(DomainError):
    user_message = "That wall is not put up or taken down by hand"


class NothingChosen(DomainError):
    user_message = "Choose what the case stands behind: nothing would change"


@transaction.atomic
def set_compartments(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    chosen: Collection[str],
    reason: str,
) -> bool:
    """Have a case stand behind exactly these walls, saying why.

    A worker who is not cleared for them loses the case to the team's queue. True where
    the actor may still see the case afterwards.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        CaseChanged: the case is not at that version any more.
        NotByHand, NothingChosen, ReasonNeeded: what was asked for makes no sense.
    """
    permissions.check_has(actor, Permission.COMPARTMENT_SET)
    case = get_case(actor=actor, public_id=case_id, lock=True)
    if case.version != version:
        raise working.CaseChanged
    if case.agency_id != actor.agency_id:
        raise NotAllowed
    before = {
        code for code, row in COMPARTMENT_ROWS.items() if row.bit & case.compartments
    }
    _check(actor, before, set(chosen), reason)
    wanted = sum(COMPARTMENT_ROWS[code].bit for code in chosen)
    # Said first: once the wall stands, the actor may no longer write to the case.
    arrivals.add_changes(
        actor=actor,
        now=now,
        changes=[(case.pk, ChangeKind.WALLED, _words(before, set(chosen)))],
        reason=reason.strip(),
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CASE_WALLED,
        subject=Subject(kind="case", public_id=case_id),
        purpose=", ".join(sorted(before ^ set(chosen))),
    )
    arrivals.set_walls(actor=actor, now=now, case_id=case.pk, compartments=wanted)
    return_uncleared(actor=actor, now=now, case_ids=[case.pk])
    return wanted & ~actor.clearance == 0


def _check(actor: Actor, before: set[str], chosen: set[str], reason: str) -> None:
    changed = before ^ chosen
    if not changed:
        raise NothingChosen
    if any(
        code not in COMPARTMENT_ROWS or not COMPARTMENT_ROWS[code].by_hand
        for code in changed
    ):
        raise NotByHand
    if (before - chosen) & GOVERNED:
        permissions.check_has(actor, Permission.CLEARANCE_MANAGE)
    if not reason.strip():
        raise working.ReasonNeeded


def _words(before: set[str], chosen: set[str]) -> str:
    added = [COMPARTMENT_ROWS[code].label for code in sorted(chosen - before)]
    removed = [COMPARTMENT_ROWS[code].label for code in sorted(before - chosen)]
    parts = []
    if added:
        parts.append(f"Put behind a wall: {', '.join(added)}")
    if removed:
        parts.append(f"Wall taken away: {', '.join(removed)}")
    return ". ".join(parts)


def return_uncleared(
    *, actor: Actor, now: datetime, case_ids: Sequence[int] | None
) -> int:
    """Give cases whose worker is not cleared for them back to their teams; how many.

    None means every case of the agency: a clearance may have ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_return_uncleared(%s::bigint[], %s::text[], %s::int[],"
            " %s::text[], %s::int[], %s)",
            [
                None if case_ids is None else list(case_ids),
                [role.value for role in CLEARANCES],
                [row.mask for row in CLEARANCES.values()],
                list(COMPARTMENTS),
                list(COMPARTMENTS.values()),
                now,
            ],
        )
        return int(cursor.fetchone()[0])
