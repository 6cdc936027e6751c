"""Barring members of staff from people they know: declared, matched, lifted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.care.casework.types import ConflictKind
from alongside.care.guarding import rules
from alongside.care.guarding.types import MarkKind, StaffDetails
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.names import fold_name
from alongside.foundation.lib.request_id import current_request_id

DECLARE = "SELECT casework_declare_conflict(%s, %s, %s, %s, %s::uuid, %s)"
REGISTER = (
    "SELECT casework_register_details(%s::text[], %s::uuid[], %s::text[], %s::text[],"
    " %s, %s::text[], %s, %s::text[], %s::text[], %s)"
)
BAR = (
    "SELECT casework_bar_matched(%s::bigint[], %s::bigint[], %s::text[],"
    " %s::text[], %s)"
)


class ReasonNeeded(DomainError):
    user_message = "Say why, so that whoever looks at it can judge"


@transaction.atomic
def declare_conflict(
    *,
    actor: Actor,
    now: datetime,
    reference: str,
    kind: ConflictKind,
    reason: str,
    colleague: UUID | None = None,
) -> None:
    """Bar the actor, or a colleague, from whoever a reference is about, at once.

    The reference is the short form of a case's, or a crime's. Nobody is told whether
    anything was found.

    Raises:
        NotAllowed: the actor may not, or may not for a colleague.
        ReasonNeeded: no reason was given.
    """
    permissions.check_has(actor, Permission.CONFLICT_DECLARE)
    if colleague is not None:
        permissions.check_has(actor, Permission.CONFLICT_GOVERN)
    if not reason.strip():
        raise ReasonNeeded
    with connection.cursor() as cursor:
        cursor.execute(
            DECLARE,
            [reference, colleague, kind.value, reason, current_request_id(), now],
        )


@transaction.atomic
def lift_conflict(
    *, actor: Actor, now: datetime, conflict_id: UUID, reason: str
) -> None:
    """Let a member of staff in again, saying why. Never oneself: the walls refuse it.

    Raises:
        NotAllowed, NotFound: the actor may not, or may know of no such conflict.
        ReasonNeeded: no reason was given.
    """
    permissions.check_has(actor, Permission.CONFLICT_GOVERN)
    if not reason.strip():
        raise ReasonNeeded
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_conflict SET lifted_at = %s, lifted_by_id = %s,"
            " lifted_reason = %s WHERE public_id = %s AND lifted_at IS NULL",
            [now, actor.user_id, reason.strip(), conflict_id],
        )
        lifted = cursor.rowcount
    if not lifted:
        raise NotFound("We could not find that conflict, or it was lifted already")
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CONFLICT_LIFTED,
        subject=Subject(kind="conflict", public_id=conflict_id),
    )


@transaction.atomic
def register_details(
    *, actor: Actor, now: datetime, details: StaffDetails, secret: bytes
) -> None:
    """Keep marks of what the actor says of themselves, in place of those before.

    They are compared at once with everybody the area holds; the details themselves are
    not kept, and nobody is told what matched. `secret` is the area's, for linking.

    Raises:
        NotAllowed: the actor may not.
    """
    permissions.check_has(actor, Permission.CONFLICT_DECLARE)
    marks = rules.staff_marks(details, secret=secret)
    with connection.cursor() as cursor:
        cursor.execute(
            REGISTER,
            [
                [mark.kind.value for mark in marks],
                [mark.value for mark in marks],
                [fold_name(name) for name in details.given_names],
                [fold_name(name) for name in details.surnames],
                details.date_of_birth,
                list(rules.house_numbers(details.house)),
                details.postcode,
                list(details.phones),
                [email.lower() for email in details.emails],
                now,
            ],
        )


@transaction.atomic
def register_suspect(
    *,
    actor: Actor,
    now: datetime,
    colleague: UUID,
    force_code: str,
    reference: str,
    secret: bytes,
) -> None:
    """Note a force's reference for a member of staff it suspects, kept as a mark.

    Raises:
        NotAllowed: the actor may not.
    """
    permissions.check_has(actor, Permission.CLEARANCE_MANAGE)
    mark = rules.suspect_mark(force_code=force_code, reference=reference, secret=secret)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT casework_register_suspect(%s, %s, %s, %s, %s)",
            [colleague, force_code, reference, mark.value, now],
        )


def bar_matched(
    *, actor: Actor, now: datetime, found: Sequence[tuple[int, int, MarkKind]]
) -> int:
    """Bar what matching found: (person, member of staff, how). How many are new."""
    if not found:
        return 0
    words = [rules.CONFLICTS[kind] for _, _, kind in found]
    with connection.cursor() as cursor:
        cursor.execute(
            BAR,
            [
                [person for person, _, _ in found],
                [user for _, user, _ in found],
                [kind for kind, _ in words],
                [why for _, why in words],
                now,
            ],
        )
        return int(cursor.fetchone()[0])
