"""The round that hands over updates that are due, each at most once.

An update is marked as being sent, and that is committed, before it is handed over. If
the machine dies in between, it is found so later: a sender who can look for our key is
asked whether it has it; with one who cannot, nobody sends it again by itself, and a
worker is told that it may have left.

Whoever asked for an update is who opens the person's address as it leaves, so that a
case they may not see any more sends nothing; what leaves by itself does so as the
service's own receiver.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from alongside.care.contact.types import Channel
from alongside.care.linking.queries.joined import was_joined_or_parted
from alongside.care.planning.queries.meetings import list_warnings
from alongside.care.telling import queries as telling
from alongside.care.telling import rules
from alongside.care.telling.operations import sending
from alongside.care.telling.tables import ENGLISH, FRAMES, limit
from alongside.care.telling.types import DraftWords, Leaving, LimitCode, ToSend
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.gateways import notify, smtp
from alongside.foundation.gateways.messages import (
    Answer,
    Arrival,
    Handed,
    Message,
    NotifySender,
    Route,
    Sender,
    Senders,
)
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as
from alongside.workflows.log_contact import ChannelView, read_channels
from alongside.workflows.tell_person import (
    addresses,
    at_night,
    called,
    facts_of,
    read_suits,
    times_of,
    ways_for,
)

ROUTES = {Channel.SMS: Route.TEXT, Channel.EMAIL: Route.EMAIL}
WHY = {Handed.REFUSED: "refused", Handed.NOT_REACHED: "not_reached"}


@dataclass(frozen=True, kw_only=True)
class Ready:
    """An update that was taken: what to hand over, or why nothing may leave."""

    leaving: Leaving
    message: Message | None = None
    why_not: str = ""


def send_everywhere(*, now: datetime, senders: Senders) -> int:
    """Hand over what is due in every service, and ask what arrived; how many left.

    Safe to repeat.
    """
    sent = 0
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        service = act_for_service(
            accounts.get_receiver(agency_id=agency.agency_id, now=now)
        )
        sent += _send_due(service, now, senders)
        _ask_arrivals(service, now, senders)
    return sent


def act_for_service(receiver: Actor) -> Actor:
    """The receiver, who may tell what leaves by itself and say what became of it."""
    return replace(receiver, permissions=receiver.permissions | {Permission.CASE_WORK})


def _send_due(service: Actor, now: datetime, senders: Senders) -> int:
    stuck = timedelta(minutes=limit(LimitCode.STUCK_MINUTES))
    with acting_as(service), transaction.atomic():
        due = telling.list_leaving(
            actor=service, now=now, stuck=stuck, limit=limit(LimitCode.ROUND_UPDATES)
        )
    return sum(_send(service, one, now, senders) for one in due)


def _send(service: Actor, one: ToSend, now: datetime, senders: Senders) -> bool:
    try:
        actor = _asker(service, one, now)
        with acting_as(actor), transaction.atomic():
            ready = _take(actor, one, now, senders)
    except sending.NotDue:
        return False
    except sending.NoLongerOwed:
        return _fail(service, one, now, "no_longer_owed")
    except (NotFound, NotAllowed):
        return _fail(service, one, now, "no_access")
    return _hand_over(service, one, ready, now=now, senders=senders)


def _asker(service: Actor, one: ToSend, now: datetime) -> Actor:
    if one.by_itself:
        return service
    return accounts.get_actor(user_id=one.asked_by, now=now)


def _take(actor: Actor, one: ToSend, now: datetime, senders: Senders) -> Ready:
    """Mark it as being sent, and make the message: to the address that is known as
    theirs and safe at this moment."""
    leaving = sending.begin_sending(
        actor=actor, now=now, case_id=one.case_id, update_id=one.update_id
    )
    if ROUTES[leaving.channel] not in senders:
        return Ready(leaving=leaving, why_not="no_sender")
    channels = read_channels(actor=actor, now=now, case_id=one.case_id)
    if one.by_itself and _changed_since(leaving, channels):
        return Ready(leaving=leaving, why_not="changed_since")
    stopped = _stopped_since(leaving, channels, now)
    if stopped:
        return Ready(leaving=leaving, why_not=stopped)
    way = next(w for w in ways_for(channels) if w.way.code is leaving.channel)
    to = addresses(channels).get(leaving.channel, "")
    event = telling.find_event(case_key=leaving.case_key, event_id=leaving.event_id)
    if way.refused or not to or event is None:
        why = "not_safe_now" if way.refused else "no_details"
        return Ready(leaving=leaving, why_not=why if event else "no_longer_owed")
    library = telling.read_library(area_id=actor.area_id)
    if leaving.by_itself and not library.is_reviewed(_as_written(leaving)):
        return Ready(leaving=leaving, why_not="words_taken_back")
    frame = library.frame(leaving.language, FRAMES[ENGLISH])
    name, facts = called(channels.person), facts_of(event, leaving.language)
    message = Message(
        once_key=leaving.update_id,
        to=to,
        subject=frame.subject,
        words=rules.whole(leaving.words, frame=frame, name=name, facts=facts),
    )
    return Ready(leaving=leaving, message=message)


def _stopped_since(leaving: Leaving, channels: ChannelView, now: datetime) -> str:
    """What stops an update that somebody asked for: a warning they did not know of,
    that its person is not who they saw, or an hour that nobody looked at. Empty where
    it may leave."""
    person_id = channels.person.label.person_id
    warnings = list_warnings(person_id=person_id, ended=False)
    if any(one.since > leaving.asked_at for one in warnings):
        return "warned_since"
    if was_joined_or_parted(person_key=person_id, since=leaving.asked_at):
        return "joined_since"
    times = times_of(channels.person)
    late = timedelta(minutes=limit(LimitCode.LATE_MINUTES))
    if now - leaving.leaves_at > late:
        return "not_this_hour" if times or at_night(now) else ""
    return "not_this_hour" if times and not leaving.hour else ""


def _changed_since(leaving: Leaving, channels: ChannelView) -> bool:
    """Whether what leaves by itself would not be asked for any more: the risk is high
    now, a warning stands, they gave their times, or they want to hear in another way,
    in another form or not at all."""
    person_id = channels.person.label.person_id
    suited = read_suits(channels.person)
    return (
        channels.high_risk
        or bool(times_of(channels.person))
        or bool(suited.by_hand)
        or suited.kind is not leaving.kind
        or bool(list_warnings(person_id=person_id, ended=False))
        or telling.find_wished_channel(case_key=leaving.case_key) is not leaving.channel
    )


def _as_written(leaving: Leaving) -> DraftWords:
    return DraftWords(
        template=leaving.template,
        version=leaving.template_version,
        kind=leaving.kind,
        language=leaving.language,
        words=leaving.words,
    )


def _hand_over(
    service: Actor, one: ToSend, ready: Ready, *, now: datetime, senders: Senders
) -> bool:
    """Hand over what was taken, unless it may have left before."""
    route = ROUTES[ready.leaving.channel]
    sender = senders.get(route)
    if sender is None:
        return _fail(service, one, now, ready.why_not or "no_sender")
    if ready.leaving.tried_at is not None:
        found = _found_again(sender, one)
        if found is None or found.handed is Handed.TAKEN:
            return found is not None and _note(service, one, found, sender, now=now)
        if found.handed is Handed.NOT_KNOWN:
            return _fail(service, one, now, "not_known")
    if ready.message is None:
        return _fail(service, one, now, ready.why_not)
    if ready.leaving.tries > limit(LimitCode.MOST_TRIES):
        return _fail(service, one, now, "not_reached")
    if isinstance(sender, NotifySender):
        answer = notify.send(sender, route, ready.message)
    else:
        answer = smtp.send(sender, ready.message)
    return _note(service, one, answer, sender, now=now)


def _found_again(sender: Sender, one: ToSend) -> Answer | None:
    """What became of an update that may have left; None where nobody can say yet.

    Not known: and nobody ever will. Not reached: it did not leave.
    """
    if not isinstance(sender, NotifySender):
        return Answer(handed=Handed.NOT_KNOWN)
    try:
        ref = notify.find(sender, str(one.update_id))
    except notify.NotifyUnsure:
        return None
    return Answer(handed=Handed.TAKEN if ref else Handed.NOT_REACHED, ref=ref)


def _note(
    service: Actor, one: ToSend, answer: Answer, sender: Sender, *, now: datetime
) -> bool:
    """Write down what came of it. Where nobody knows it stays as being sent, and is
    looked into when its time is over."""
    if answer.handed is Handed.NOT_KNOWN:
        return False
    if answer.handed is not Handed.TAKEN:
        return _fail(service, one, now, WHY[answer.handed])
    by_notify = isinstance(sender, NotifySender)
    with acting_as(service), transaction.atomic():
        sending.note_sent(
            actor=service,
            now=now,
            case_id=one.case_id,
            update_id=one.update_id,
            provider="notify" if by_notify else "smtp",
            provider_ref=answer.ref,
            says_when=by_notify,
        )
    return True


def _fail(service: Actor, one: ToSend, now: datetime, why: str) -> bool:
    with acting_as(service), transaction.atomic(), suppress(sending.NotDue):
        sending.note_failed(
            actor=service,
            now=now,
            case_id=one.case_id,
            update_id=one.update_id,
            why=why,
        )
    return False


def _ask_arrivals(service: Actor, now: datetime, senders: Senders) -> None:
    """Ask after what left; give up on what nobody says anything of."""
    with acting_as(service), transaction.atomic():
        waiting = telling.list_arriving(
            actor=service, limit=limit(LimitCode.ROUND_UPDATES)
        )
    given_up = now - timedelta(days=limit(LimitCode.RECEIPT_DAYS))
    for one in waiting:
        arrival = _ask_arrival(one, senders)
        if arrival is Arrival.YES:
            with acting_as(service), transaction.atomic(), suppress(sending.NotDue):
                sending.note_arrived(
                    actor=service,
                    now=now,
                    case_id=one.case_id,
                    update_id=one.update_id,
                )
        elif arrival is Arrival.NO:
            _fail(service, one, now, "came_back")
        elif one.sent_at is not None and one.sent_at <= given_up:
            _fail(service, one, now, "no_receipt")


def _ask_arrival(one: ToSend, senders: Senders) -> Arrival:
    sender = next((s for s in senders.values() if isinstance(s, NotifySender)), None)
    if sender is None:
        return Arrival.NOT_YET
    try:
        return notify.ask_arrival(sender, one.provider_ref)
    except notify.NotifyUnsure:
        return Arrival.NOT_YET
