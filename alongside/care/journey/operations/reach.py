"""Writing down that somebody is out of reach, looking again, and that it is over.

What follows for promises is planned in the same transaction (`facts.plan_by_facts`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.journey.models import OutOfReach
from alongside.care.journey.operations.facts import plan_by_facts
from alongside.care.journey.tables.reach import BASES, LOOK_AGAIN
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.reach import DecidedBy, NewReach, ReachBasis
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

# Who may owe news to a person; a court tells those who tell them.
BODIES = tuple(
    one for one in DutyHolder if one not in (DutyHolder.VICTIM, DutyHolder.HMCTS)
)
LAPSED = "Nobody looked again by the day that was set"
GONE = "We could not find that, or it is over"


class ReachImpossible(DomainError):
    """What was said about reaching somebody cannot be written down. Says why."""


class HowKnownNeeded(DomainError):
    user_message = "Say how it is known, and what was tried"


class WhyOverNeeded(DomainError):
    user_message = "Say what has changed"


@transaction.atomic
def say_out_of_reach(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    basis: str,
    holder: DutyHolder,
    words: str,
) -> None:
    """Write down that a body cannot tell somebody, and how it is known.

    What that body promised them is not owed while it stands, as far as the limits say.
    What others promised is.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such case.
        HowKnownNeeded: it does not say how it is known.
        ReachImpossible: nobody writes that down by hand, or it stands already.
    """
    case = _case(actor, case_id)
    row = BASES.get(basis)
    if row is None or row.decided_by is not DecidedBy.HAND or holder not in BODIES:
        raise ReachImpossible("Choose why they cannot be told, and by whom")
    if not words.strip():
        raise HowKnownNeeded
    if OutOfReach.objects.filter(
        case=case, basis=basis, holder=holder, until=None
    ).exists():
        raise ReachImpossible("That is written down already. Look again at it instead")
    new = NewReach(case_id=case.pk, basis=basis, holder=holder, words=words.strip())
    _keep(actor, now, [new], by=actor.user_id)
    touch(actor=actor, now=now, case=case)
    _note(actor, now, AuditAction.REACH_LOST, case_id=case_id, basis=basis)
    plan_by_facts(actor=actor, now=now, case_ids=[case.pk])


@transaction.atomic
def look_again(*, actor: Actor, now: datetime, case_id: UUID, reach_id: UUID) -> None:
    """Say that somebody looked, and it is still so: it stands for as long again.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is over.
        ReachImpossible: nobody need look again at that.
    """
    case = _case(actor, case_id)
    row = _standing(case.pk, reach_id)
    if not BASES[row.basis].looked_at_again:
        raise ReachImpossible("It follows from how the case ended: nobody looks again")
    row.review_on = _review(BASES[row.basis], now)
    row.save(update_fields=["review_on"])
    touch(actor=actor, now=now, case=case)
    _note(actor, now, AuditAction.REACH_LOOKED_AT, case_id=case_id, basis=row.basis)


@transaction.atomic
def end_reach(
    *, actor: Actor, now: datetime, case_id: UUID, reach_id: UUID, why: str
) -> None:
    """Say that somebody can be told again, and why: promises are owed at once.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is over.
        WhyOverNeeded: no reason was given.
    """
    case = _case(actor, case_id)
    row = _standing(case.pk, reach_id)
    if not why.strip():
        raise WhyOverNeeded
    end_all(actor=actor, now=now, keys=[row.pk], why=why.strip())
    touch(actor=actor, now=now, case=case)
    plan_by_facts(actor=actor, now=now, case_ids=[case.pk])


def begin_all(*, actor: Actor, now: datetime, new: Sequence[NewReach]) -> None:
    """Write down what followed by itself. Part of the operation that changed a fact;
    what follows for promises is planned by whoever calls."""
    _keep(actor, now, new, by=None)
    names = casework.list_public_ids(case_ids=[one.case_id for one in new])
    for one in new:
        _note(
            actor,
            now,
            AuditAction.REACH_LOST,
            case_id=names[one.case_id],
            basis=one.basis,
        )


def end_all(*, actor: Actor, now: datetime, keys: Sequence[int], why: str) -> list[int]:
    """Say of these that they are over; the cases. As `begin_all`."""
    rows = list(
        OutOfReach.objects.select_for_update(of=("self",))
        .filter(pk__in=list(keys), until=None)
        .order_by("pk")
    )
    OutOfReach.objects.filter(pk__in=[row.pk for row in rows]).update(
        until=now, ended_by_id=actor.user_id, ended_why=why
    )
    cases = sorted({row.case_id for row in rows})
    names = casework.list_public_ids(case_ids=cases)
    for row in rows:
        _note(
            actor,
            now,
            AuditAction.REACH_ENDED,
            case_id=names[row.case_id],
            basis=row.basis,
        )
    return cases


@transaction.atomic
def end_lapsed(*, actor: Actor, now: datetime) -> int:
    """Have promises owed again where nobody looked again by the day set; how many."""
    lapsed = OutOfReach.objects.filter(until=None, review_on__lt=local_day(now))
    keys = list(lapsed.order_by("pk").values_list("pk", flat=True))
    cases = end_all(actor=actor, now=now, keys=keys, why=LAPSED)
    plan_by_facts(actor=actor, now=now, case_ids=cases)
    return len(keys)


def _keep(
    actor: Actor, now: datetime, new: Sequence[NewReach], *, by: int | None
) -> None:
    OutOfReach.objects.bulk_create(
        OutOfReach(
            area_id=actor.area_id,
            case_id=one.case_id,
            basis=one.basis,
            holder=one.holder or "",
            since=now,
            words=one.words,
            review_on=_review(BASES[one.basis], now),
            recorded_by_id=by,
        )
        for one in new
    )


def _review(basis: ReachBasis, now: datetime) -> date | None:
    return local_day(now) + LOOK_AGAIN if basis.looked_at_again else None


def _case(actor: Actor, case_id: UUID) -> "Case":
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    return case


def _standing(case_key: int, reach_id: UUID) -> OutOfReach:
    row = OutOfReach.objects.filter(
        case_id=case_key, public_id=reach_id, until=None
    ).first()
    if row is None:
        raise NotFound(GONE)
    return row


def _note(
    actor: Actor, now: datetime, action: AuditAction, *, case_id: UUID, basis: str
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case_id),
        purpose=basis,
    )
