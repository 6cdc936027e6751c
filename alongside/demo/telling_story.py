"""What people are told, in every state, so that the demonstration's pages hold some.

Done by the demonstration's own worker through the operations their pages call, with a
sender on this machine that sends nothing anywhere. Done once.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from alongside.care.contact.types import Channel
from alongside.care.people import operations as people
from alongside.care.people.types import ChannelKind, SafetyState
from alongside.care.telling import queries as telling
from alongside.care.telling.queries import Whose
from alongside.care.telling.types import HourSaid, Kind
from alongside.demo.practice_notify import practice_notify
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.audit.types import Subject
from alongside.foundation.gateways.messages import Route
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows import write_update
from alongside.workflows.send_updates import send_everywhere
from alongside.workflows.tell_person import UpdateView, read_update
from alongside.workflows.write_update import Typed

LOOKED_AT = 60
TOLD = 6
AGO, SOON = timedelta(minutes=30), timedelta(minutes=10)


def play_telling(*, now: datetime) -> int:
    """Tell some people what happened; how many. None where that was done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    worker = next(a for a in staff if a.role is Role.CONTACT_WORKER)
    with acting_as(worker), transaction.atomic():
        views = _choose(worker, now)
        if len(views) < TOLD:
            return 0
        arrives, lost, leaves, drafted, dropped, rung = views
        _by_text(worker, arrives, now=now - AGO)
    with practice_notify() as server:
        send_everywhere(
            now=now - AGO + SOON, senders=dict.fromkeys(Route, server.sender)
        )
        with acting_as(worker), transaction.atomic():
            _by_text(worker, lost, now=now - AGO)
        stranger = replace(server.sender, api_key=server.sender.api_key[:-4] + "0000")
        send_everywhere(now=now - SOON, senders=dict.fromkeys(Route, stranger))
    with acting_as(worker), transaction.atomic():
        _by_text(worker, leaves, now=now)
        _by_letter(worker, drafted, now=now)
        _drop(worker, dropped, now=now)
        _ring(worker, rung, now=now)
    return TOLD


def _choose(worker: Actor, now: datetime) -> list[UpdateView]:
    """One thing to tell of each of some people who have a phone and may be rung; none
    where something was begun before."""
    owed = telling.list_owed(actor=worker, whose=Whose.ALL, limit=LOOKED_AT)
    if any(one.state for one in owed):
        return []
    first = {one.person_id: one for one in reversed(owed)}
    views = (
        read_update(actor=worker, now=now, case_id=one.case_id, event_id=one.event_id)
        for one in sorted(first.values(), key=lambda one: (one.due_on, one.clock_id))
    )
    return [view for view in views if _may_ring(view)][:TOLD]


def _may_ring(view: UpdateView) -> bool:
    phone = next(one for one in view.ways if one.way.code is Channel.PHONE)
    return not (phone.refused or view.hour.refused) and Channel.SMS in view.to


def _typed(view: UpdateView) -> Typed:
    return Typed(kind=Kind.STANDARD, words=view.written.words, version=0)


def _by_text(worker: Actor, view: UpdateView, *, now: datetime) -> None:
    """They said that a text is safe; so one leaves, or soon will."""
    _mark_safe(worker, view, ChannelKind.SMS, now=now)
    _tell(worker, view, Channel.SMS, now=now)


def _by_letter(worker: Actor, view: UpdateView, *, now: datetime) -> None:
    """They asked for a letter: it is written, and waits to be printed and posted."""
    _mark_safe(worker, view, ChannelKind.LETTER, now=now)
    _keep(worker, view, now=now)


def _mark_safe(
    worker: Actor, view: UpdateView, channel: ChannelKind, *, now: datetime
) -> None:
    people.set_channel_safety(
        actor=worker,
        now=now,
        record_id=view.person.records[0].record_id,
        subject=Subject(kind="person", public_id=view.person.label.public_id),
        channel=channel,
        state=SafetyState.SAFE,
        reason="They told us so on the phone",
    )


def _ring(worker: Actor, view: UpdateView, *, now: datetime) -> None:
    _tell(worker, view, Channel.PHONE, now=now)


def _tell(worker: Actor, view: UpdateView, channel: Channel, *, now: datetime) -> None:
    write_update.tell(
        actor=worker,
        now=now,
        case_id=view.case.public_id,
        event_id=view.event.event_id,
        typed=_typed(view),
        channel=channel,
        at=now,
        said=_said(view),
    )


def _said(view: UpdateView) -> HourSaid | None:
    """What the worker says of the hour; they have just spoken with them."""
    if not view.hour.choices:
        return None
    why = "They are awake, and asked to hear it tonight"
    return HourSaid(choice=view.hour.choices[0], why=why)


def _keep(worker: Actor, view: UpdateView, *, now: datetime) -> None:
    write_update.keep_draft(
        actor=worker,
        now=now,
        case_id=view.case.public_id,
        event_id=view.event.event_id,
        typed=_typed(view),
    )


def _drop(worker: Actor, view: UpdateView, *, now: datetime) -> None:
    write_update.drop(
        actor=worker,
        now=now,
        case_id=view.case.public_id,
        event_id=view.event.event_id,
        version=0,
        why="known_already",
        words="The officer told them at the station",
    )
