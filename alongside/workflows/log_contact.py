"""Reaching a person safely: which channels may be used, and what came of one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import working
from alongside.care.contact import operations as contact
from alongside.care.contact import queries as attempts
from alongside.care.contact.rules import offered_channels
from alongside.care.contact.tables import ATTEMPT_RESULTS, CHANNELS
from alongside.care.contact.types import (
    AttemptResult,
    Channel,
    ChannelFacts,
    OfferedChannels,
    RouteEnd,
    Safety,
)
from alongside.care.journey import operations as journey
from alongside.care.people import operations as people
from alongside.care.people import queries as people_queries
from alongside.care.people.rules import CHANNEL_POINTS
from alongside.care.people.types import (
    ChannelKind,
    ContactKind,
    OpenedPerson,
    SafetyState,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.types import Subject
from alongside.workflows.out_of_reach import follow_ways
from alongside.workflows.receiving.clocks import FIRST_CONTACT

# What a person must have for a channel to exist.
NEEDS: dict[Channel, frozenset[ContactKind]] = {
    Channel(kind.value): points for kind, points in CHANNEL_POINTS.items()
}
SAFETY = {SafetyState.SAFE: Safety.SAFE, SafetyState.UNSAFE: Safety.UNSAFE}
ATTEMPTS_LOOKED_AT = 200
SOMEBODY_ELSE = "Somebody else answered"


@dataclass(frozen=True, kw_only=True)
class ChannelView:
    """How one person may be reached, for the contact form and the strip.

    `facts` are what is known of each channel; `reason` is why the person is not to
    be contacted at all, where that is so.
    """

    facts: tuple[ChannelFacts, ...]
    offered: OfferedChannels
    high_risk: bool
    do_not_contact: bool
    reason: str
    person: OpenedPerson


def view_channels(
    *,
    person: OpenedPerson,
    attempts_made: list[attempts.AttemptLine],
    high_risk: bool,
) -> ChannelView:
    """What is known of each channel, from what sources and attempts have told."""
    points = [detail for detail in person.contacts if detail.value]
    held = {detail.kind for detail in points if detail.confirmed}
    doubtful = {detail.kind for detail in points if not detail.confirmed}
    marks = {mark.channel.value: SAFETY[mark.state] for mark in person.marks}
    ended = _ended_routes(attempts_made)
    facts = tuple(
        ChannelFacts(
            channel=channel,
            exists=not held.isdisjoint(kinds),
            safety=marks.get(channel.value, Safety.NOT_KNOWN),
            ended=ended.get(channel, RouteEnd.NO),
            unconfirmed=not doubtful.isdisjoint(kinds),
        )
        for channel, kinds in NEEDS.items()
    )
    newest = person.records[0]
    do_not_contact = newest.do_not_contact is True
    return ChannelView(
        facts=facts,
        offered=offered_channels(
            facts, high_risk, rows=CHANNELS, do_not_contact=do_not_contact
        ),
        high_risk=high_risk,
        do_not_contact=do_not_contact,
        reason=newest.do_not_contact_reason if do_not_contact else "",
        person=person,
    )


def _ended_routes(made: list[attempts.AttemptLine]) -> dict[Channel, RouteEnd]:
    """The routes that attempts have closed: somebody else answered, or no use."""
    ended: dict[Channel, RouteEnd] = {}
    for attempt in made:  # newest first
        result = ATTEMPT_RESULTS.get(attempt.result)
        if result is not None and result.ends_route is not RouteEnd.NO:
            ended.setdefault(attempt.channel, result.ends_route)
    return ended


def read_channels(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    request_id: UUID | None = None,
) -> ChannelView:
    """The channels of the person a case is about. The look is on the trail.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    case = casework.get_case(actor=actor, public_id=case_id)
    person_id, shown = people_queries.get_person_key_by_id(person_id=case.person_id)
    person = people_queries.open_person(
        person_id=case.person_id,
        public_id=person_id,
        shown_record_id=shown,
        purpose="contact",
        now=now,
        request_id=request_id,
    )
    made = attempts.list_attempts(case_id=case.pk, limit=ATTEMPTS_LOOKED_AT)
    return view_channels(person=person, attempts_made=made, high_risk=case.high_risk)


def _meet_first_contact(
    *, actor: Actor, now: datetime, case_id: int, at: datetime, how: str
) -> None:
    journey.meet_running(
        actor=actor,
        now=now,
        case_id=case_id,
        rules=[FIRST_CONTACT],
        met_at=at,
        evidence=how,
    )


def _mark_unsafe(
    *, actor: Actor, now: datetime, view: ChannelView, channel: Channel
) -> None:
    """Mark every channel that leads to where somebody else answered: who picks up
    somebody's phone reads their texts too."""
    for other, points in NEEDS.items():
        if points.isdisjoint(NEEDS.get(channel, frozenset())):
            continue
        people.set_channel_safety(
            actor=actor,
            now=now,
            record_id=view.person.records[0].record_id,
            subject=Subject(kind="person", public_id=view.person.label.public_id),
            channel=ChannelKind(other.value),
            state=SafetyState.UNSAFE,
            reason=SOMEBODY_ELSE,
        )


@transaction.atomic
def log_contact(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    at: datetime,
    channel: Channel,
    result: str,
    words: str,
    next_action: str,
    next_action_on: date | None,
) -> AttemptResult:
    """Write down an attempt; settle the promise of first contact; say what is next.
    Where somebody else answered, every channel to those details is marked as not safe.

    Raises: as `contact.operations.log_attempt` and `working.set_next_action`.
    """
    view = read_channels(actor=actor, now=now, case_id=case_id)
    outcome = contact.log_attempt(
        actor=actor,
        now=now,
        case_id=case_id,
        at=at,
        channel=channel,
        result=result,
        words=words,
        channels=view.facts,
        high_risk=view.high_risk,
        do_not_contact=view.do_not_contact,
    )
    case = casework.get_case(actor=actor, public_id=case_id)
    how = f"{CHANNELS[channel].label}: {outcome.label}"
    _meet_first_contact(actor=actor, now=now, case_id=case.pk, at=at, how=how)
    if outcome.ends_route is RouteEnd.UNSAFE:
        _mark_unsafe(actor=actor, now=now, view=view, channel=channel)
    follow_ways(actor=actor, now=now, case_ids=[case.pk])
    if next_action_on is not None:
        working.set_next_action(
            actor=actor,
            now=now,
            case_id=case_id,
            version=case.version,
            words=next_action,
            on=next_action_on,
        )
    elif outcome.needs_next_date:
        raise working.DayNeeded("Say what happens next, and by which day")
    return outcome
