"""Going through a subject access pack, and keeping the finished one for a while."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.information_rights import queries
from alongside.care.information_rights.models import (
    AccessPack,
    PackDecision,
    RightsRequest,
)
from alongside.care.information_rights.operations.requests import note_request
from alongside.care.information_rights.permissions import (
    NotReady,
    OwnCheck,
    check_ready,
)
from alongside.care.information_rights.tables import BLACKOUTS, limit
from alongside.care.information_rights.types import Blackout, Decision, LimitCode
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError


class ReasonNeeded(DomainError):
    user_message = "Choose why it is blacked out: the person reads this"


class WordsToBlackOut(DomainError):
    user_message = "Write the words that are to be blacked out, one passage a line"


def _record(
    row: RightsRequest, *, actor: Actor, now: datetime, action: AuditAction
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="rights_request", public_id=row.public_id),
    )


def _begin(actor: Actor, request_id: UUID) -> RightsRequest:
    permissions.check_has(actor, Permission.RIGHTS_WORK)
    row = queries.get_request(actor=actor, request_id=request_id, lock=True)
    if row.ended_at is not None:
        raise NotReady("This request has been answered or has ended")
    return row


@transaction.atomic
def decide_passage(
    *, actor: Actor, now: datetime, request_id: UUID, item: str, decision: Decision
) -> None:
    """Keep one passage of a pack, or black it out, saying why.

    What was reviewed before is to be reviewed again.

    Raises:
        NotAllowed, NotFound, NotReady: the actor may not, or not any more.
        ReasonNeeded, WordsToBlackOut: something needed is missing.
    """
    row = _begin(actor, request_id)
    if decision.action is not Blackout.KEEP and decision.reason not in BLACKOUTS:
        raise ReasonNeeded
    if decision.action is Blackout.WORDS and not decision.words.strip():
        raise WordsToBlackOut
    PackDecision.objects.create(
        area_id=row.area_id,
        request=row,
        item=item,
        action=decision.action,
        words=decision.words if decision.action is Blackout.WORDS else "",
        reason="" if decision.action is Blackout.KEEP else decision.reason,
        by_id=actor.user_id,
        at=now,
    )
    if row.reviewed_what:
        row.reviewed_by = row.reviewed_at = row.checked_by = row.checked_at = None
        row.reviewed_what = ""
        row.save(
            update_fields=[
                *("reviewed_by", "reviewed_at", "reviewed_what"),
                *("checked_by", "checked_at"),
            ]
        )
    _record(row, actor=actor, now=now, action=AuditAction.PACK_DECIDED)


@transaction.atomic
def finish_review(
    *, actor: Actor, now: datetime, request_id: UUID, what: str, undecided: int
) -> None:
    """Say that every passage was gone through. `what` stands for all of it.

    Raises:
        NotAllowed, NotFound: the actor may not.
        NotReady: something is still to be decided.
    """
    row = _begin(actor, request_id)
    if undecided:
        raise NotReady("Some passages are still to be decided")
    row.reviewed_by_id, row.reviewed_at, row.reviewed_what = actor.user_id, now, what
    row.checked_by = row.checked_at = None
    row.save(
        update_fields=[
            *("reviewed_by", "reviewed_at", "reviewed_what"),
            *("checked_by", "checked_at"),
        ]
    )
    note_request(actor=actor, now=now, request_id=request_id, what="Gone through, done")


@transaction.atomic
def check_review(*, actor: Actor, now: datetime, request_id: UUID, what: str) -> None:
    """Say, as a second person, that what was reviewed may leave.

    Raises:
        NotAllowed, NotFound: the actor may not.
        NotReady: it was not reviewed, or has changed since.
        OwnCheck: the actor went through it themself.
    """
    row = _begin(actor, request_id)
    if not row.reviewed_what or row.reviewed_what != what:
        raise NotReady("Something has changed since it was gone through")
    if row.reviewed_by_id == actor.user_id:
        raise OwnCheck
    row.checked_by_id, row.checked_at = actor.user_id, now
    row.save(update_fields=["checked_by", "checked_at"])
    note_request(actor=actor, now=now, request_id=request_id, what="Checked")


@transaction.atomic
def keep_pack(
    *,
    actor: Actor,
    now: datetime,
    request_id: UUID,
    pack_id: UUID,
    what: str,
    sealed: bytes,
    size: int,
    sha256: str,
) -> None:
    """Keep a finished pack, sealed, until its days are over.

    Raises:
        NotAllowed, NotFound: the actor may not.
        NotReady: it was not gone through and checked as it stands.
    """
    row = _begin(actor, request_id)
    check_ready(row, what=what)
    AccessPack.objects.create(
        public_id=pack_id,
        area_id=row.area_id,
        request=row,
        made_at=now,
        made_by_id=actor.user_id,
        until=now + timedelta(days=limit(LimitCode.PACK_DAYS)),
        bytes=size,
        sha256=sha256,
        sealed=sealed,
    )
    note_request(actor=actor, now=now, request_id=request_id, what="Copy made")
    _record(row, actor=actor, now=now, action=AuditAction.PACK_MADE)


@transaction.atomic
def note_fetched(
    *, actor: Actor, now: datetime, request_id: UUID, pack_id: UUID
) -> None:
    """Note that a finished pack was fetched, and by whom.

    Raises:
        NotAllowed: the actor does not work on requests.
    """
    permissions.check_has(actor, Permission.RIGHTS_WORK)
    AccessPack.objects.filter(public_id=pack_id, request__public_id=request_id).update(
        fetched_at=now, fetched_by_id=actor.user_id
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.PACK_FETCHED,
        subject=Subject(kind="rights_request", public_id=request_id),
    )


@transaction.atomic
def delete_old_packs(*, actor: Actor, now: datetime) -> int:
    """Delete the packs whose days are over; how many."""
    rows = list(
        AccessPack.objects.filter(until__lte=now).values_list(
            "pk", "request__public_id"
        )
    )
    AccessPack.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    for _, request_id in rows:
        audit.record_event(
            actor=actor,
            now=now,
            action=AuditAction.PACK_DELETED,
            subject=Subject(kind="rights_request", public_id=request_id),
        )
    return len(rows)
