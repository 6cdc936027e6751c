"""Recording why enhanced support is owed, and what a worker says to it.

What these change about the tier and the clocks of a case is for
`alongside.workflows.case_grounds`, which calls them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from alongside.care.assessment.models import CaseGround
from alongside.care.assessment.types import BasisKind, GroundCode, GroundFound
from alongside.care.casework import queries as casework
from alongside.care.casework.operations.errors import CannotMove, ReasonNeeded
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import bulk_insert
from alongside.foundation.lib.errors import DomainError, NotFound

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

COLUMNS = (
    *("area_id", "case_id", "victimisation_id", "ground", "basis", "value", "words"),
    "since",
)
# By the case, whose index leads there; what is found again stays as it was decided.
# What rests on other crimes is looked at by itself (`history`); not where this one is
# gone.
END = """
    UPDATE assessment_caseground g SET ended_at = %s
     WHERE g.case_id = ANY (%s::bigint[]) AND g.victimisation_id = ANY (%s::bigint[])
       AND g.ended_at IS NULL AND g.recorded_by_id IS NULL
       AND (g.basis <> 'history' OR g.victimisation_id = ANY (%s::bigint[]))
       AND NOT EXISTS (
           SELECT 1 FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[],
                                %s::text[]) AS f(c, v, ground, basis, value)
            WHERE (f.c, f.v, f.ground, f.basis, f.value)
                  = (g.case_id, g.victimisation_id, g.ground, g.basis, g.value))
"""

Found = tuple[int, int, GroundFound]


class GroundStands(DomainError):
    user_message = "This ground stands already. Confirm or decline it instead"


def add_grounds(*, actor: Actor, now: datetime, grounds: Iterable[Found]) -> None:
    """Record grounds: (case, victimisation, what was found).

    Those that stand already, or were declined, stay as they are. Runs in the
    transaction of a delivery, which audits it.
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
        unless_there=True,
    )


def end_grounds(
    *,
    actor: Actor,
    now: datetime,
    case_ids: Sequence[int],
    victimisation_ids: Sequence[int],
    still: Sequence[Found] = (),
    gone: Sequence[int] = (),
) -> None:
    """End what rested on these victimisations in these cases and is not found still.
    Those `gone` do not count any more, and nothing that they raised does."""
    if not victimisation_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            END,
            [
                *(now, list(case_ids), list(victimisation_ids), list(gone)),
                *([one[0] for one in still], [one[1] for one in still]),
                *([one[2].ground.value for one in still],),
                *([one[2].basis.value for one in still],),
                *([one[2].value for one in still],),
            ],
        )


@transaction.atomic
def propose_grounds(
    *, actor: Actor, now: datetime, case_id: UUID, found: Sequence[GroundFound]
) -> int:
    """Record what speaks for enhanced support in a case. How many are new.

    Each counts until somebody declines it. What stands on the same evidence, decided
    or not, stays as it is.

    Raises:
        NotFound: the actor may not know of the case.
    """
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    rows = CaseGround.objects.filter(case_id=case.pk, ended_at=None, victimisation=None)
    known = set(rows.values_list("ground", "basis", "value"))
    fresh = [
        one
        for one in dict.fromkeys(found)
        if (one.ground, one.basis, one.value) not in known
    ]
    CaseGround.objects.bulk_create(
        CaseGround(
            area_id=case.area_id,
            case_id=case.pk,
            ground=one.ground,
            basis=one.basis,
            value=one.value,
            words=one.words,
            since=now,
        )
        for one in fresh
    )
    if fresh:
        _note(case, actor=actor, now=now, action=AuditAction.GROUNDS_PROPOSED)
    return len(fresh)


@transaction.atomic
def decide_ground(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    ground_id: int,
    confirm: bool,
    reason: str,
) -> None:
    """Confirm a ground, or decline to owe support through it, saying why.

    Who decides one that was decided before ends that row and makes another.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such ground any more.
        CannotMove: the case is closed.
        ReasonNeeded: no reason was given.
    """
    case = _case(actor=actor, case_id=case_id)
    if not reason.strip():
        raise ReasonNeeded
    rows = CaseGround.objects.select_for_update().filter(pk=ground_id, case_id=case.pk)
    row = rows.filter(ended_at=None).first()
    if row is None:
        raise NotFound("We could not find that ground: it may have ended")
    if row.confirmed_at or row.declined_at:
        row = _anew(row, now=now)
    rows = CaseGround.objects.filter(pk=row.pk)
    if confirm:
        rows.update(
            confirmed_by_id=actor.user_id, confirmed_at=now, reason=reason.strip()
        )
    else:
        rows.update(
            declined_by_id=actor.user_id, declined_at=now, reason=reason.strip()
        )
    action = AuditAction.GROUND_CONFIRMED if confirm else AuditAction.GROUND_DECLINED
    _note(case, actor=actor, now=now, action=action, ground=GroundCode(row.ground))


@transaction.atomic
def add_ground(
    *, actor: Actor, now: datetime, case_id: UUID, ground: GroundCode, reason: str
) -> None:
    """Owe enhanced support on a worker's own judgement, saying why.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        CannotMove: the case is closed.
        ReasonNeeded: no reason was given.
        GroundStands: a worker has added this ground, and it stands.
    """
    case = _case(actor=actor, case_id=case_id)
    if not reason.strip():
        raise ReasonNeeded
    rows = CaseGround.objects.filter(
        case_id=case.pk, ground=ground, basis=BasisKind.WORKER, ended_at=None
    )
    if rows.filter(declined_at=None).exists():
        raise GroundStands
    rows.update(ended_at=now)
    CaseGround.objects.create(
        area_id=case.area_id,
        case_id=case.pk,
        ground=ground,
        basis=BasisKind.WORKER,
        value="",
        words=f"{actor.label} says: {reason.strip()}",
        since=now,
        recorded_by_id=actor.user_id,
        confirmed_by_id=actor.user_id,
        confirmed_at=now,
        reason=reason.strip(),
    )
    _note(case, actor=actor, now=now, action=AuditAction.GROUND_ADDED, ground=ground)


def _anew(row: CaseGround, *, now: datetime) -> CaseGround:
    """The same ground, not decided; what was decided of it ends."""
    CaseGround.objects.filter(pk=row.pk).update(ended_at=now)
    return CaseGround.objects.create(
        area_id=row.area_id,
        case_id=row.case_id,
        victimisation_id=row.victimisation_id,
        ground=row.ground,
        basis=row.basis,
        value=row.value,
        words=row.words,
        since=row.since,
        recorded_by_id=row.recorded_by_id,
    )


def _case(*, actor: Actor, case_id: UUID) -> "Case":
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    if case.status == "closed":
        raise CannotMove("This case is closed. Reopen it first")
    return case


def _note(
    case: "Case",
    *,
    actor: Actor,
    now: datetime,
    action: AuditAction,
    ground: GroundCode | None = None,
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case.public_id),
        purpose=ground.value if ground else "",
    )
