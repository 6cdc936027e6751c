"""Requests, what was done about them, and the packs that answer them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.information_rights.models import (
    AccessPack,
    PackDecision,
    RequestEntry,
    RightsRequest,
)
from alongside.care.information_rights.types import (
    Blackout,
    Decision,
    ReceivedBy,
    RequestState,
    RightKind,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """One request, as lists and its own page show it."""

    request_id: UUID
    person_key: int | None
    person_id: UUID | None
    kind: RightKind
    asked_by: str = field(repr=False)
    what: str = field(repr=False)
    received_on: date
    received_by: ReceivedBy
    proof_asked: bool
    identity_on: date | None
    identity_how: str
    starts_on: date
    due_on: date
    extended_on: date | None
    extension_reason: str
    owner_id: int
    owner_name: str
    state: RequestState
    ended_at: datetime | None
    exemption: str
    ended_reason: str
    reviewed_by_id: int | None
    reviewed_by: str
    reviewed_at: datetime | None
    reviewed_what: str
    checked_by: str
    checked_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.ended_at is None


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One thing that was done about a request."""

    at: datetime
    by: str
    what: str
    words: str


@dataclass(frozen=True, kw_only=True)
class PackLine:
    """One finished pack."""

    pack_id: UUID
    made_at: datetime
    made_by: str
    until: datetime
    bytes: int
    sha256: str
    fetched_at: datetime | None
    fetched_by: str


@dataclass(frozen=True, kw_only=True)
class FoundPerson:
    """Somebody a reference may mean, told apart by as little as will do."""

    person_key: int
    person_id: UUID
    initials: str
    born: int | None


def request_line(row: RightsRequest) -> RequestLine:
    """What a page shows of a request read with its people."""
    return RequestLine(
        request_id=row.public_id,
        person_key=row.person_id,
        person_id=row.person.public_id if row.person else None,
        kind=RightKind(row.kind),
        asked_by=row.asked_by,
        what=row.what,
        received_on=row.received_on,
        received_by=ReceivedBy(row.received_by),
        proof_asked=row.proof_asked,
        identity_on=row.identity_on,
        identity_how=row.identity_how,
        starts_on=row.starts_on,
        due_on=row.due_on,
        extended_on=row.extended_on,
        extension_reason=row.extension_reason,
        owner_id=row.owner_id,
        owner_name=row.owner.name,
        state=RequestState(row.state),
        ended_at=row.ended_at,
        exemption=row.exemption,
        ended_reason=row.ended_reason,
        reviewed_by_id=row.reviewed_by_id,
        reviewed_by=row.reviewed_by.name if row.reviewed_by else "",
        reviewed_at=row.reviewed_at,
        reviewed_what=row.reviewed_what,
        checked_by=row.checked_by.name if row.checked_by else "",
        checked_at=row.checked_at,
    )


WITH = ("person", "owner", "reviewed_by", "checked_by")


def get_request(*, actor: Actor, request_id: UUID, lock: bool = False) -> RightsRequest:
    """A request of the actor's agency; row security decides.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = RightsRequest.objects.filter(public_id=request_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows.select_related(*WITH)
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that request")
    return found


def list_requests(
    *,
    actor: Actor,
    ended: bool = False,
    kind: RightKind | None = None,
    person_key: int | None = None,
    limit: int,
    skip: int = 0,
) -> list[RequestLine]:
    """Requests: the open by the day an answer is due, the ended newest first."""
    rows = RightsRequest.objects.filter(agency_id=actor.agency_id)
    rows = rows.filter(ended_at__isnull=not ended).select_related(*WITH)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if person_key is not None:
        rows = rows.filter(person_id=person_key)
    order = ("-ended_at", "-pk") if ended else ("due_on", "pk")
    return [request_line(row) for row in rows.order_by(*order)[skip : skip + limit]]


def count_open(*, actor: Actor) -> dict[RightKind, int]:
    """How many requests of each kind are open."""
    kinds = RightsRequest.objects.filter(agency_id=actor.agency_id, ended_at=None)
    found: dict[RightKind, int] = {}
    for kind in kinds.values_list("kind", flat=True):
        found[RightKind(kind)] = found.get(RightKind(kind), 0) + 1
    return found


def list_entries(*, actor: Actor, request_id: UUID) -> list[EntryLine]:
    """What was done about a request, newest first. One statement."""
    rows = RequestEntry.objects.filter(request__public_id=request_id)
    return [
        EntryLine(
            at=row.at, by=row.by.name if row.by else "", what=row.what, words=row.words
        )
        for row in rows.select_related("by").order_by("-at", "-pk")
    ]


def list_packs(*, actor: Actor, request_id: UUID) -> list[PackLine]:
    """Finished packs that are still kept, newest first. One statement."""
    rows = AccessPack.objects.filter(request__public_id=request_id)
    rows = rows.select_related("made_by", "fetched_by").defer("sealed")
    return [_pack_line(row) for row in rows.order_by("-made_at", "-pk")]


def _pack_line(row: AccessPack) -> PackLine:
    return PackLine(
        pack_id=row.public_id,
        made_at=row.made_at,
        made_by=row.made_by.name,
        until=row.until,
        bytes=row.bytes,
        sha256=row.sha256,
        fetched_at=row.fetched_at,
        fetched_by=row.fetched_by.name if row.fetched_by else "",
    )


def get_pack(*, actor: Actor, request_id: UUID, pack_id: UUID) -> tuple[bytes, str]:
    """A finished pack, sealed, and its hash.

    Raises:
        NotFound: there is none that the actor may know of, or it has been deleted.
    """
    rows = AccessPack.objects.filter(public_id=pack_id, request__public_id=request_id)
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that copy: it may have been deleted")
    return bytes(found.sealed), found.sha256


def list_decisions(*, actor: Actor, request_id: UUID) -> dict[str, Decision]:
    """The newest decision on each passage of the request's pack. One statement."""
    rows = PackDecision.objects.filter(request__public_id=request_id)
    return {
        row.item: Decision(
            action=Blackout(row.action), words=row.words, reason=row.reason
        )
        for row in rows.order_by("at", "pk")
    }


def find_person(*, actor: Actor, now: datetime, reference: str) -> list[FoundPerson]:
    """Who our reference, a case's, or a crime reference may mean. On the trail.

    Raises:
        DatabaseError: the actor is not of information governance.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_find(%s, %s)", [reference.strip(), now])
        return [
            FoundPerson(person_key=key, person_id=person, initials=initials, born=born)
            for key, person, initials, born in cursor.fetchall()
        ]


def gather(*, actor: Actor, now: datetime, request_id: UUID) -> Mapping[str, Any]:
    """Everything held about the person of a request, table by table. On the trail.

    Raises:
        DatabaseError: the actor may not, or has not given a second factor lately.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_gather(%s, %s)", [request_id, now])
        (found,) = cursor.fetchone()
    # Django has its connections hand JSON over as text.
    answer: Mapping[str, Any] = json.loads(found)
    return answer


def newest_seal() -> Mapping[str, Any]:
    """What the newest seal of the trail says: empty before the first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, total, sealed_at, encode(chain, 'hex'), keys,"
            " ARRAY(SELECT encode(s, 'hex') FROM unnest(signatures) s)"
            " FROM audit.seals_from(audit.newest_seal())"
        )
        found = cursor.fetchone()
    if found is None:
        return {}
    names = ("seal", "entries", "sealed_at", "chain", "keys", "signatures")
    return dict(zip(names, found, strict=True))
