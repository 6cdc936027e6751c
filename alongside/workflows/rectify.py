"""Putting something right: added beside what was there, which stays and is marked."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.care.information_rights import queries
from alongside.care.information_rights.operations import keeping, requests
from alongside.care.linking.operations import arriving as linking
from alongside.care.linking.types import NewStandard
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.standard import standardise
from alongside.care.people import operations as people_operations
from alongside.care.people import queries as people
from alongside.care.people.types import RecordDetail
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import Subject
from alongside.foundation.lib.errors import DomainError
from alongside.workflows.area_secret import area_secret

SOURCE = "Put right at the person's wish"
PURPOSE = "information rights request"
TOLD = "Something was put right about a person whose case you were shown"
# What may be put right; the rest is what others said, and stays theirs.
FIELDS = ("given_names", "surname", "date_of_birth", "language", "adjustments")


class NothingChanged(DomainError):
    user_message = "Enter what is right: nothing differs from what we hold"


@transaction.atomic
def rectify(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID,
    request_id: UUID | None,
    right: Mapping[str, Any],
    reason: str,
) -> tuple[str, ...]:
    """Add a record that puts the shown one right; the names of what changed.

    Empty values of `right` leave things as they are. Whoever else may see a case of
    the person is told that there is something new.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the person.
        NothingChanged: it says what we hold already.
        ReasonNeeded: there is no reason.
    """
    key, before = _shown(now, person_id)
    changed = _differing(before, right)
    (after,) = people_operations.take_record_ids(actor=actor, now=now, count=1)
    record = _record(
        before, {name: right[name] for name in changed}, key=key, after=after, now=now
    )
    people_operations.add_records(actor=actor, now=now, source=SOURCE, records=[record])
    linking.add_standards(
        actor=actor, now=now, area_id=actor.area_id, records=[_standard(actor, record)]
    )
    keeping.note_correction(
        actor=actor,
        now=now,
        person_key=key,
        person_id=person_id,
        before_key=before.record_id,
        after_key=after,
        changed=changed,
        reason=reason,
        request_id=request_id,
    )
    _note(actor, now, request_id, reason)
    _tell(actor, now, person_id)
    return changed


def _differing(before: RecordDetail, right: Mapping[str, Any]) -> tuple[str, ...]:
    given = (name for name in FIELDS if right.get(name))
    changed = tuple(name for name in given if right[name] != getattr(before, name))
    if not changed:
        raise NothingChanged
    return changed


def _note(actor: Actor, now: datetime, request_id: UUID | None, reason: str) -> None:
    if request_id is not None:
        requests.note_request(
            actor=actor, now=now, request_id=request_id, what="Put right", words=reason
        )


def _shown(now: datetime, person_id: UUID) -> tuple[int, RecordDetail]:
    key, shown_key = people.get_person_key(public_id=person_id)
    opened = people.open_person(
        person_id=key,
        public_id=person_id,
        shown_record_id=shown_key,
        purpose=PURPOSE,
        now=now,
    )
    shown = next((r for r in opened.records if r.record_id == shown_key), None)
    return key, shown or opened.records[0]


def _record(
    before: RecordDetail,
    right: dict[str, Any],
    *,
    key: int,
    after: int,
    now: datetime,
) -> people_operations.NewRecord:
    same = {field.name: getattr(before, field.name) for field in fields(before)}
    kept = {k: v for k, v in same.items() if k not in {"record_id", "source"}}
    return people_operations.NewRecord(
        **{
            **kept,
            **right,
            "record_id": after,
            "person_id": key,
            "new_person": False,
            "said_at": now,
            "ethnicity_self": None,
            "contacts": (),
            "marks": (),
        }
    )


def _standard(actor: Actor, record: people_operations.NewRecord) -> NewStandard:
    """What is right, as later records are compared with it."""
    standard = standardise(
        given_names=record.given_names,
        surname=record.surname,
        date_of_birth=record.date_of_birth,
        gender=record.gender,
        postcode="",
        address="",
        phones=(),
        email="",
    )
    keys = block_keys(standard, secret=area_secret(area_id=actor.area_id))
    return NewStandard(record.record_id, record.person_id, standard, keys)


def _tell(actor: Actor, now: datetime, person_id: UUID) -> None:
    for agency_id, case_id in queries.list_recipients(actor=actor, person_id=person_id):
        send_notice(
            actor=actor,
            now=now,
            kind=NoticeKind.RIGHTS,
            words=TOLD,
            subject=Subject(kind="case", public_id=case_id),
            agency_id=agency_id,
            to_role=Role.PROVIDER_MANAGER,
        )
