"""What leaves without a worker, where an area's policy and the person's wish allow it.

Only news of the events the policy names, in words that somebody reviewed, by the
channel the person asked for and only while it is marked safe; never where the risk is
high or a warning stands, to a child, at night, or where they said when they may be
reached. It waits out the same hold as any other update, and whoever works the case can
take it back.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from alongside.care.contact.types import Channel
from alongside.care.telling import queries as telling
from alongside.care.telling import rules
from alongside.care.telling.operations import drafts
from alongside.care.telling.operations.drafts import Written
from alongside.care.telling.permissions import (
    CannotTell,
    TellingWordsNeeded,
    UpdateChanged,
    WayRefused,
)
from alongside.care.telling.queries import OwedEvent, Place
from alongside.care.telling.tables import POLICIES, limit
from alongside.care.telling.types import (
    DraftWords,
    LimitCode,
    Policy,
    WayOffered,
)
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor
from alongside.foundation.gateways.messages import Senders
from alongside.foundation.lib.local import LONDON
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as
from alongside.workflows.send_updates import ROUTES, act_for_service
from alongside.workflows.tell_person import (
    UpdateView,
    age_of,
    base_language,
    read_update,
    when_it_leaves,
)

PIECE = limit(LimitCode.ROUND_UPDATES)


def ask_everywhere(*, now: datetime, senders: Senders, piece: int = PIECE) -> int:
    """Have leave by itself what may; how much. `piece` are looked for at a time.

    Only by channels for which there is a sender: nothing is asked to leave that could
    only come back as failed. Safe to repeat: what was asked for once is not asked for
    again.
    """
    asked = 0
    channels = frozenset(one for one, route in ROUTES.items() if route in senders)
    if not channels:
        return asked
    for agency in organisations.list_agencies():
        policy = POLICIES.get(agency.area_code)
        if agency.kind is not AgencyKind.SERVICE or policy is None:
            continue
        if not rules.is_time(policy, when_it_leaves(now).astimezone(LONDON).hour):
            continue
        receiver = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        asked += _ask(
            act_for_service(receiver), policy, now=now, channels=channels, piece=piece
        )
    return asked


def _ask(
    service: Actor,
    policy: Policy,
    *,
    now: datetime,
    channels: frozenset[Channel],
    piece: int,
) -> int:
    """What may leave under a policy. Without words that enough people have read over,
    nothing is looked for."""
    with acting_as(service), transaction.atomic():
        library = telling.read_library(area_id=service.area_id)
        if not library.has_reviewed():
            return 0
    return sum(
        _one(service, policy, one, now=now, channels=channels)
        for one in _candidates(service, policy, piece=piece)
    )


def _candidates(service: Actor, policy: Policy, *, piece: int) -> Iterator[OwedEvent]:
    """All that might leave, soonest due first, a piece at a time: what may not leave
    today stays at the head of the list and must not keep back what comes after it."""
    place = None
    while True:
        with acting_as(service), transaction.atomic():
            found = telling.list_by_itself(
                actor=service, policy=policy, after=place, limit=piece
            )
        yield from found
        if len(found) < piece:
            return
        place = Place(due_on=found[-1].due_on, clock_id=found[-1].clock_id)


def _one(
    service: Actor,
    policy: Policy,
    one: OwedEvent,
    *,
    now: datetime,
    channels: frozenset[Channel],
) -> bool:
    with acting_as(service), transaction.atomic():
        view = read_update(
            actor=service, now=now, case_id=one.case_id, event_id=one.event_id
        )
        written, wanted = _in_their_language(view), _wanted(view, channels)
        why = rules.why_by_hand(
            policy,
            event=one.event,
            written=written,
            reviewed=view.reviewed,
            tier=view.case.tier,
            high_risk=view.case.high_risk,
            has_warnings=view.warned,
            age=age_of(view.person, now),
            times=view.times,
            suits=view.suits,
            wanted=wanted,
        )
        if why or written is None or wanted is None:
            return False
        return _leave(service, view, written, now=now, wanted=wanted)


def _in_their_language(view: UpdateView) -> DraftWords | None:
    """The words in their own language: nobody is told by itself in another."""
    if base_language(view.language) != view.written.language:
        return None
    return view.written if view.written.template else None


def _wanted(view: UpdateView, channels: frozenset[Channel]) -> WayOffered | None:
    """The way by which the person asked to be told, if it is among these."""
    channel = telling.find_wished_channel(case_key=view.event.case_key)
    if channel not in channels:
        return None
    return next((one for one in view.ways if one.way.code is channel), None)


def _leave(
    service: Actor,
    view: UpdateView,
    draft: DraftWords,
    *,
    now: datetime,
    wanted: WayOffered,
) -> bool:
    try:
        drafts.ask_to_send(
            actor=service,
            now=now,
            case_id=view.case.public_id,
            event_id=view.event.event_id,
            version=0,
            written=Written(draft=draft, by_itself=True),
            channel=wanted.way.code,
            ways=view.ways,
            full_words=view.whole(draft.words),
            hour=view.hour,
        )
    except (CannotTell, TellingWordsNeeded, UpdateChanged, WayRefused):
        return False
    return True
