"""Telling those who are to see to a promise that passed its day."""

from collections import Counter
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.journey.models.escalations import Escalation
from alongside.care.journey.operations.settling import EvidenceNeeded
from alongside.care.journey.queries.escalation import (
    find_to_escalate,
    get_escalation,
)
from alongside.care.journey.tables.escalation import rungs_on
from alongside.care.journey.types.escalation import ToEscalate, Told
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Permission, Role
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import bulk_insert
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day

# One piece tells of no more than these; the next goes on with the rest.
MOST = 20_000
COLUMNS = (
    *("public_id", "area_id", "case_id", "clock_id", "rung", "rung_from", "holder"),
    *("user_id", "agency_id", "at"),
)


@transaction.atomic
def escalate_missed(*, actor: Actor, now: datetime, most: int = MOST) -> int:
    """Tell of promises past their day by the rungs in force; of how many, no more than
    `most`, the longest past first.

    Each rung tells once of each promise, in one notice for each who is told. The
    notices name nobody; letters are written from the list. Safe to repeat.
    """
    on = local_day(now)
    found = find_to_escalate(actor=actor, on=on, limit=most)
    if not found:
        return 0
    starts = {rung.code: rung.in_force_from for rung in rungs_on(on)}
    bulk_insert(
        Escalation,
        COLUMNS,
        (
            (
                *(uuid4(), actor.area_id, one.case_id, one.clock_id, one.rung),
                *(starts[one.rung], one.holder, one.user_id, one.agency_id, now),
            )
            for one in found
        ),
        unless_there=True,
    )
    _send(found, actor=actor, now=now)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.PROMISE_ESCALATED,
        subject=Subject(kind="promises"),
        purpose=f"{len(found)} promises",
    )
    return len(found)


def _send(found: list[ToEscalate], *, actor: Actor, now: datetime) -> None:
    told = {rung.code: rung.to for rung in rungs_on(local_day(now))}
    workers: Counter[int] = Counter()
    forces: Counter[int] = Counter()
    supervisors = 0
    for one in found:
        if one.user_id is not None:
            workers[one.user_id] += 1
        elif one.agency_id is not None:
            forces[one.agency_id] += 1
        elif told[one.rung] is not Told.HOLDER:
            supervisors += 1
    for user_id, number in sorted(workers.items()):
        _notice(number, "in cases that you hold", actor=actor, now=now, user_id=user_id)
    for agency_id, number in sorted(forces.items()):
        _notice(
            number,
            "to people whom your force referred",
            actor=actor,
            now=now,
            agency_id=agency_id,
        )
    if supervisors:
        _notice(supervisors, "in cases of this service", actor=actor, now=now)


def _notice(
    number: int,
    where: str,
    *,
    actor: Actor,
    now: datetime,
    user_id: int | None = None,
    agency_id: int | None = None,
) -> None:
    are = "promise is" if number == 1 else "promises are"
    role = Role.POLICE_LIAISON if agency_id else Role.SUPERVISOR
    send_notice(
        actor=actor,
        now=now,
        kind=NoticeKind.PROMISE,
        words=f"{number:,} {are} past the day {where}, and nothing shows that"
        f" {'it was' if number == 1 else 'they were'} kept",
        subject=Subject(kind="we_owe" if agency_id else "promises"),
        agency_id=agency_id,
        to_user_id=user_id,
        to_role=None if user_id else role,
    )


@transaction.atomic
def answer_escalation(
    *, actor: Actor, now: datetime, public_id: UUID, answer: str
) -> None:
    """Write down, once, what came of telling somebody.

    Whether the promise was kept is said of the promise itself (`mark_met`).

    Raises:
        NotAllowed, NotFound: the actor may not, or it is answered already.
        EvidenceNeeded: there are no words.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    line = get_escalation(public_id=public_id)
    case = casework.get_case(actor=actor, public_id=line.case_id, lock=True)
    if not answer.strip():
        raise EvidenceNeeded("Say what came of it")
    done = Escalation.objects.filter(public_id=public_id, answer="").update(
        answer=answer.strip(), answered_at=now, answered_by_id=actor.user_id
    )
    if not done:
        raise NotFound("What came of it is written down already")
    touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.ESCALATION_ANSWERED,
        subject=Subject(kind="case", public_id=line.case_id),
        purpose=line.rung,
    )
