"""From the bytes a force sends to supported victims, in one transaction.

A delivery is visible whole or not at all: everything from its first row to its
counts happens in one transaction, taken in pieces so that memory does not grow
with the file. A process killed anywhere inside leaves nothing.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from django.conf import settings
from django.db import connection, transaction

from alongside.care.intake import queries as intake
from alongside.care.intake.operations import deliveries
from alongside.care.intake.rules.head import find_head
from alongside.care.intake.rules.judging import judge
from alongside.care.intake.rules.progress import judge_progress
from alongside.care.intake.rules.reading import Extract, open_extract
from alongside.care.intake.types import (
    DeliveryKind,
    DeliveryReport,
    DeliveryState,
    ExtractHead,
    RawRow,
    ReadingContext,
    ReadRow,
    RowFault,
)
from alongside.care.linking.operations import arriving as linking
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.bulk import writing_behind
from alongside.foundation.lib.errors import NotAllowed
from alongside.foundation.lib.sealing import Sealer, derive_area_key
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import Feed
from alongside.foundation.reference import queries as reference
from alongside.foundation.reference.tables import OFFENCE_CODES
from alongside.walls.context import acting_as
from alongside.workflows.receiving.piece import Receiving
from alongside.workflows.receiving.take_in import take_in
from alongside.workflows.receiving.take_in_news import take_in_news
from alongside.workflows.receiving.who import Form, form_of

if TYPE_CHECKING:
    from alongside.care.intake.models import Delivery

# Rows worked at a time: enough to make each statement worth its while, few
# enough that memory stays flat.
PIECE = 5_000
HASH_BLOCK = 1 << 20

Progress = Callable[[int], None]
T = TypeVar("T")
JudgedRows = list[tuple[RawRow, ReadRow | RowFault]]
FormedRows = tuple[JudgedRows, dict[int, Form]]


def receive_file(
    *,
    path: Path,
    now: datetime,
    max_bytes: int,
    on_progress: Progress | None = None,
    actor: Actor | None = None,
    kind: DeliveryKind = DeliveryKind.REFERRALS,
) -> DeliveryReport:
    """Receive one file. The same file a second time changes nothing.

    `actor` is who sends it where that is not the installation's own operator: a
    force may only send its own. `on_progress` is told the rows done so far.

    Raises:
        FileRefused: the file cannot be taken; nothing is stored.
        UnknownForce: nothing is received from the force the file names.
        NotAllowed: the sender is not that force.
    """
    with path.open("rb") as source:
        return receive_source(
            source=source,
            now=now,
            max_bytes=max_bytes,
            on_progress=on_progress,
            actor=actor,
            kind=kind,
        )


def receive_source(
    *,
    source: BinaryIO,
    now: datetime,
    max_bytes: int,
    on_progress: Progress | None = None,
    actor: Actor | None = None,
    kind: DeliveryKind = DeliveryKind.REFERRALS,
) -> DeliveryReport:
    """Receive what a file holds that is open and seekable (see `receive_file`)."""
    extract = open_extract(source, kind=kind, max_bytes=max_bytes)
    head = find_head(extract.rows(), now=now)
    feed = organisations.get_feed(force_code=head.force_code)
    check_sender(actor, feed)
    receiver = accounts.get_receiver(agency_id=feed.receiver_id, now=now)
    arrival = describe_arrival(source, kind=kind, feed=feed, head=head)
    with acting_as(receiver), transaction.atomic():
        deliveries.one_at_a_time(actor=receiver, now=now)
        same = intake.find_same_bytes(
            sender_id=feed.sender_id, kind=arrival.kind, sha256=arrival.sha256
        )
        if same is not None and same.state == DeliveryState.VISIBLE:
            return intake.report_of(same, already_received=True)
        delivery = same or deliveries.begin_delivery(
            actor=receiver, now=now, arrival=arrival
        )
        return take_in_all(
            extract=extract,
            head=head,
            feed=feed,
            delivery=delivery,
            actor=receiver,
            now=now,
            on_progress=on_progress,
        )


def check_sender(actor: Actor | None, feed: Feed) -> None:
    """Let a force send its own feed only; the operator of the service any.

    Raises:
        NotAllowed: the actor is not the force the file names.
    """
    if actor is None:
        return
    permissions.check_has(actor, Permission.FEED_SEND)
    if actor.agency_id not in {feed.sender_id, feed.receiver_id}:
        raise NotAllowed("This file is another force's: you may send only your own")


def describe_arrival(
    source: BinaryIO, *, kind: DeliveryKind, feed: Feed, head: ExtractHead
) -> deliveries.Arrival:
    """Weigh and fingerprint what arrived."""
    source.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := source.read(HASH_BLOCK):
        digest.update(block)
        size += len(block)
    return deliveries.Arrival(
        kind=kind,
        sender_id=feed.sender_id,
        receiver_id=feed.receiver_id,
        sha256=digest.digest(),
        size=size,
        extract_id=head.extract_id,
    )


def take_in_all(
    *,
    extract: Extract,
    head: ExtractHead,
    feed: Feed,
    delivery: Delivery,
    actor: Actor,
    now: datetime,
    on_progress: Progress | None = None,
) -> DeliveryReport:
    """Work every row of a delivery and make it visible, in the open transaction."""
    key = derive_area_key(settings.AREA_MASTER_KEY, area_code=feed.area_code)
    receiving = Receiving(
        actor=actor,
        now=now,
        feed=feed,
        delivery=delivery,
        said_at=head.extracted_at,
        teams=feed.teams,
        sealer=Sealer(key),
        link_secret=key.key,
        workable_at=delivery.received_at,
        calendar=organisations.read_calendar(),
    )
    if extract.kind is DeliveryKind.REFERRALS:
        # Whoever is added by hand meanwhile would not see these, nor these them.
        linking.hold_register(actor=actor, now=now)
    _check_keys_at_once()
    done = 0
    earliest: datetime | None = None
    with writing_behind(), _collector_at_rest():
        for count, reported in _take_in_pieces(receiving, extract, head):
            done += count
            earliest = min(filter(None, (earliest, reported)), default=None)
            if on_progress:
                on_progress(done)
    finished = deliveries.finish_delivery(
        actor=actor,
        now=now,
        delivery=delivery,
        head=head,
        header=extract.header,
        rows=done,
        earliest_report=earliest,
    )
    return intake.report_of(finished)


def _take_in_pieces(
    receiving: Receiving, extract: Extract, head: ExtractHead
) -> Iterator[tuple[int, datetime | None]]:
    """Work the rows piece by piece; says how many rows each piece had, and when
    the earliest report in it was made.
    """
    if extract.kind is DeliveryKind.PROGRESS:
        messages = ((raw, judge_progress(raw, head=head)) for raw in extract.rows())
        for news in _ahead(_pieces(messages, PIECE)):
            take_in_news(receiving, news)
            yield len(news), None
        return
    context = reading_context(head=head, feed=receiving.feed, now=receiving.now)
    judged = ((raw, judge(raw, context)) for raw in extract.rows())
    pieces = _pieces(judged, PIECE)
    for piece, forms in _ahead(_with_forms(pieces, receiving.link_secret)):
        take_in(receiving, piece, forms)
        reports = (row.reported_at for _, row in piece if isinstance(row, ReadRow))
        yield len(piece), min(reports, default=None)


def _with_forms(pieces: Iterable[JudgedRows], secret: bytes) -> Iterator[FormedRows]:
    """Each piece with the people of its rows as they are compared, by row number."""
    for piece in pieces:
        yield (
            piece,
            {
                raw.number: form_of(row, secret=secret)
                for raw, row in piece
                if isinstance(row, ReadRow)
            },
        )


def _pieces(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(rows)
    while piece := list(islice(iterator, size)):
        yield piece


def _ahead(pieces: Iterator[T]) -> Iterator[T]:
    """The same pieces, each read while the one before it is being stored.

    Reading, judging and bringing people to their standard form touch no database, so a
    second thread may do them while this one waits for it.
    """
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = reader.submit(next, pieces, None)
            yield piece


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Spare the many small things of a piece the search for rings among them.

    There are none left at the end of a piece; the search takes a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _check_keys_at_once() -> None:
    """Check foreign keys as rows are put in: they are put in parents first, and
    a list of checks to make at the end would grow with the file."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def reading_context(*, head: ExtractHead, feed: Feed, now: datetime) -> ReadingContext:
    """What the rows of a delivery are judged against."""
    places = reference.get_geography(feed.district_codes)
    return ReadingContext(
        head=head,
        now=now,
        offence_codes=OFFENCE_CODES,
        excluded_offences=intake.list_excluded_offences(area_id=feed.area_id),
        in_area=places.in_area,
        elsewhere=places.elsewhere,
        outwards=places.outwards,
    )
