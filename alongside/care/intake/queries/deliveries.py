"""Deliveries: how far each has come, and how good it was."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.care.intake.models import Delivery, DeliveryPart, DeliveryProgress
from alongside.care.intake.types import DeliveryKind, DeliveryReport, DeliveryState
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound


def report_of(delivery: Delivery, *, already_received: bool = False) -> DeliveryReport:
    """What became of a delivery."""
    return DeliveryReport(
        delivery_id=delivery.public_id,
        kind=DeliveryKind(delivery.kind),
        extract_id=delivery.extract_id,
        state=DeliveryState(delivery.state),
        rows=delivery.rows,
        accepted=delivery.accepted,
        held=delivery.held,
        rejected=delivery.rejected,
        codes=dict(delivery.codes),
        already_received=already_received,
        refusal=delivery.refusal,
    )


def get_delivery(*, actor: Actor, public_id: UUID, lock: bool = False) -> Delivery:
    """A delivery the actor's agency sent or received.

    Raises:
        NotFound: there is none that the actor may see.
    """
    rows = Delivery.objects.filter(public_id=public_id)
    if lock:
        rows = rows.select_for_update()
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that delivery")
    return found


def get_rows_done(*, delivery_id: int) -> int:
    """How many rows of a delivery being received have been worked."""
    done = DeliveryProgress.objects.filter(pk=delivery_id).first()
    return done.rows_done if done else 0


def is_any_waiting(*, apart_from: Collection[int] = ()) -> bool:
    """Whether a delivery waits to be received, or is being received now."""
    return _waiting(apart_from).exists()


def next_waiting(*, apart_from: Collection[int] = ()) -> Delivery | None:
    """The oldest delivery that waits to be received and nobody is receiving."""
    # Its key stays free to be pointed at: how far it has come is noted on another
    # connection meanwhile.
    return (
        _waiting(apart_from)
        .select_for_update(skip_locked=True, no_key=True)
        .order_by("received_at", "pk")
        .first()
    )


def _waiting(apart_from: Collection[int]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.RECEIVED).exclude(
        pk__in=apart_from
    )


def iterate_parts(*, delivery_id: int) -> Iterator[bytes]:
    """The sealed pieces of a waiting body, one at a time."""
    parts = DeliveryPart.objects.filter(delivery_id=delivery_id)
    for number in range(parts.count()):
        yield bytes(parts.get(number=number).sealed)


@dataclass(frozen=True, kw_only=True)
class DeliverySummary:
    """One line of a force's feed: counts of each fate, share workable, delay."""

    public_id: UUID
    kind: DeliveryKind
    state: DeliveryState
    extract_id: str
    received_at: datetime
    rows: int
    accepted: int
    held: int
    rejected: int
    codes: dict[str, int]
    slowest_seconds: int | None
    refusal: str

    @property
    def share_workable(self) -> float | None:
        """Accepted rows as a share of all rows (0 to 1); none of an empty file."""
        return self.accepted / self.rows if self.rows else None


def list_deliveries(
    *, actor: Actor, sender_id: int, limit: int, offset: int = 0
) -> list[DeliverySummary]:
    """A force's deliveries, newest first. One statement."""
    rows = Delivery.objects.filter(sender_id=sender_id).order_by("-received_at", "-pk")
    return [_summary(row) for row in rows[offset : offset + limit]]


def list_sent_or_received(
    *, actor: Actor, limit: int, before: Delivery | None = None
) -> list[DeliverySummary]:
    """What the actor's agency sent or received, newest first. One statement.

    `before` is the delivery that the page before ended with.
    """
    parties = Q(sender_id=actor.agency_id) | Q(receiver_id=actor.agency_id)
    rows = Delivery.objects.filter(parties).order_by("-received_at", "-pk")
    if before:
        same_time = Q(received_at=before.received_at, pk__lt=before.pk)
        rows = rows.filter(Q(received_at__lt=before.received_at) | same_time)
    return [_summary(row) for row in rows[:limit]]


def count_deliveries(*, actor: Actor, sender_id: int) -> int:
    """How many deliveries of a force the actor may see."""
    return Delivery.objects.filter(sender_id=sender_id).count()


def _summary(row: Delivery) -> DeliverySummary:
    return DeliverySummary(
        public_id=row.public_id,
        kind=DeliveryKind(row.kind),
        state=DeliveryState(row.state),
        extract_id=row.extract_id,
        received_at=row.received_at,
        rows=row.rows,
        accepted=row.accepted,
        held=row.held,
        rejected=row.rejected,
        codes=dict(row.codes),
        slowest_seconds=row.slowest_seconds,
        refusal=row.refusal,
    )


def summarise(delivery: Delivery) -> DeliverySummary:
    """The delivery as a line of its force's feed."""
    return _summary(delivery)
