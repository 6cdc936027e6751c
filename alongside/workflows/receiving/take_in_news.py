"""Taking in one piece of a delivery of progress messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from alongside.care.casework.operations import arrivals
from alongside.care.intake.operations import referrals
from alongside.care.intake.rules.deciding import crime_key
from alongside.care.intake.types import FATE_OF, Code, ProgressRow, RawRow, RowFault
from alongside.care.journey import operations as journey
from alongside.care.journey import queries as matters
from alongside.care.journey.queries import EventMatter
from alongside.care.journey.types import KeptEvent
from alongside.workflows.receiving.event_clocks import event_clocks
from alongside.workflows.receiving.piece import Receiving
from alongside.workflows.receiving.take_in import row_label

SOURCE = "police feed"
UNKNOWN_WORDS = "No referral has been received for this crime"


@dataclass(slots=True)
class _News:
    """One message, whom it concerns and what becomes of it."""

    raw: RawRow
    read: ProgressRow | RowFault
    code: Code
    concerns: Sequence[EventMatter] = ()


def take_in_news(
    receiving: Receiving, rows: Sequence[tuple[RawRow, ProgressRow | RowFault]]
) -> None:
    """Decide and keep some messages, in the delivery's transaction."""
    actor, now = receiving.actor, receiving.now
    news = _decide(rows)
    row_ids = referrals.take_row_ids(actor=actor, now=now, count=len(news))
    referrals.keep_rows(
        actor=actor,
        now=now,
        delivery=receiving.delivery,
        rows=(
            _row(receiving, one, row_id)
            for one, row_id in zip(news, row_ids, strict=True)
        ),
    )
    pairs = [
        (one.read, row_id, matter)
        for one, row_id in zip(news, row_ids, strict=True)
        if isinstance(one.read, ProgressRow)
        for matter in one.concerns
    ]
    ids = journey.take_event_ids(actor=actor, now=now, count=len(pairs))
    events = [
        (_event(event_id, row_id, read, matter), matter)
        for event_id, (read, row_id, matter) in zip(ids, pairs, strict=True)
    ]
    journey.add_events(
        actor=actor, now=now, source=SOURCE, events=[event for event, _ in events]
    )
    journey.start_clocks(
        actor=actor,
        now=now,
        clocks=[c for event, matter in events for c in event_clocks(event, matter)],
    )
    touched = {matter.case_id for _, matter in events if matter.case_id is not None}
    arrivals.touch_cases(actor=actor, now=now, case_ids=sorted(touched))


def _decide(rows: Sequence[tuple[RawRow, ProgressRow | RowFault]]) -> list[_News]:
    found = matters.find_event_matters(
        crime_keys=list(
            {_key(read) for _, read in rows if isinstance(read, ProgressRow)}
        )
    )
    ids = [matter.victimisation_id for group in found.values() for matter in group]
    seen = matters.find_known_events(victimisation_ids=ids)
    news = []
    for raw, read in rows:
        if isinstance(read, RowFault):
            news.append(_News(raw, read, Code.BAD_ROW))
            continue
        concerned = found.get(_key(read), [])
        fresh = [
            matter
            for matter in concerned
            if (matter.victimisation_id, read.content_hash) not in seen
        ]
        seen.update((matter.victimisation_id, read.content_hash) for matter in fresh)
        if not concerned:
            news.append(_News(raw, read, Code.UNKNOWN_RECORD))
        else:
            code = Code.CREATED if fresh else Code.UNCHANGED
            news.append(_News(raw, read, code, fresh))
    return news


def _key(read: ProgressRow) -> UUID:
    return crime_key(read.force_code, read.source_system, read.crime_ref)


def _event(
    event_id: int, row_id: int, read: ProgressRow, matter: EventMatter
) -> KeptEvent:
    return KeptEvent(
        event_id=event_id,
        victimisation_id=matter.victimisation_id,
        row_id=row_id,
        event=read.event,
        suspect_ref=read.suspect_ref,
        occurred_at=read.occurred_at,
        received_at=read.received_at,
        detail=dict(read.detail),
        content_hash=read.content_hash,
    )


def _row(receiving: Receiving, one: _News, row_id: int) -> referrals.NewRow:
    text = one.raw.text.encode("utf-8", "surrogatepass")
    fault = one.read if isinstance(one.read, RowFault) else None
    message = UNKNOWN_WORDS if one.code is Code.UNKNOWN_RECORD else ""
    return referrals.NewRow(
        row_id=row_id,
        number=one.raw.number,
        sealed=receiving.sealer.seal(text, label=row_label(row_id)),
        sha256=sha256(text).digest(),
        fate=FATE_OF[one.code],
        code=one.code,
        codes=(),
        fault_column=fault.column if fault else "",
        message=f"{fault.column}: {fault.reason}" if fault else message,
        referral_id=None,
    )
