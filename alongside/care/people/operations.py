"""Adding what a source says about people. Nothing here is ever overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from alongside.care.people.models import (
    ChannelSafety,
    ContactPoint,
    Person,
    PersonRecord,
    Relationship,
)
from alongside.care.people.tables import RELATIONS
from alongside.care.people.types import ChannelKind, ContactKind, SafetyState
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.asking import Question, ask_keys
from alongside.foundation.lib.bulk import bulk_insert, bulk_update, take_ids
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.request_id import current_request_id


class ConfirmReasonNeeded(DomainError):
    user_message = "Say how you know that it is theirs"


@dataclass(slots=True)
class NewRecord:
    """What one source says about one person. Keys are taken beforehand.

    `new_person` is true where nobody was known to be this person yet.
    `public_id` is theirs if they are new. `contacts` are (kind, value, as given,
    postcode, postcode verified); `marks` are (channel, state).
    """

    record_id: int
    person_id: int
    new_person: bool
    said_at: datetime
    title: str
    given_names: str
    surname: str
    date_of_birth: date | None
    gender: str
    ethnicity_self: int | None
    language: str
    interpreter_needed: bool | None
    adjustments: str
    guardian_name: str
    guardian_phone: str
    contact_times: str
    preferred_method: str
    do_not_contact: bool | None
    do_not_contact_reason: str
    contacts: Sequence[tuple[ContactKind, str, str, str, bool | None]]
    marks: Sequence[tuple[ChannelKind, SafetyState]]
    public_id: UUID = field(default_factory=uuid4)


PERSON_COLUMNS = ("id", "shown_record_id", "public_id")
RECORD_COLUMNS = (
    *("id", "person_id", "said_at", "title", "given_names"),
    *("surname", "date_of_birth", "gender", "ethnicity_self", "language"),
    *("interpreter_needed", "adjustments", "guardian_name", "guardian_phone"),
    *("contact_times", "preferred_method", "do_not_contact", "do_not_contact_reason"),
)
CONTACT_COLUMNS = (
    *("record_id", "kind", "value", "as_given", "postcode"),
    "postcode_verified",
)
SAFETY_COLUMNS = ("record_id", "channel", "state", "set_at")


def take_person_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for people about to be added."""
    return take_ids(Person, count)


def take_record_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for records about to be added."""
    return take_ids(PersonRecord, count)


def ask_record_and_person(*, actor: Actor, now: datetime) -> Question:
    """Keys for one record and one person about to be added, asked with others."""
    return ask_keys(PersonRecord, Person)


def add_records(
    *, actor: Actor, now: datetime, source: str, records: Sequence[NewRecord]
) -> None:
    """Add many records, with the people, contact points and safety marks in them.

    Runs in the caller's transaction, which audits the referrals they came with.
    A newer record becomes the one shown of a person already known.
    """
    area = {"area_id": actor.area_id}
    bulk_insert(
        Person,
        PERSON_COLUMNS,
        ((r.person_id, r.record_id, r.public_id) for r in records if r.new_person),
        alike={**area, "created_at": now},
    )
    bulk_insert(
        PersonRecord,
        RECORD_COLUMNS,
        (
            (
                *(r.record_id, r.person_id, r.said_at, r.title),
                *(r.given_names, r.surname, r.date_of_birth, r.gender),
                *(r.ethnicity_self, r.language, r.interpreter_needed, r.adjustments),
                *(r.guardian_name, r.guardian_phone, r.contact_times),
                *(r.preferred_method, r.do_not_contact, r.do_not_contact_reason),
            )
            for r in records
        ),
        alike={**area, "source": source},
    )
    bulk_insert(
        ContactPoint,
        CONTACT_COLUMNS,
        ((r.record_id, *contact) for r in records for contact in r.contacts),
        alike=area,
    )
    bulk_insert(
        ChannelSafety,
        SAFETY_COLUMNS,
        (
            (r.record_id, channel, state, r.said_at)
            for r in records
            for channel, state in r.marks
        ),
        alike={**area, "reason": ""},
    )
    _show_newest({r.person_id: r.record_id for r in records if not r.new_person})


def _show_newest(records: dict[int, int]) -> None:
    if not records:
        return
    # A record that somebody chose to show stays.
    bulk_update(
        Person,
        ("id", "shown_record_id"),
        records.items(),
        only_unset="shown_by_id",
    )


def set_channel_safety(
    *,
    actor: Actor,
    now: datetime,
    record_id: int,
    subject: Subject,
    channel: ChannelKind,
    state: SafetyState,
    reason: str,
    review_on: date | None = None,
) -> None:
    """Say that a channel of a person is safe, or is not. The newest word counts.

    Raises:
        NotAllowed: the actor does not work cases.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    bulk_insert(
        ChannelSafety,
        (*SAFETY_COLUMNS, "area_id", "reason", "set_by_id", "review_on"),
        [
            (
                *(record_id, channel, state, now, actor.area_id, reason),
                *(actor.user_id, review_on),
            )
        ],
    )
    audit.record_event(
        actor=actor, now=now, action=AuditAction.SAFETY_SET, subject=subject
    )


