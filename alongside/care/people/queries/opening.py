"""Opening people: names for a list, everything for a page.

The database writes the entry before it answers, and answers only for people the
actor may see; asking about anybody else is on the trail too.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.people.models import Person, PersonRecord
from alongside.care.people.rules import confirm_alike, marks_that_count
from alongside.care.people.types import (
    ChannelKind,
    ChannelMark,
    ContactDetail,
    ContactKind,
    OpenedPerson,
    PersonLabel,
    RecordDetail,
    SafetyState,
    SaidMark,
)
from alongside.foundation.lib.beside import run_beside
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.request_id import current_request_id


def open_labels(
    *,
    person_ids: Iterable[int],
    purpose: str,
    now: datetime,
    request_id: UUID | None = None,
) -> dict[int, PersonLabel]:
    """Names for a list, by person; nobody the actor may not see. One statement."""
    wanted = sorted(set(person_ids))
    if not wanted:
        return {}
    number = request_id or current_request_id()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM people_open_labels(%s::bigint[], %s, %s::uuid, %s)",
            [wanted, purpose, number, now],
        )
        labels = {
            row[0]: PersonLabel(
                person_id=row[0],
                public_id=row[1],
                given_names=row[2],
                surname=row[3],
                date_of_birth=row[4],
            )
            for row in cursor.fetchall()
        }
    if len(labels) < len(wanted):
        _note_refused([wanted, "name", purpose, number, now])
    return labels


def open_person(
    *,
    person_id: int,
    public_id: UUID,
    shown_record_id: int,
    purpose: str,
    now: datetime,
    request_id: UUID | None = None,
) -> OpenedPerson:
    """Everything a page shows of one person. One statement, one look on the trail.

    Raises:
        NotFound: the actor may not see the person (the attempt is on the trail).
    """
    number = request_id or current_request_id()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM people_open_person(%s, %s, %s::uuid, %s)",
            [person_id, purpose, number, now],
        )
        found = cursor.fetchone()
    if found is None:
        _note_refused([[person_id], "everything", purpose, number, now])
        raise NotFound("We could not find that person")
    records = tuple(_record(row) for row in _rows(found[0]))
    shown = next((r for r in records if r.record_id == shown_record_id), records[0])
    contacts = confirm_alike([_contact(row) for row in _rows(found[1])])
    return OpenedPerson(
        label=PersonLabel(
            person_id=person_id,
            public_id=public_id,
            given_names=shown.given_names,
            surname=shown.surname,
            date_of_birth=shown.date_of_birth,
        ),
        records=records,
        contacts=contacts,
        marks=marks_that_count(map(_mark, _rows(found[2])), contacts),
    )


def _note_refused(values: Sequence[Any]) -> None:
    """Put the refused part of a look on the trail, whatever becomes of the request."""
    run_beside(
        "SELECT people_record_refused(%s::bigint[], %s, %s, %s::uuid, %s)", values
    )


def _rows(value: str | None) -> Sequence[Mapping[str, Any]]:
    # Django has its connections hand JSON over as text.
    return json.loads(value) if value else ()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _record(row: Mapping[str, Any]) -> RecordDetail:
    return RecordDetail(
        record_id=row["id"],
        source=row["source"],
        said_at=datetime.fromisoformat(row["said_at"]),
        title=row["title"],
        given_names=row["given_names"],
        surname=row["surname"],
        date_of_birth=_day(row["date_of_birth"]),
        gender=row["gender"],
        language=row["language"],
        interpreter_needed=row["interpreter_needed"],
        adjustments=row["adjustments"],
        guardian_name=row["guardian_name"],
        guardian_phone=row["guardian_phone"],
        contact_times=row["contact_times"],
        preferred_method=row["preferred_method"],
        do_not_contact=row["do_not_contact"],
        do_not_contact_reason=row["do_not_contact_reason"],
    )


def _contact(row: Mapping[str, Any]) -> ContactDetail:
    return ContactDetail(
        contact_id=row["id"],
        record_id=row["record_id"],
        kind=ContactKind(row["kind"]),
        value=row["value"],
        postcode=row["postcode"],
        said_at=datetime.fromisoformat(row["said_at"]),
        confirmed=row["own"] or row["confirmed"] is not None,
        confirmed_by=row["confirmed"]["by"] if row["confirmed"] else "",
        confirmed_at=_moment(row["confirmed"]["at"]) if row["confirmed"] else None,
        linked_on=_moment(row["linked_on"]),
    )


def _mark(row: Mapping[str, Any]) -> SaidMark:
    mark = ChannelMark(
        channel=ChannelKind(row["channel"]),
        state=SafetyState(row["state"]),
        set_at=datetime.fromisoformat(row["set_at"]),
        set_by=row["set_by"],
    )
    return SaidMark(
        mark=mark,
        record_id=row["record_id"],
        own=row["own"],
        by_worker=row["by_worker"],
    )


def get_person_key(*, public_id: UUID) -> tuple[int, int]:
    """(key, shown record) of a person of the area. Says nothing about them.

    Raises:
        NotFound: the area has no such person.
    """
    found = (
        Person.objects.filter(public_id=public_id)
        .values_list("pk", "shown_record_id")
        .first()
    )
    if found is None:
        raise NotFound("We could not find that person")
    return found


def get_person_key_by_id(*, person_id: int) -> tuple[UUID, int]:
    """(public id, shown record) of a person of the area. Says nothing about them.

    Raises:
        NotFound: the area has no such person.
    """
    rows = Person.objects.filter(pk=person_id)
    found = rows.values_list("public_id", "shown_record_id").first()
    if found is None:
        raise NotFound("We could not find that person")
    return found


def list_persons_of_records(*, record_ids: Sequence[int]) -> dict[int, int]:
    """The person each record belongs to."""
    rows = PersonRecord.objects.filter(pk__in=record_ids)
    return dict(rows.values_list("pk", "person_id"))


def list_public_ids(*, person_ids: Sequence[int]) -> dict[int, UUID]:
    """The public id of each person. Says nothing about them."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "public_id"))
