"""What happened, kept for whom it concerns: events, promises, and stages.

News arrives by three ways: messages, outcome codes in referrals, and people who write
it down. Whichever comes first, the same stands afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.care.journey import operations as journey
from alongside.care.journey import queries, rules
from alongside.care.journey.operations import matters
from alongside.care.journey.operations.facts import plan_by_facts
from alongside.care.journey.types import Happened, KeptEvent
from alongside.care.journey.types.matters import EventMatter, KnownEvent
from alongside.foundation.accounts.types import Actor
from alongside.foundation.organisations.queries import NO_ADDITION, read_calendar
from alongside.workflows.receiving.event_clocks import event_clocks, find_scheme
from alongside.workflows.receiving.handing_over import Correction, hand_over

FEED = "police feed"
OUTCOME = "outcome code"
REFERRAL = "referral"
BY_HAND = "written down here"

Known = Mapping[int, Sequence[KnownEvent]]


@dataclass(slots=True)
class Addition:
    """An event to keep, and the events in whose place it stands."""

    event: KeptEvent
    matter: EventMatter
    source: str = FEED
    replaces: Sequence[int] = ()
    why: str = ""


def keep_all(
    *,
    actor: Actor,
    now: datetime,
    additions: Sequence[Addition],
    known: Known,
    by_hand: bool = False,
) -> None:
    """Keep events, start what they promise, and settle the matters they concern.

    `known` is what was kept before of those whom they concern.
    """
    journey.add_events(
        actor=actor,
        now=now,
        events=[(one.event, one.source) for one in additions],
        by_hand=by_hand,
    )
    pairs = [
        (old, one.event.event_id, one.why) for one in additions for old in one.replaces
    ]
    journey.supersede(actor=actor, now=now, pairs=pairs)
    _promise(actor, now, additions, known)
    victims = {one.matter.victimisation_id: one.matter for one in additions}
    settle_matters(
        actor=actor,
        now=now,
        victims=list(victims.values()),
        events=_counting(additions, known, gone={old for old, _, _ in pairs}),
    )


def settle_matters(
    *,
    actor: Actor,
    now: datetime,
    victims: Sequence[EventMatter],
    events: Mapping[int, Sequence[Happened]],
) -> int:
    """Bring the matters of these victimisations to where their events take them.
    Says how many were not there yet."""
    if not victims:
        return 0
    return matters.settle(
        actor=actor,
        now=now,
        settled={
            victim.victimisation_id: rules.settle(
                victim, events.get(victim.victimisation_id, ())
            )
            for victim in victims
        },
        known=queries.list_known_matters(
            victimisation_ids=[victim.victimisation_id for victim in victims]
        ),
    )


def counting(known: Iterable[KnownEvent]) -> list[Happened]:
    """The events that count."""
    return [one.happened for one in known if one.counts]


def as_happened(event: KeptEvent) -> Happened:
    """An event about to be kept, as far as stages depend on it."""
    return Happened(
        event_id=event.event_id,
        event=event.event,
        suspect_ref=event.suspect_ref,
        offence_code=event.offence_code,
        occurred_at=event.occurred_at,
        detail=event.detail,
        content_hash=event.content_hash,
    )


def _counting(
    additions: Sequence[Addition], known: Known, *, gone: set[int]
) -> dict[int, list[Happened]]:
    events: dict[int, list[Happened]] = defaultdict(list)
    for victimisation_id in {one.matter.victimisation_id for one in additions}:
        events[victimisation_id] = [
            happened
            for happened in counting(known.get(victimisation_id, ()))
            if happened.event_id not in gone
        ]
    for one in additions:
        events[one.matter.victimisation_id].append(as_happened(one.event))
    return events


def _promise(
    actor: Actor, now: datetime, additions: Sequence[Addition], known: Known
) -> None:
    """Start the promises of new events; those of events they correct go over to them,
    or are owed no more."""
    started: list[journey.NewClock] = []
    replaced: list[Correction] = []
    calendar = read_calendar() if additions else NO_ADDITION
    scheme = find_scheme([one.event for one in additions])
    for one in additions:
        since = scheme.get(one.matter.victimisation_id)
        clocks = [*event_clocks(one.event, one.matter, calendar, in_scheme_since=since)]
        if one.replaces:
            happened = as_happened(one.event)
            replaced.append(Correction(happened, one.replaces, clocks))
        else:
            started.extend(clocks)
    journey.start_clocks(actor=actor, now=now, clocks=started)
    if replaced:
        was = {one.event.event_id: as_happened(one.event) for one in additions}
        was |= {
            kept.happened.event_id: kept.happened
            for one in additions
            for kept in known.get(one.matter.victimisation_id, ())
        }
        hand_over(
            actor=actor, now=now, corrections=replaced, was=was, calendar=calendar
        )
    cases = {one.matter.case_id for one in additions}
    plan_by_facts(actor=actor, now=now, case_ids=sorted(filter(None, cases)))