@transaction.atomic
def confirm_contact(
    *, actor: Actor, now: datetime, person_id: UUID, contact_id: int, reason: str
) -> None:
    """Say that a contact point that came with a linked record is this person's.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is no contact point of theirs.
        ConfirmReasonNeeded: it does not say how we know.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_confirm_contact(%s, %s, %s, %s::uuid, %s)",
            [person_id, contact_id, reason, current_request_id(), now],
        )
        refusal = cursor.fetchone()[0]
    if refusal == "reason":
        raise ConfirmReasonNeeded
    if refusal:
        raise NotFound("We could not find that contact detail")


class CannotRelate(DomainError):
    """Two people cannot stand to one another like that. The text says why."""


@dataclass(frozen=True, kw_only=True)
class RelationAsked:
    """Somebody around a person: in the register by `other_id`, else by name."""

    other_id: int | None
    name: str
    phone: str
    kind: str
    since: date | None
    may_speak: bool
    may_be_told: bool
    never_told: bool
    reason: str


def _check_relation(person_id: int, asked: RelationAsked) -> None:
    row = RELATIONS.get(asked.kind)
    if row is None:
        raise CannotRelate("Choose what they are to one another")
    if asked.other_id == person_id:
        raise CannotRelate("That is the same person")
    if (asked.other_id is None) is not bool(asked.name.strip()):
        raise CannotRelate("Say who it is: by name, or by their reference")
    if asked.never_told and (asked.may_speak or asked.may_be_told):
        raise CannotRelate("Whoever must never be told can neither speak nor be told")
    if asked.may_speak and not row.may_speak:
        raise CannotRelate("Somebody who is that to them does not speak for them")
    if not asked.reason.strip():
        raise CannotRelate("Say how you know")


@transaction.atomic
def add_relation(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    public_id: UUID,
    asked: RelationAsked,
) -> None:
    """Say who is around a person, and what they may do or be told.

    Raises:
        NotAllowed: the actor does not work with people.
        CannotRelate: it does not go together, or nobody says how they know.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    _check_relation(person_id, asked)
    row = Relationship(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        person_id=person_id,
        other_id=asked.other_id,
        name=asked.name.strip(),
        phone=asked.phone.strip() if asked.other_id is None else "",
        kind=asked.kind,
        since=asked.since,
        may_speak=asked.may_speak,
        may_be_told=asked.may_be_told,
        never_told=asked.never_told,
        reason=asked.reason.strip(),
        made_at=now,
        made_by_id=actor.user_id,
        ended_why="",
    )
    row.save(force_insert=True)
    _record_relation(actor, now, public_id)


@transaction.atomic
def end_relation(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    public_id: UUID,
    relation_id: UUID,
    why: str,
) -> None:
    """Say that somebody is around a person no more, or not as was written.

    Raises:
        NotAllowed: the actor does not work with people.
        NotFound: there is no such line that stands.
        CannotRelate: nobody says why.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    if not why.strip():
        raise CannotRelate("Say why")
    ended = Relationship.objects.filter(
        person_id=person_id, public_id=relation_id, ended_at=None
    ).update(ended_at=now, ended_by_id=actor.user_id, ended_why=why.strip())
    if not ended:
        raise NotFound("We could not find that")
    _record_relation(actor, now, public_id)


def _record_relation(actor: Actor, now: datetime, public_id: UUID) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.RELATION_CHANGED,
        subject=Subject(kind="person", public_id=public_id, person_ids=(public_id,)),
    )
