"""What a worker writes down of a journey: what happened, what was wrong, who was
told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.intake.rules.progress import is_before
from alongside.care.journey import operations as journey
from alongside.care.journey import queries
from alongside.care.journey.operations import tellings, untelling
from alongside.care.journey.queries import EventLine
from alongside.care.journey.tables import EVENTS, details_of
from alongside.care.journey.types import DutyHolder, KeptEvent, OwnEvent
from alongside.care.journey.types.matters import EventMatter, KnownEvent
from alongside.care.telling.operations.untold import note_not_told
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.hashes import hash_text
from alongside.workflows.never_so import have_it_unsaid
from alongside.workflows.receiving import happenings, outcomes
from alongside.workflows.receiving.happenings import BY_HAND, Addition

MOST_EVENTS = 2000
MOMENT = timedelta(minutes=1)  # what is written down to the minute


class TimeImpossible(DomainError):
    user_message = "Enter a time between the crime and now"


class ReceivedImpossible(DomainError):
    user_message = "Enter a time that is not later than now"


class DetailNeeded(DomainError):
    """`field` is the detail that is missing."""

    user_message = "Answer this too"

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


class WhyNeeded(DomainError):
    user_message = "Say why it is corrected"


class WrittenAlready(DomainError):
    user_message = "This is written down already, exactly so"


class ToldAlready(WrittenAlready):
    user_message = (
        "The police have told us this already. Correct what they told us if it is wrong"
    )


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody writes down.

    Without a suspect or an offence it concerns every matter of the victimisation.
    `received_at` is when the body that owes the news of it got it.
    """

    victimisation_id: int
    event: str
    suspect_ref: str
    offence_code: str
    occurred_at: datetime
    received_at: datetime
    detail: Mapping[str, object]


@transaction.atomic
def record_event(*, actor: Actor, now: datetime, case_id: UUID, entry: Entry) -> UUID:
    """Write down that something happened. Says what the event is called.

    Raises:
        NotAllowed, NotFound: the actor may not, or the crime is none of the case.
        TimeImpossible, ReceivedImpossible, DetailNeeded, WrittenAlready: something is
            missing or cannot be.
    """
    journal = _open(actor, case_id, entry.victimisation_id)
    _check(entry, journal.victim, now)
    event = _event(entry, _key(actor, now))
    addition = Addition(event, journal.victim, source=BY_HAND)
    if outcomes.is_told(addition, journal.known.get(event.victimisation_id, ())):
        raise ToldAlready
    return _keep(actor, now, journal, addition)


@transaction.atomic
def correct_event(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    entry: Entry,
    why: str,
) -> UUID:
    """Write down what really happened, in the place of what was written. The old is
    kept, and says why. Its promises go over to the new, or are owed no more.

    Raises:
        As `record_event`; NotFound too where the event was corrected already;
        WhyNeeded.
    """
    old = _find(actor, case_id, event_id)
    journal = _open(actor, case_id, old.victimisation_id)
    if not why.strip():
        raise WhyNeeded
    entry = replace(entry, victimisation_id=old.victimisation_id)
    _check(entry, journal.victim, now)
    event = _event(entry, _key(actor, now), instead_of=old)
    return _keep(actor, now, journal, _instead(event, journal, old, why))


@transaction.atomic
def take_back(
    *, actor: Actor, now: datetime, case_id: UUID, event_id: UUID, why: str
) -> UUID:
    """Say that something did not happen. It is kept, and says why it does not count.
    Whoever was told of it is to be told that it was not so.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is none of the case that counts.
        WhyNeeded: it is not said why.
    """
    old = _find(actor, case_id, event_id)
    journal = _open(actor, case_id, old.victimisation_id)
    if not why.strip():
        raise WhyNeeded
    entry = Entry(
        victimisation_id=old.victimisation_id,
        event=OwnEvent.TAKEN_BACK,
        suspect_ref="",
        offence_code="",
        occurred_at=old.occurred_at,
        received_at=old.received_at,
        detail={},
    )
    event = _event(entry, _key(actor, now), instead_of=old)
    instead = _keep(actor, now, journal, _instead(event, journal, old, why))
    have_it_unsaid(actor=actor, now=now, case_id=case_id, event=old)
    return instead


@transaction.atomic
def tell(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    told_at: datetime,
    told_by: DutyHolder,
    how: str,
    evidence: str,
) -> None:
    """Write down that the person was told of an event (see `record_telling`)."""
    event = _find(actor, case_id, event_id)
    tellings.record_telling(
        actor=actor,
        now=now,
        case_id=case_id,
        event_ids=[event.event_id],
        told_at=told_at,
        told_by=told_by,
        how=how,
        evidence=evidence,
    )


