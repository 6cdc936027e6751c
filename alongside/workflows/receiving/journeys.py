"""The matters of referrals on their way in, and news that waited for them.

A fixed number of statements for a piece: what is to be known is asked before anything
is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from alongside.care.casework.operations import arrivals
from alongside.care.intake.rules.progress import is_before
from alongside.care.journey import operations as journey
from alongside.care.journey import queries
from alongside.care.journey.operations import matters
from alongside.care.journey.rules import first_stage
from alongside.care.journey.types.matters import (
    EventMatter,
    FirstMatter,
    KnownEvent,
    Message,
)
from alongside.workflows.receiving import happenings, outcomes
from alongside.workflows.receiving.happenings import FEED, Addition
from alongside.workflows.receiving.messages import as_event
from alongside.workflows.receiving.piece import Incoming, Receiving, Reception

BEFORE = "It is said to have happened before the crime"


@dataclass(slots=True)
class News:
    """What is known of the crimes and the people of a piece before it is written.

    `ids` are keys for the events that may follow from it: one for each message that
    somebody new may be concerned by, and one for each outcome.
    """

    messages: Mapping[UUID, Sequence[Message]] = field(default_factory=dict)
    known: Mapping[int, Sequence[KnownEvent]] = field(default_factory=dict)
    ids: Sequence[int] = ()


def find_news(receiving: Receiving, incoming: Sequence[Incoming]) -> News:
    """What waits for these referrals, and what was told of those known already."""
    stands = [one for one in incoming if _is_new(one) or _is_changed(one)]
    changed = [one.victimisation_id for one in stands if not _is_new(one)]
    keys = sorted({one.crime_key for one in stands})
    told = sorted({one.crime_key for one in stands if not _is_new(one)})
    actor, now = receiving.actor, receiving.now
    arrivals.hold_cases(actor=actor, now=now, crime_keys=told)
    messages = queries.find_messages(crime_keys=keys, source=FEED)
    count = sum(len(messages.get(one.crime_key, ())) for one in stands)
    count += sum(outcomes.says_anything(one.plan.row) for one in stands)
    return News(
        messages=messages,
        known=queries.list_known(victimisation_ids=changed) if changed else {},
        ids=journey.take_event_ids(actor=actor, now=now, count=count),
    )


def keep_journeys(
    receiving: Receiving,
    incoming: Sequence[Incoming],
    news: News,
    *,
    enhanced_cases: frozenset[int],
) -> None:
    """Give new victimisations their first matter, tell them what waited for them, and
    bring those whom the force has changed to where they stand now."""
    actor, now = receiving.actor, receiving.now
    victims = {
        one.victimisation_id: victim_of(one, enhanced=one.case_id in enhanced_cases)
        for one in incoming
        if _is_new(one) or _is_changed(one)
    }
    new = [victims[one.victimisation_id] for one in incoming if _is_new(one)]
    matters.add_first(actor=actor, now=now, matters=map(_first, new))
    additions = list(_additions(receiving, incoming, news, victims))
    happenings.keep_all(actor=actor, now=now, additions=additions, known=news.known)
    told = {one.matter.victimisation_id for one in additions}
    happenings.settle_matters(
        actor=actor,
        now=now,
        victims=[
            victims[one.victimisation_id]
            for one in incoming
            if _is_changed(one) and one.victimisation_id not in told
        ],
        events={key: happenings.counting(of) for key, of in news.known.items()},
    )
    _let_go(receiving, incoming, news, victims)


def keep_first(reception: Reception, one: Incoming) -> None:
    """Give somebody who was written down by hand their first matter."""
    matters.add_first(
        actor=reception.actor,
        now=reception.now,
        matters=[_first(victim_of(one, enhanced=False))],
    )


def victim_of(one: Incoming, *, enhanced: bool) -> EventMatter:
    """A referral as events of its crime concern it."""
    row = one.plan.row
    identity = row.identity
    return EventMatter(
        victimisation_id=one.victimisation_id,
        case_id=one.case_id,
        record_type=row.record_type,
        role=row.role,
        offence_code=row.offence_code,
        enhanced=enhanced,
        suspect_ref=row.suspect_ref,
        begins=first_stage(
            record_type=row.record_type,
            reported=bool(identity.force_code or identity.crime_ref),
        ),
        since=row.reported_at,
        crime_from=min(row.reported_at, row.occurred_from or row.reported_at),
    )


def _is_new(one: Incoming) -> bool:
    return one.new_matter and one.same_as_id is None


def _is_changed(one: Incoming) -> bool:
    return one.matter is not None and not one.withdrawn and one.same_as_id is None


def _first(victim: EventMatter) -> FirstMatter:
    return FirstMatter(
        victim.victimisation_id, victim.suspect_ref, victim.begins, victim.since
    )


def _additions(
    receiving: Receiving,
    incoming: Sequence[Incoming],
    news: News,
    victims: Mapping[int, EventMatter],
) -> Iterator[Addition]:
    ids = iter(news.ids)
    for one in incoming:
        victim = victims.get(one.victimisation_id)
        if victim is None or one.same_as_id is not None:
            continue
        known = list(news.known.get(one.victimisation_id, ()))
        for message in _untold(one, news, victim, known):
            event = as_event(message, victim, next(ids))
            known.append(KnownEvent(happenings.as_happened(event), FEED, True))
            addition = Addition(event, victim)
            outcomes.make_way(addition, known)
            yield addition
        if outcomes.says_anything(one.plan.row):
            told = outcomes.from_referral(
                one.plan.row,
                victim,
                known,
                event_id=next(ids),
                row_id=one.row_id,
                said_at=receiving.extracted_at,
            )
            if told is not None:
                yield told


def _untold(
    one: Incoming, news: News, victim: EventMatter, known: Sequence[KnownEvent]
) -> Iterator[Message]:
    """Messages of the crime that this person has not been told, and that can be."""
    seen = {event.happened.content_hash for event in known}
    for message in news.messages.get(one.crime_key, ()):
        if message.content_hash not in seen and not is_before(
            message.occurred_at, victim.crime_from
        ):
            seen.add(message.content_hash)
            yield message


def _let_go(
    receiving: Receiving,
    incoming: Sequence[Incoming],
    news: News,
    victims: Mapping[int, EventMatter],
) -> None:
    """What waited is applied; what cannot have happened so says why it waits on."""
    applied: set[int] = set()
    refused: set[int] = set()
    for one in incoming:
        victim = victims.get(one.victimisation_id)
        for message in news.messages.get(one.crime_key, ()):
            if victim is None or message.waiting_id is None:
                continue
            before = is_before(message.occurred_at, victim.crime_from)
            (refused if before else applied).add(message.waiting_id)
    actor, now = receiving.actor, receiving.now
    matters.let_go(actor=actor, now=now, waiting_ids=sorted(applied))
    matters.refuse_waiting(
        actor=actor, now=now, waiting_ids=sorted(refused - applied), why=BEFORE
    )
