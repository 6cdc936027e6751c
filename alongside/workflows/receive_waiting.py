"""Deliveries that wait: a force sends a body, and a worker receives it later.

What is wrong with the file as a whole is said at once, while the force listens; a
body that passes is kept in sealed parts until a worker has received it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from alongside.care.intake import queries as intake
from alongside.care.intake.operations import deliveries
from alongside.care.intake.rules.head import find_head
from alongside.care.intake.rules.reading import open_extract
from alongside.care.intake.types import DeliveryKind, DeliveryReport
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.beside import BESIDE
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.sealing import Sealer, derive_area_key
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as
from alongside.workflows.receive_delivery import (
    check_sender,
    describe_arrival,
    take_in_all,
)

if TYPE_CHECKING:
    from alongside.care.intake.models import Delivery

PART_BYTES = 1 << 20
# How long a delivery that failed is left alone: doubled each time, up to the longest.
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)


def queue_delivery(
    *,
    source: BinaryIO,
    kind: DeliveryKind,
    actor: Actor,
    now: datetime,
    max_bytes: int,
) -> DeliveryReport:
    """Look a whole body over and keep it until a worker receives it.

    `source` is seekable and stays the caller's. The same bytes a second time change
    nothing: the report is that of the delivery they made.

    Raises:
        FileRefused: the body cannot be taken; nothing is stored.
        UnknownForce: nothing is received from the force the body names.
        NotAllowed: the actor is not that force.
    """
    extract = open_extract(source, kind=kind, max_bytes=max_bytes)
    head = find_head(extract.rows(), now=now)
    feed = organisations.get_feed(force_code=head.force_code)
    check_sender(actor, feed)
    arrival = describe_arrival(source, kind=kind, feed=feed, head=head)
    with acting_as(actor), transaction.atomic():
        same = _find_same(arrival)
        if same is not None:
            return intake.report_of(same, already_received=True)
        try:
            with transaction.atomic():
                delivery = deliveries.begin_delivery(
                    actor=actor, now=now, arrival=arrival
                )
        except IntegrityError:
            # Sent twice at once: the other one was first.
            same = _find_same(arrival)
            if same is None:
                raise
            return intake.report_of(same, already_received=True)
        deliveries.keep_parts(
            actor=actor,
            now=now,
            delivery=delivery,
            parts=_seal(source, delivery.public_id, _sealer(feed.area_code)),
        )
        return intake.report_of(delivery)


class Troubles:
    """Deliveries that failed, and until when each is left alone.

    What one worker knows of its own faults: a delivery that keeps failing must not
    keep those behind it waiting.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[timedelta, datetime]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def note(self, delivery_id: int, *, now: datetime) -> None:
        """One has failed: leave it alone, twice as long as the last time."""
        last, _ = self._known.get(delivery_id, (FIRST_WAIT / 2, now))
        wait = min(last * 2, LONGEST_WAIT)
        self._known[delivery_id] = (wait, now + wait)

    def forget(self, delivery_id: int) -> None:
        """One has been settled."""
        self._known.pop(delivery_id, None)

    def list_resting(self, *, now: datetime) -> list[int]:
        """Those to leave alone now."""
        return [key for key, (_, until) in self._known.items() if now < until]


def receive_next(
    *, now: datetime, troubles: Troubles | None = None
) -> DeliveryReport | None:
    """Receive the delivery that has waited longest in some area; None if none waits.

    One that turns out bad is refused with the reason, and its body forgotten. Ended
    anywhere inside, this leaves the delivery waiting; `troubles` remembers it.
    """
    known = Troubles() if troubles is None else troubles
    for area_code, receiver in _list_receivers(now):
        with acting_as(receiver):
            report = _receive_next_of(area_code, receiver, now, known)
        if report is not None:
            return report
    return None


def _find_same(arrival: deliveries.Arrival) -> Delivery | None:
    return intake.find_same_bytes(
        sender_id=arrival.sender_id, kind=arrival.kind, sha256=arrival.sha256
    )


def _sealer(area_code: str) -> Sealer:
    return Sealer(derive_area_key(settings.AREA_MASTER_KEY, area_code=area_code))


def _seal(source: BinaryIO, public_id: UUID, sealer: Sealer) -> Iterator[bytes]:
    source.seek(0)
    number = 0
    while part := source.read(PART_BYTES):
        yield sealer.seal(part, label=_part_label(public_id, number))
        number += 1


def _part_label(public_id: UUID, number: int) -> bytes:
    """What a part is bound to: it opens nowhere else."""
    return f"delivery {public_id} part {number}".encode()


def _list_receivers(now: datetime) -> Iterator[tuple[str, Actor]]:
    """Each service's area code and feed receiver, where it has one."""
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        try:
            receiver = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        except NotFound:
            continue
        yield agency.area_code, receiver


def _receive_next_of(
    area_code: str, receiver: Actor, now: datetime, troubles: Troubles
) -> DeliveryReport | None:
    resting = troubles.list_resting(now=now)
    # Most looks find nothing: they need not wait for whoever is receiving.
    with transaction.atomic():
        if not intake.is_any_waiting(apart_from=resting):
            return None
    with transaction.atomic():
        deliveries.one_at_a_time(actor=receiver, now=now)
        delivery = intake.next_waiting(apart_from=resting)
        if delivery is None:
            return None
        try:
            report = _receive(delivery, area_code, receiver, now)
        except Exception:
            troubles.note(delivery.pk, now=now)
            raise
        troubles.forget(delivery.pk)
        return report


def _receive(
    delivery: Delivery, area_code: str, receiver: Actor, now: datetime
) -> DeliveryReport:
    try:
        with transaction.atomic(), _spooled(delivery, area_code) as source:
            return _take_in(source, delivery, receiver, now)
    except DomainError as refusal:
        refused = deliveries.refuse_delivery(
            actor=receiver,
            now=now,
            delivery=delivery,
            refusal=refusal.user_message,
        )
        return intake.report_of(refused)


@contextmanager
def _spooled(delivery: Delivery, area_code: str) -> Iterator[BinaryIO]:
    """The body as one file that has no name, so that it ends with the process."""
    sealer = _sealer(area_code)
    with tempfile.TemporaryFile() as file:
        parts = intake.iterate_parts(delivery_id=delivery.pk)
        for number, sealed in enumerate(parts):
            label = _part_label(delivery.public_id, number)
            file.write(sealer.open(sealed, label=label))
        file.seek(0)
        yield cast(BinaryIO, file)


def _take_in(
    source: BinaryIO, delivery: Delivery, receiver: Actor, now: datetime
) -> DeliveryReport:
    # The limit was kept when the body came.
    extract = open_extract(
        source, kind=DeliveryKind(delivery.kind), max_bytes=delivery.bytes
    )
    head = find_head(extract.rows(), now=now)

    def note(rows_done: int) -> None:
        deliveries.note_progress(
            actor=receiver,
            now=now,
            delivery=delivery,
            rows_done=rows_done,
            using=BESIDE,
        )

    return take_in_all(
        extract=extract,
        head=head,
        feed=organisations.get_feed(force_code=head.force_code),
        delivery=delivery,
        actor=receiver,
        now=now,
        on_progress=note,
    )