@transaction.atomic
def take_back_telling(
    *, actor: Actor, now: datetime, case_id: UUID, telling_id: int, why: str
) -> None:
    """Say that the person was not told after all (see `untelling`). An update that was
    sent to tell them is offered to a worker again."""
    events = untelling.take_back_telling(
        actor=actor, now=now, case_id=case_id, telling_id=telling_id, why=why
    )
    note_not_told(actor=actor, now=now, case_id=case_id, event_ids=events)


@dataclass(frozen=True, slots=True)
class _Journal:
    """A victimisation of a case and what is known of it."""

    case_id: UUID
    victim: EventMatter
    known: dict[int, list[KnownEvent]]


def _open(actor: Actor, case_id: UUID, victimisation_id: int) -> _Journal:
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    victims = queries.find_victims(victimisation_ids=[victimisation_id])
    victim = victims.get(victimisation_id)
    if victim is None or victim.case_id != case.pk:
        raise NotFound("We could not find that crime in this case")
    known = queries.list_known(victimisation_ids=[victimisation_id])
    return _Journal(case_id, victim, known)


def _find(actor: Actor, case_id: UUID, event_id: UUID) -> EventLine:
    """The event, its case held: of two who correct it at once one comes too late."""
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    crimes = casework.list_crimes(case_ids=[case.pk])
    events = queries.list_events(
        victimisation_ids=[crime.victimisation_id for crime in crimes],
        limit=MOST_EVENTS,
    )
    for event in events:
        if event.public_id == event_id and event.superseded_by is None:
            return event
    raise NotFound("We could not find that in this case, or it was corrected already")


def _check(entry: Entry, victim: EventMatter, now: datetime) -> None:
    if entry.event not in EVENTS or entry.event == OwnEvent.TAKEN_BACK:
        raise NotFound("We could not find that kind of event")
    if entry.occurred_at > now + MOMENT or is_before(
        entry.occurred_at, victim.crime_from
    ):
        raise TimeImpossible
    if entry.received_at > now + MOMENT:
        raise ReceivedImpossible
    for row in details_of(entry.event):
        if row.needed and not entry.detail.get(row.code):
            raise DetailNeeded(row.code, f"Answer “{row.label}”")


def _key(actor: Actor, now: datetime) -> int:
    (key,) = journey.take_event_ids(actor=actor, now=now, count=1)
    return key


def _event(
    entry: Entry, event_id: int, *, instead_of: EventLine | None = None
) -> KeptEvent:
    detail = {name: value for name, value in entry.detail.items() if value}
    said = (
        *(BY_HAND, entry.event, entry.suspect_ref, entry.offence_code),
        *(entry.occurred_at.isoformat(), json.dumps(detail, sort_keys=True)),
        str(instead_of.public_id) if instead_of else "",
    )
    return KeptEvent(
        event_id=event_id,
        victimisation_id=entry.victimisation_id,
        row_id=None,
        event=entry.event,
        suspect_ref=entry.suspect_ref,
        occurred_at=entry.occurred_at,
        received_at=entry.received_at,
        detail=detail,
        content_hash=hash_text(said),
        offence_code=entry.offence_code,
    )


def _instead(event: KeptEvent, journal: _Journal, old: EventLine, why: str) -> Addition:
    """What stands in the place of an event from now on, and why."""
    return Addition(
        event,
        journal.victim,
        source=BY_HAND,
        replaces=[old.event_id],
        why=why.strip(),
    )


def _keep(actor: Actor, now: datetime, journal: _Journal, addition: Addition) -> UUID:
    event, case_id = addition.event, journal.case_id
    known = journal.known.get(event.victimisation_id, [])
    if any(one.happened.content_hash == event.content_hash for one in known):
        raise WrittenAlready
    happenings.keep_all(
        actor=actor,
        now=now,
        additions=[addition],
        known=journal.known,
        by_hand=True,
    )
    touch(actor=actor, now=now, case=casework.get_case(actor=actor, public_id=case_id))
    corrects = bool(addition.replaces)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.EVENT_CORRECTED if corrects else AuditAction.EVENT_RECORDED,
        subject=Subject(kind="case", public_id=case_id),
        purpose=event.event,
    )
    return queries.get_public_id(event_id=event.event_id)
