"""Reading one delivery: its counts, each row's fate, and what was returned."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.care.intake import queries as intake
from alongside.care.intake.queries import DeliverySummary, ReturnedReferral, RowFate
from alongside.care.intake.types import DeliveryKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.workflows.delivery_fates import (
    FateLine,
    describe_fates,
    iterate_fates,
)
from alongside.workflows.open_row import open_rejected
from alongside.workflows.read_feed import Force, find_force

if TYPE_CHECKING:
    from alongside.care.intake.models import Delivery


@dataclass(frozen=True, kw_only=True)
class RowLine:
    """One row's fate. The ids are empty where the actor may not open what they name."""

    fate: RowFate
    case: str
    hold: str


@dataclass(frozen=True, kw_only=True)
class DeliveryView:
    """A delivery, one page of its rows, and how many rows were returned to the force.

    `earlier` and `later` say whether there are rows of the same choice either side.
    """

    force: Force
    summary: DeliverySummary
    rows: tuple[RowLine, ...]
    earlier: bool
    later: bool
    returned: tuple[ReturnedReferral, ...]


@dataclass(frozen=True, kw_only=True)
class RowChoice:
    """Which rows of a delivery to list: of a fate, of a code, before or after one."""

    fate: str = ""
    code: str = ""
    after: int = 0
    before: int | None = None


def read_delivery(
    *,
    actor: Actor,
    now: datetime,
    force_code: str,
    delivery_id: UUID,
    choice: RowChoice,
    limit: int,
    request_id: UUID | None = None,
) -> DeliveryView:
    """One delivery with a page of its rows, in a fixed number of statements.

    Cases and held referrals are named only to the service that received it, and
    there only to those who may open them.

    Raises:
        NotAllowed: the actor sees no feeds.
        NotFound: the actor may see no such delivery of that force.
    """
    force, delivery = _find(actor, force_code, delivery_id)
    _record_look(actor, now, delivery_id, request_id)
    found = intake.list_fates(
        delivery_id=delivery.pk,
        after=choice.after,
        before=choice.before,
        limit=limit + 1,
        fate=choice.fate,
        code=choice.code,
    )
    backwards = choice.before is not None
    shown = found[-limit:] if backwards else found[:limit]
    more = len(found) > limit
    return DeliveryView(
        force=force,
        summary=intake.summarise(delivery),
        rows=tuple(_describe(actor, delivery, shown)),
        earlier=more if backwards else choice.after > 0,
        later=more or backwards,
        returned=tuple(intake.list_returns(actor=actor, delivery_id=delivery.pk)),
    )


def list_delivery_fates(
    *, actor: Actor, now: datetime, force_code: str, delivery_id: UUID
) -> Iterator[FateLine]:
    """Every row's fate, for a file. A force reads no person and no case in it.

    Raises:
        NotAllowed, NotFound: as `read_delivery`.
    """
    _, delivery = _find(actor, force_code, delivery_id)
    _record_look(actor, now, delivery_id, None)
    return iterate_fates(actor=actor, delivery_id=delivery.pk)


def list_delivery_returns(
    *, actor: Actor, now: datetime, force_code: str, delivery_id: UUID
) -> list[ReturnedReferral]:
    """Everything of a delivery that was returned to the force, for a file.

    Raises:
        NotAllowed, NotFound: as `read_delivery`.
    """
    _, delivery = _find(actor, force_code, delivery_id)
    _record_look(actor, now, delivery_id, None)
    return intake.list_returns(actor=actor, delivery_id=delivery.pk)


def list_rejected(
    *, actor: Actor, now: datetime, force_code: str, delivery_id: UUID
) -> tuple[list[str], list[list[str]]]:
    """The messages of a delivery that were rejected, as they came, with the column at
    fault and why, to be mended and sent again: the head of the file, and its rows.

    Only of progress messages: of a referral the file would hold somebody's details.

    Raises:
        NotAllowed, NotFound: as `read_delivery`; NotFound too for referrals.
        Tampered: a row is not what was stored.
    """
    force, delivery = _find(actor, force_code, delivery_id)
    if delivery.kind != DeliveryKind.PROGRESS:
        raise NotFound("We could not find that file")
    _record_look(actor, now, delivery_id, None)
    head = list(delivery.header or ["line"])
    opened = open_rejected(delivery_id=delivery.pk, area_code=delivery.area.code)
    rows = [[*_cells(text, head), column, why] for text, column, why in opened]
    return [*head, "fault_column", "fault"], rows


def _cells(text: str, head: list[str]) -> list[str]:
    """The cells of a line under its head; one that has too many or none is kept as it
    came, in the first."""
    try:
        cells = next(csv.reader([text])) if len(head) > 1 else [text]
    except (csv.Error, StopIteration):
        cells = [text]
    if len(cells) > len(head):
        cells = [text]
    return [*cells, *([""] * (len(head) - len(cells)))]


def _find(actor: Actor, force_code: str, delivery_id: UUID) -> tuple[Force, Delivery]:
    force = find_force(actor=actor, force_code=force_code)
    delivery = intake.get_delivery(actor=actor, public_id=delivery_id)
    if delivery.sender_id != force.agency_id:
        raise NotFound("We could not find that delivery")
    return force, delivery


def _record_look(
    actor: Actor, now: datetime, delivery_id: UUID, request_id: UUID | None
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.DELIVERY_READ,
        subject=Subject(kind="delivery", public_id=delivery_id),
        request_id=request_id,
    )


def _describe(
    actor: Actor, delivery: Delivery, rows: list[RowFate]
) -> Iterator[RowLine]:
    ours = delivery.receiver_id == actor.agency_id
    cases: dict[int, str] = {}
    if ours and actor.has(Permission.CASE_VIEW):
        lines = describe_fates(actor=actor, rows=rows)
        cases = {line.row: line.case for line in lines}
    holds: dict[int, UUID] = {}
    if ours and actor.has(Permission.HELD_VIEW):
        ids = {row.referral_id for row in rows if row.referral_id is not None}
        holds = intake.find_open_holds(actor=actor, referral_ids=sorted(ids))
    for row in rows:
        hold = holds.get(row.referral_id) if row.referral_id is not None else None
        yield RowLine(
            fate=row, case=cases.get(row.row, ""), hold=str(hold) if hold else ""
        )
