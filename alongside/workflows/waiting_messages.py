"""Messages that wait for their referral: whom they may be about, and applying them.

Somebody who came by themselves may have given the crime's number. That alone is no
proof: numbers are mistyped, and a suspect knows theirs. So a worker who knows the case
says that it is their crime, and then what waits is told of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import arrivals
from alongside.care.intake.rules.progress import is_before
from alongside.care.journey import operations as journey
from alongside.care.journey import queries
from alongside.care.journey.operations import matters, waiting
from alongside.care.journey.queries import GivenBy, WaitingLine
from alongside.care.journey.types.matters import EventMatter, KnownEvent, Message
from alongside.care.people import queries as people
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as
from alongside.workflows.receiving import happenings, outcomes
from alongside.workflows.receiving.happenings import FEED, Addition
from alongside.workflows.receiving.journeys import BEFORE
from alongside.workflows.receiving.messages import as_event

LONG, OURS, REFUSED = "long", "ours", "refused"
MOST = 10_000


class NotTheirCrime(DomainError):
    user_message = (
        "The force suspects this person of that crime: its news cannot be theirs as a"
        " victim. Ask a supervisor"
    )


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Messages that wait, and who gave the number of their crime, by the number."""

    lines: tuple[WaitingLine, ...]
    given: Mapping[str, Sequence[GivenBy]]
    now: datetime

    def is_long(self, line: WaitingLine) -> bool:
        """Whether somebody must look at it."""
        waited = self.now - line.waits_since
        return line.looked_at is None and waited >= waiting.LOOK_AFTER


@dataclass(frozen=True, kw_only=True)
class OneWaiting:
    """One message that waits, and who gave the number of its crime, by name."""

    line: WaitingLine
    given: tuple[tuple[GivenBy, str], ...]
    is_long: bool


def read_waiting(
    *, actor: Actor, now: datetime, show: str = "", start: int, limit: int
) -> Waiting:
    """Messages that wait, the oldest first. Two statements.

    `show` narrows them: `long` to those that somebody must look at, `ours` to those
    whose crime a case here names, `refused` to those that could not be applied.
    """
    narrowed = show == OURS
    lines = queries.list_waiting(
        actor=actor,
        start=0 if narrowed else start,
        limit=MOST if narrowed else limit,
        since_before=now - waiting.LOOK_AFTER if show == LONG else None,
        refused=show == REFUSED,
    )
    given = queries.find_given(
        actor=actor, crime_refs=sorted({line.crime_ref for line in lines})
    )
    if narrowed:
        lines = [line for line in lines if given[line.crime_ref]]
        lines = lines[start : start + limit]
    return Waiting(lines=tuple(lines), given=given, now=now)


def read_one(*, actor: Actor, now: datetime, message_id: UUID) -> OneWaiting:
    """One message, and who gave its crime's number. Three statements; a look at names.

    Raises:
        NotFound: it does not wait here any more.
    """
    line = queries.get_waiting(actor=actor, message_id=message_id)
    found = queries.find_given(actor=actor, crime_refs=[line.crime_ref])
    given = found[line.crime_ref]
    labels = people.open_labels(
        person_ids=[one.person_key for one in given],
        purpose="message that waits",
        now=now,
    )
    whole = Waiting(lines=(line,), given=found, now=now)
    return OneWaiting(
        line=line,
        given=tuple((one, labels[one.person_key].name) for one in given),
        is_long=whole.is_long(line),
    )


@transaction.atomic
def apply_to(*, actor: Actor, now: datetime, message_id: UUID, case_id: UUID) -> int:
    """Say that a case is about the crime of a message, and tell it all that waits for
    that crime. How many messages were applied.

    From then on news of the crime finds the case by itself. What is said to have
    happened before the crime stays, and says so.

    Raises:
        NotAllowed, NotFound: the actor may not, or the case does not name the crime.
        NotTheirCrime: the force suspects the person of it.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    line = queries.get_waiting(actor=actor, message_id=message_id)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    found = queries.find_given(actor=actor, crime_refs=[line.crime_ref])
    given = [one for one in found[line.crime_ref] if one.case_key == case.pk]
    if case.agency_id != actor.agency_id or not given:
        raise NotFound("We could not find that crime in this case")
    _check_not_suspected(actor, now, given[0], line.crime_ref)
    for one in given:
        arrivals.name_crime(
            actor=actor,
            now=now,
            victimisation_id=one.victimisation_id,
            crime_key=line.crime_key,
        )
    applied = _tell(actor, now, given, line.crime_key)
    arrivals.touch_cases(actor=actor, now=now, case_ids=[case.pk])
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.MESSAGES_APPLIED,
        subject=Subject(kind="case", public_id=case_id),
        purpose=str(message_id),
    )
    return applied


def tell_everywhere(*, now: datetime) -> int:
    """Tell each service's supervisors of messages that have waited for long."""
    told = 0
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        with acting_as(actor), transaction.atomic():
            told += waiting.tell_of_waiting(actor=actor, now=now)
    return told


def _check_not_suspected(
    actor: Actor, now: datetime, given: GivenBy, crime_ref: str
) -> None:
    receiver = accounts.get_receiver(agency_id=actor.agency_id, now=now)
    with acting_as(receiver):
        suspects = casework.find_suspects(crime_ref=crime_ref)
    if given.person_key in suspects:
        raise NotTheirCrime


def _tell(
    actor: Actor, now: datetime, given: Sequence[GivenBy], crime_key: UUID
) -> int:
    """Keep what waits as events of these parts in the crime."""
    keys = [one.victimisation_id for one in given]
    messages = queries.find_messages(crime_keys=[crime_key], source=FEED)
    victims = queries.find_victims(victimisation_ids=keys)
    known = queries.list_known(victimisation_ids=keys)
    seen = {
        (key, one.happened.content_hash)
        for key, events in known.items()
        for one in events
    }
    pairs: list[tuple[Message, EventMatter]] = []
    applied, early = set(), set()
    for message in messages.get(crime_key, ()):
        for one in given:
            begun = one.occurred_from
            if begun is not None and is_before(message.occurred_at, begun):
                early.add(message.waiting_id)
                continue
            applied.add(message.waiting_id)
            if (one.victimisation_id, message.content_hash) not in seen:
                seen.add((one.victimisation_id, message.content_hash))
                pairs.append((message, victims[one.victimisation_id]))
    _keep(actor, now, pairs, known)
    gone = sorted(key for key in applied if key is not None)
    matters.let_go(actor=actor, now=now, waiting_ids=gone)
    matters.refuse_waiting(
        actor=actor,
        now=now,
        waiting_ids=sorted(key for key in early - applied if key is not None),
        why=BEFORE,
    )
    return len(gone)


def _keep(
    actor: Actor,
    now: datetime,
    pairs: Sequence[tuple[Message, EventMatter]],
    known: Mapping[int, Sequence[KnownEvent]],
) -> None:
    """Keep messages as events. What a worker wrote down of the same makes way."""
    ids = journey.take_event_ids(actor=actor, now=now, count=len(pairs))
    gone: set[int] = set()
    additions = []
    for (message, victim), event_id in zip(pairs, ids, strict=True):
        addition = Addition(as_event(message, victim, event_id), victim)
        kept = known.get(victim.victimisation_id, ())
        outcomes.make_way(
            addition, [one for one in kept if one.happened.event_id not in gone]
        )
        gone.update(addition.replaces)
        additions.append(addition)
    happenings.keep_all(actor=actor, now=now, additions=additions, known=known)
