"""Receiving a delivery: whole, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, connections, transaction

from alongside.care.intake import queries
from alongside.care.intake.models import Delivery, DeliveryPart, DeliveryProgress
from alongside.care.intake.types import DeliveryKind, DeliveryState, ExtractHead, Fate
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import bulk_insert


# The referrals are reached by key: a join would be planned by what the table held
# before this delivery, and be slow just where it matters.
@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Bytes that arrived from a force, before they are read."""

    kind: DeliveryKind
    sender_id: int
    receiver_id: int
    sha256: bytes
    size: int
    extract_id: str


def one_at_a_time(*, actor: Actor, now: datetime) -> None:
    """Let one delivery of an area be received at a time, to the transaction's end.

    Two at once could each open a case for the same new person.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('alongside delivery'), %s)",
            [actor.area_id],
        )


@transaction.atomic
def begin_delivery(*, actor: Actor, now: datetime, arrival: Arrival) -> Delivery:
    """Note that a delivery has arrived. Nothing of it is visible yet."""
    return Delivery.objects.create(
        area_id=actor.area_id,
        sender_id=arrival.sender_id,
        receiver_id=arrival.receiver_id,
        kind=arrival.kind,
        state=DeliveryState.RECEIVED,
        sha256=arrival.sha256,
        bytes=arrival.size,
        received_at=now,
        received_by_id=actor.user_id,
        extract_id=arrival.extract_id,
    )


@transaction.atomic
def keep_parts(
    *, actor: Actor, now: datetime, delivery: Delivery, parts: Iterable[bytes]
) -> None:
    """Keep the sealed pieces of a body until it is received."""
    bulk_insert(
        DeliveryPart,
        ("area_id", "delivery_id", "number", "sealed"),
        (
            (actor.area_id, delivery.pk, number, part)
            for number, part in enumerate(parts)
        ),
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.DELIVERY_QUEUED,
        subject=Subject(kind="delivery", public_id=delivery.public_id),
    )


def note_reading(
    *,
    actor: Actor,
    now: datetime,
    delivery: Delivery | None = None,
    purpose: str = "",
) -> None:
    """Put on the audit trail that a delivery was read, or the list of them."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.DELIVERY_READ,
        subject=Subject(
            kind="delivery", public_id=delivery.public_id if delivery else None
        ),
        purpose=purpose,
    )


def note_progress(
    *, actor: Actor, now: datetime, delivery: Delivery, rows_done: int, using: str
) -> None:
    """Say how far a waiting delivery has come, outside its transaction."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_deliveryprogress (delivery_id, area_id, rows_done, at)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (delivery_id)"
            " DO UPDATE SET rows_done = excluded.rows_done, at = excluded.at",
            [delivery.pk, actor.area_id, rows_done, now],
        )


@transaction.atomic
def finish_delivery(
    *,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    head: ExtractHead,
    header: Sequence[str] | None,
    rows: int,
    earliest_report: datetime | None,
) -> Delivery:
    """Make the delivery visible. Its counts are taken from the rows kept.

    `rows` is what the reader counted; the database refuses the delivery unless
    it is the sum of the fates.
    """
    counts = queries.count_fates(delivery_id=delivery.pk)
    delivery.state = DeliveryState.VISIBLE
    delivery.extract_id = head.extract_id
    delivery.extracted_at = head.extracted_at
    delivery.visible_at = now
    delivery.header = None if header is None else list(header)
    delivery.rows = rows
    delivery.accepted = counts["fates"].get(Fate.ACCEPTED, 0)
    delivery.held = counts["fates"].get(Fate.HELD, 0)
    delivery.rejected = counts["fates"].get(Fate.REJECTED, 0)
    delivery.codes = counts["codes"]
    if earliest_report is not None:
        waited = delivery.received_at - earliest_report
        delivery.slowest_seconds = int(waited.total_seconds())
    delivery.save(
        update_fields=[
            *("state", "extract_id", "extracted_at", "visible_at", "rows"),
            *("accepted", "held", "rejected", "codes", "slowest_seconds"),
            "header",
        ]
    )
    _drop_parts(delivery)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.DELIVERY_RECEIVED,
        subject=Subject(kind="delivery", public_id=delivery.public_id),
    )
    return delivery


@transaction.atomic
def refuse_delivery(
    *, actor: Actor, now: datetime, delivery: Delivery, refusal: str
) -> Delivery:
    """Refuse a waiting delivery whole, and forget its body."""
    delivery.state = DeliveryState.REFUSED
    delivery.refusal = refusal
    delivery.save(update_fields=["state", "refusal"])
    _drop_parts(delivery)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.DELIVERY_REFUSED,
        subject=Subject(kind="delivery", public_id=delivery.public_id),
    )
    return delivery


def _drop_parts(delivery: Delivery) -> None:
    DeliveryPart.objects.filter(delivery=delivery).delete()
    DeliveryProgress.objects.filter(pk=delivery.pk).delete()
