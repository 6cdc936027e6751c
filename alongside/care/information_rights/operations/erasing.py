"""Erasing: proposed by one, approved by another, carried out by the database itself."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction

from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.information_rights import queries
from alongside.care.information_rights.models import (
    Erasure,
    RetentionRun,
    RightsRequest,
)
from alongside.care.information_rights.permissions import (
    AnotherPersonNeeded,
    refusals_in_words,
)
from alongside.care.information_rights.queries import NextItem
from alongside.care.information_rights.tables import AGE_BANDS
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.reference.tables import OFFENCES


class ReasonNeeded(DomainError):
    user_message = "Say why, so that whoever approves it can decide"


class NotApproved(DomainError):
    user_message = "Nobody has approved this yet"


class NothingDue(DomainError):
    user_message = "Nobody's time is over: there is nothing to erase"


class RunUnderWay(DomainError):
    user_message = "There is a run already: it has to end first"


def _tally() -> str:
    """The words by which counts are kept after people have gone."""
    return json.dumps(
        {
            "groups": {code: row.group for code, row in OFFENCES.items()},
            "endings": {code: row.counts_as for code, row in DISPOSITIONS.items()},
            "bands": [{"least": b.least, "label": b.label} for b in AGE_BANDS],
        }
    )


@transaction.atomic
def propose_erasure(
    *,
    actor: Actor,
    now: datetime,
    person_key: int,
    request_id: UUID | None,
    why: str,
) -> UUID:
    """Propose to erase somebody; another person has to approve it.

    Raises:
        NotAllowed: the actor does not manage what is kept.
        ReasonNeeded: there is no reason.
    """
    permissions.check_has(actor, Permission.RETENTION_MANAGE)
    if not why.strip():
        raise ReasonNeeded
    asked = (
        RightsRequest.objects.filter(public_id=request_id).first()
        if request_id
        else None
    )
    row = Erasure.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        request=asked,
        person_id=person_key,
        why=why.strip(),
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )
    row.refresh_from_db(fields=["public_id"])
    made: UUID = row.public_id
    _record(
        actor,
        now,
        AuditAction.ERASURE_PROPOSED,
        Subject(kind="erasure", public_id=made),
    )
    return made


def _record(actor: Actor, now: datetime, action: AuditAction, subject: Subject) -> None:
    audit.record_event(actor=actor, now=now, action=action, subject=subject)


def _call(sql: str, values: Sequence[Any]) -> Any:
    with refusals_in_words(), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        (found,) = cursor.fetchone() or (None,)
    return found


@transaction.atomic
def approve_erasure(*, actor: Actor, now: datetime, erasure_id: UUID) -> None:
    """Approve what somebody else proposed. The database asks who, and how lately.

    Raises:
        NotAllowed: the actor does not manage what is kept, or is in conflict.
        StaleFactor: their second factor was given too long ago.
        AnotherPersonNeeded: they proposed it, or there is nothing to approve.
    """
    permissions.check_has(actor, Permission.RETENTION_MANAGE)
    if not _call("SELECT rights_approve_erasure(%s, %s)", [erasure_id, now]):
        raise AnotherPersonNeeded


@transaction.atomic
def decline_erasure(*, actor: Actor, now: datetime, erasure_id: UUID) -> None:
    """Say that somebody is not to be erased after all.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is done.
    """
    permissions.check_has(actor, Permission.RETENTION_MANAGE)
    rows = Erasure.objects.filter(public_id=erasure_id, done_at=None, declined_at=None)
    if not rows.update(declined_at=now):
        raise NotFound("We could not find that")
    _record(
        actor,
        now,
        AuditAction.ERASURE_DECLINED,
        Subject(kind="erasure", public_id=erasure_id),
    )


@transaction.atomic
def read_order(*, actor: Actor, now: datetime, erasure_id: UUID) -> NextItem:
    """What must be known of an approved erasure before it is carried out.

    Raises:
        NotApproved: nobody else has approved it, or it is done.
    """
    permissions.check_has(actor, Permission.RETENTION_MANAGE)
    with refusals_in_words(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_of_erasure(%s)", [erasure_id])
        found = cursor.fetchone()
    if found is None:
        raise NotApproved
    person, identities, keys = found
    return NextItem(
        item=0, person_id=person, identities=tuple(identities), keys=tuple(keys)
    )


@transaction.atomic
def erase_person(
    *, actor: Actor, now: datetime, erasure_id: UUID, suppress: Sequence[UUID]
) -> None:
    """Erase somebody for good. The workflow has written the journal before.

    Raises:
        StaleFactor, HeldByLaw, AnotherPersonNeeded, NotAllowed: the database refuses.
    """
    _call(
        "SELECT people_erase(%s, %s::uuid[], %s::jsonb, %s)",
        [erasure_id, list(suppress), _tally(), now],
    )


@transaction.atomic
def propose_run(*, actor: Actor, now: datetime, day: date) -> UUID:
    """Propose to erase everybody whose time is over on a day.

    Raises:
        NotAllowed: the actor is not of information governance, nor the round.
        RunUnderWay: another run is proposed or under way.
        NothingDue: there is nobody.
    """
    if queries.get_live_run(actor=actor) is not None:
        raise RunUnderWay
    with refusals_in_words(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT run, people FROM rights_propose_run(%s, %s::jsonb, %s)",
            [day, json.dumps(queries.run_rules(day)), now],
        )
        run, people = cursor.fetchone()
        if not people:
            raise NothingDue
    found: UUID = run
    return found


@transaction.atomic
def approve_run(*, actor: Actor, now: datetime, run_id: UUID) -> None:
    """Approve a run that somebody else proposed.

    Raises:
        NotAllowed, StaleFactor, AnotherPersonNeeded: as for one person.
    """
    permissions.check_has(actor, Permission.RETENTION_MANAGE)
    if not _call("SELECT rights_approve_run(%s, %s)", [run_id, now]):
        raise AnotherPersonNeeded


@transaction.atomic
def decline_run(*, actor: Actor, now: datetime, run_id: UUID) -> None:
    """Say that a run is not to take place.

    Raises:
        NotAllowed, NotFound: the actor may not, or it was approved.
    """
    permissions.check_has(actor, Permission.RETENTION_MANAGE)
    rows = RetentionRun.objects.filter(
        public_id=run_id, approved_at=None, declined_at=None
    )
    if not rows.update(declined_at=now):
        raise NotFound("We could not find that run")
    _record(
        actor,
        now,
        AuditAction.ERASURE_DECLINED,
        Subject(kind="retention_run", public_id=run_id),
    )


@transaction.atomic
def next_of_run(
    *, actor: Actor, now: datetime, run_id: UUID, most: int
) -> list[NextItem]:
    """The next people of an approved run. Passes over those who must stay."""
    with refusals_in_words(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_next_of_run(%s, %s)", [run_id, most])
        return [
            NextItem(
                item=item,
                person_id=person,
                identities=tuple(identities),
                keys=tuple(keys),
            )
            for item, person, identities, keys in cursor.fetchall()
        ]


@transaction.atomic
def erase_items(
    *,
    actor: Actor,
    now: datetime,
    run_id: UUID,
    items: Sequence[int],
    suppress: Sequence[UUID],
) -> int:
    """Erase people of an approved run; how many. The journal was written before."""
    found = _call(
        "SELECT people_erase_items(%s, %s::bigint[], %s::uuid[], %s::jsonb, %s)",
        [run_id, list(items), list(suppress), _tally(), now],
    )
    return int(found)


@transaction.atomic
def end_run(*, actor: Actor, now: datetime, run_id: UUID) -> bool:
    """End a run of which nothing is left; whether it has ended."""
    return bool(_call("SELECT rights_end_run(%s, %s)", [run_id, now]))


def erase_at_console(
    *, actor: str, now: datetime, person_id: UUID, why: str, suppress: Sequence[UUID]
) -> None:
    """Erase somebody as the database's owner, at the machine itself.

    In the caller's transaction on the owner's connection. No second person is asked:
    whoever can do this holds the machine. Legal holds stand; the trail and
    information governance are told.

    Raises:
        DatabaseError: a legal hold stands against it.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT people_erase_at_console(%s, %s, %s::uuid[], %s::jsonb, %s)",
            [person_id, why, list(suppress), _tally(), now],
        )


def erase_again(
    *,
    actor: str,
    now: datetime,
    person_ids: Sequence[UUID],
    suppress: Sequence[UUID],
) -> int:
    """Erase again, as the owner, who came back with a restored backup; how many."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT people_erase_again(%s::uuid[], %s::uuid[], %s::jsonb, %s)",
            [list(person_ids), list(suppress), _tally(), now],
        )
        return int(cursor.fetchone()[0])
