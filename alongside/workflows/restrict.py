"""Keeping what is held about somebody and not using it, and telling who held it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CaseFacts
from alongside.care.information_rights import queries
from alongside.care.information_rights.operations import keeping, requests
from alongside.care.people import queries as people
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import Subject

RESTRICTED = "A case of yours is kept and not used: its person asked for that"
LIFTED = "A case of yours may be used again"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptNotUsed:
    """A case that is only kept, for those who held it. Nothing of what it says."""

    case_id: UUID
    since: datetime


@transaction.atomic
def restrict(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID,
    request_id: UUID | None,
    reason: str,
) -> None:
    """Restrict a person's record, and tell the workers who held their cases.

    Raises:
        NotAllowed, ReasonNeeded, AlreadyRestricted: as the operation.
    """
    key, _ = people.get_person_key(public_id=person_id)
    if queries.list_restrictions(actor=actor, person_key=key):
        raise keeping.AlreadyRestricted
    cases = casework.list_person_cases(actor=actor, person_id=key)
    keeping.restrict_person(
        actor=actor,
        now=now,
        person_id=person_id,
        request_id=request_id,
        reason=reason,
    )
    if request_id is not None:
        requests.note_request(
            actor=actor, now=now, request_id=request_id, what="Restricted", words=reason
        )
    _tell(actor, now, cases, RESTRICTED)


@transaction.atomic
def lift(*, actor: Actor, now: datetime, restriction_id: UUID, reason: str) -> None:
    """Let the record be used again, and tell the workers who hold its cases.

    Raises:
        NotAllowed, ReasonNeeded: as the operation.
    """
    person_id = keeping.lift_restriction(
        actor=actor, now=now, restriction_id=restriction_id, reason=reason
    )
    key, _ = people.get_person_key(public_id=person_id)
    _tell(actor, now, casework.list_person_cases(actor=actor, person_id=key), LIFTED)


def _tell(actor: Actor, now: datetime, cases: list[CaseFacts], words: str) -> None:
    for case in cases:
        send_notice(
            actor=actor,
            now=now,
            kind=NoticeKind.RIGHTS,
            words=words,
            subject=Subject(kind="case", public_id=case.public_id),
            to_user_id=case.worker_id,
            to_role=None if case.worker_id else Role.SUPERVISOR,
        )


def read_kept(*, actor: Actor, case_id: UUID) -> KeptNotUsed | None:
    """Whether a case that the actor cannot open is one they held, now only kept."""
    since = queries.kept_not_used_since(actor=actor, case_id=case_id)
    return None if since is None else KeptNotUsed(case_id=case_id, since=since)
