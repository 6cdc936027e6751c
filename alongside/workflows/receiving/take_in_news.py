"""Taking in one piece of a delivery of progress messages."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from alongside.care.casework.operations import arrivals
from alongside.care.intake.operations import referrals
from alongside.care.intake.rules.deciding import crime_key
from alongside.care.intake.rules.progress import is_before
from alongside.care.intake.types import FATE_OF, Code, ProgressRow, RawRow, RowFault
from alongside.care.journey import operations as journey
from alongside.care.journey import queries as matters
from alongside.care.journey.operations import matters as keeping
from alongside.care.journey.types.matters import EventMatter, KnownEvent
from alongside.workflows.receiving import happenings, outcomes
from alongside.workflows.receiving.happenings import Addition
from alongside.workflows.receiving.messages import as_event, message_of
from alongside.workflows.receiving.piece import Receiving
from alongside.workflows.receiving.take_in import row_label

WAITING_WORDS = "No referral has been received for this crime yet: it waits for one"
BEFORE = RowFault("occurred_at", "is before the crime")


@dataclass(slots=True)
class _News:
    """One message, whom it concerns and what becomes of it."""

    raw: RawRow
    read: ProgressRow | RowFault
    code: Code
    concerns: Sequence[EventMatter] = ()


@dataclass(slots=True)
class _Told:
    """What is known of those whom a piece of messages concerns."""

    by_crime: dict[UUID, list[EventMatter]]
    known: dict[int, list[KnownEvent]]
    seen: set[tuple[int, UUID]] = field(default_factory=set)


def take_in_news(
    receiving: Receiving, rows: Sequence[tuple[RawRow, ProgressRow | RowFault]]
) -> None:
    """Decide and keep some messages, in the delivery's transaction."""
    actor, now = receiving.actor, receiving.now
    told = _ask(receiving, rows)
    news = [_decide(told, raw, read) for raw, read in rows]
    row_ids = referrals.take_row_ids(actor=actor, now=now, count=len(news))
    numbered = list(zip(news, row_ids, strict=True))
    count = sum(len(one.concerns) for one in news)
    ids = iter(journey.take_event_ids(actor=actor, now=now, count=count))
    referrals.keep_rows(
        actor=actor,
        now=now,
        delivery=receiving.delivery,
        rows=(_row(receiving, one, row_id) for one, row_id in numbered),
    )
    additions = list(_additions(numbered, ids, told))
    happenings.keep_all(actor=actor, now=now, additions=additions, known=told.known)
    _wait(receiving, numbered)
    touched = {one.matter.case_id for one in additions}
    arrivals.touch_cases(actor=actor, now=now, case_ids=sorted(filter(None, touched)))


def _ask(
    receiving: Receiving, rows: Sequence[tuple[RawRow, ProgressRow | RowFault]]
) -> _Told:
    keys = sorted({_key(read) for _, read in rows if isinstance(read, ProgressRow)})
    arrivals.hold_cases(actor=receiving.actor, now=receiving.now, crime_keys=keys)
    found = matters.find_event_matters(crime_keys=keys)
    ids = [matter.victimisation_id for group in found.values() for matter in group]
    known = matters.list_known(victimisation_ids=ids)
    seen = {
        (victimisation_id, one.happened.content_hash)
        for victimisation_id, events in known.items()
        for one in events
    }
    return _Told(found, known, seen)


def _decide(told: _Told, raw: RawRow, read: ProgressRow | RowFault) -> _News:
    if isinstance(read, RowFault):
        return _News(raw, read, Code.BAD_ROW)
    concerned = told.by_crime.get(_key(read), [])
    if not concerned:
        return _News(raw, read, Code.WAITING_FOR_REFERRAL)
    able = [m for m in concerned if not is_before(read.occurred_at, m.crime_from)]
    if not able:
        return _News(raw, BEFORE, Code.BAD_ROW)
    marks = {(m.victimisation_id, read.content_hash): m for m in able}
    fresh = [m for mark, m in marks.items() if mark not in told.seen]
    told.seen.update(marks)
    return _News(raw, read, Code.CREATED if fresh else Code.UNCHANGED, fresh)


def _key(read: ProgressRow) -> UUID:
    return crime_key(read.force_code, read.source_system, read.crime_ref)


def _additions(
    numbered: Sequence[tuple[_News, int]], ids: Iterator[int], told: _Told
) -> Iterator[Addition]:
    """The events to keep. What an outcome code said of the same news makes way."""
    gone: dict[int, set[int]] = defaultdict(set)
    for one, row_id in numbered:
        if not isinstance(one.read, ProgressRow):
            continue
        message = message_of(one.read, row_id)
        for matter in one.concerns:
            addition = Addition(as_event(message, matter, next(ids)), matter)
            taken = gone[matter.victimisation_id]
            known = told.known.get(matter.victimisation_id, ())
            outcomes.make_way(
                addition, [k for k in known if k.happened.event_id not in taken]
            )
            taken.update(addition.replaces)
            yield addition


def _wait(receiving: Receiving, numbered: Sequence[tuple[_News, int]]) -> None:
    keeping.keep_waiting(
        actor=receiving.actor,
        now=receiving.now,
        sender_id=receiving.feed.sender_id,
        messages=[
            keeping.NewWaiting(
                row_id=row_id,
                crime_key=_key(one.read),
                crime_ref=one.read.crime_ref,
                suspect_ref=one.read.suspect_ref,
                event=one.read.event,
                occurred_at=one.read.occurred_at,
                received_at=one.read.received_at,
                detail=dict(one.read.detail),
                content_hash=one.read.content_hash,
            )
            for one, row_id in numbered
            if one.code is Code.WAITING_FOR_REFERRAL
            and isinstance(one.read, ProgressRow)
        ],
    )


def _row(receiving: Receiving, one: _News, row_id: int) -> referrals.NewRow:
    text = one.raw.text.encode("utf-8", "surrogatepass")
    fault = one.read if isinstance(one.read, RowFault) else None
    message = WAITING_WORDS if one.code is Code.WAITING_FOR_REFERRAL else ""
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
