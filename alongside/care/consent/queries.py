"""What the ledger says. The newest line about a purpose and a recipient decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.care.consent import rules
from alongside.care.consent.models import ConsentEntry
from alongside.care.consent.types import (
    BasisCode,
    EntryKind,
    Giver,
    Standing,
    Way,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One line of the ledger as a page shows it. `recipient_id` is None for us."""

    entry_id: int
    public_id: UUID
    kind: EntryKind
    purpose: str
    recipient_id: int | None
    recipient_name: str
    fields: int
    basis: BasisCode | None
    way: Way | None
    giver: Giver | None
    age: int | None
    assessed_by: str
    said_on: date
    until: datetime | None
    words: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class StandingLine:
    """How one purpose with one recipient stands, and the line that says so."""

    standing: Standing
    entry: EntryLine


def list_entries(*, actor: Actor, person_id: int) -> list[EntryLine]:
    """The person's ledger, newest first. One statement."""
    rows = ConsentEntry.objects.filter(person_id=person_id)
    rows = rows.select_related("recipient", "recorded_by")
    return [_entry(row) for row in rows.order_by("-pk")]


def get_entry(*, actor: Actor, person_id: int, public_id: UUID) -> EntryLine:
    """One line of a person's ledger.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = ConsentEntry.objects.filter(person_id=person_id, public_id=public_id)
    row = rows.select_related("recipient", "recorded_by").first()
    if row is None:
        raise NotFound("We could not find that in what they have said")
    return _entry(row)


def state_now(entries: Iterable[EntryLine], *, now: datetime) -> list[StandingLine]:
    """How each purpose with each recipient stands, from a whole ledger, newest first.

    A basis relied on instead of consent says nothing about what the person wants.
    """
    newest: dict[tuple[str, int | None], EntryLine] = {}
    for entry in entries:
        if entry.kind is not EntryKind.RELIED_ON and not _ends_reliance(entry):
            newest.setdefault((entry.purpose, entry.recipient_id), entry)
    return [
        StandingLine(
            standing=rules.standing(entry.kind, until=entry.until, now=now), entry=entry
        )
        for entry in newest.values()
    ]


def _ends_reliance(entry: EntryLine) -> bool:
    # Nobody spoke: we ourselves ceased to rely on another basis.
    return entry.kind is EntryKind.WITHDRAWN and entry.giver is None


def _entry(row: ConsentEntry) -> EntryLine:
    return EntryLine(
        entry_id=row.pk,
        public_id=row.public_id,
        kind=EntryKind(row.kind),
        purpose=row.purpose,
        recipient_id=row.recipient_id,
        recipient_name=row.recipient.name if row.recipient else "",
        fields=row.fields,
        basis=BasisCode(row.basis) if row.basis else None,
        way=Way(row.way) if row.way else None,
        giver=Giver(row.giver) if row.giver else None,
        age=row.age,
        assessed_by=row.assessed_by,
        said_on=row.said_on,
        until=row.until,
        words=row.words,
        recorded_by=row.recorded_by.name,
        recorded_at=row.recorded_at,
    )
