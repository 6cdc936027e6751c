"""What leaves, when, at most once, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from alongside.care.contact.types import Channel
from alongside.care.journey.operations.reach import say_out_of_reach
from alongside.care.journey.types import DutyHolder
from alongside.care.people.types import ChannelKind, SafetyState
from alongside.care.telling.operations import drafts, sending
from alongside.care.telling.permissions import CannotTell, UpdateChanged, WayRefused
from alongside.care.telling.types import HourChoice, HourSaid, Kind, UpdateState
from alongside.foundation.gateways.messages import Route, SmtpSender
from alongside.walls.context import acting_as
from alongside.workflows.send_updates import act_for_service, send_everywhere
from alongside.workflows.tell_person import read_update
from alongside.workflows.write_update import Typed, drop, keep_draft, tell
from tests.factories.feeds import receive
from tests.integration.telling.conftest import NINA, say
from tests.integration.telling.safety import HOLD, mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]
ANYWAY = HourSaid(choice=HourChoice.ANYWAY, why="They asked for it")
WORDS = "Somebody was arrested. We will tell you more."


def typed(version=0, words=WORDS):
    return Typed(kind=Kind.STANDARD, words=words, version=version)


@pytest.fixture
def ask(worker, owed, now):
    """Ask for the news to be sent to somebody."""

    def asked(case_id, channel=Channel.SMS, event="suspect_arrested", **more):
        event = owed(case_id, event) if isinstance(event, str) else event
        tell(
            actor=worker,
            now=now,
            case_id=case_id,
            event_id=event.event_id,
            typed=typed(**more),
            channel=channel,
            at=now,
            said=ANYWAY,
        )
        return event

    return asked


def test_it_leaves_once_its_hold_is_over_and_they_are_told_when_it_arrives(
    *, ask, nina, notify, senders, now, stands, promises, owed
):
    event = ask(nina)
    assert send_everywhere(now=now, senders=senders) == 0
    assert notify.given == [] and stands(event).state is UpdateState.LEAVING
    assert owed(nina) is None
    assert send_everywhere(now=now + HOLD, senders=senders) == 1
    sent = notify.given[0]
    assert sent.to == "+447700900471"
    assert sent.words.startswith("Hello Nina.\n\n" + WORDS)
    assert "ask Tom Hollis" in sent.words
    assert sent.reference == str(stands(event).update_id)
    line = stands(event)
    assert line.state is UpdateState.SENT and line.told_at is not None
    assert all(met == (now + HOLD).date() for met, _, _ in promises(event))
    assert {said for _, said, _ in promises(event)} == {"Text message"}
    assert send_everywhere(now=now + 2 * HOLD, senders=senders) == 0
    assert len(notify.given) == 1


def test_nothing_is_kept_by_promises_until_it_has_arrived(
    *, ask, nina, notify, senders, now, stands, promises
):
    notify.faults.add("silent")
    event = ask(nina)
    send_everywhere(now=now + HOLD, senders=senders)
    assert stands(event).state is UpdateState.SENT
    assert {met for met, _, _ in promises(event)} == {None}
    send_everywhere(now=now + timedelta(days=4), senders=senders)
    assert stands(event).failed == "no_receipt"


def test_what_does_not_arrive_is_offered_again(
    *, ask, lou, senders, now, stands, owed, promises
):
    event = ask(lou)
    send_everywhere(now=now + HOLD, senders=senders)
    assert stands(event).failed == "came_back"
    assert {met for met, _, _ in promises(event)} == {None}
    assert owed(lou).state == "failed"


def test_killed_after_it_was_taken_it_is_found_again_and_not_sent_twice(
    *, ask, nina, notify, senders, now, stands
):
    notify.faults.add("takes_and_dies")
    event = ask(nina)
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert stands(event).state is UpdateState.SENDING and len(notify.given) == 1
    notify.faults.clear()
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert send_everywhere(now=now + 3 * HOLD, senders=senders) == 1
    assert len(notify.given) == 1 and stands(event).told_at is not None


def test_killed_before_it_was_handed_over_it_is_sent_after_all(
    *, ask, nina, notify, senders, now, stands, worker
):
    event = ask(nina)
    update_id = stands(event).update_id
    sending.begin_sending(
        actor=worker, now=now + HOLD, case_id=nina, update_id=update_id
    )
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert send_everywhere(now=now + 3 * HOLD, senders=senders) == 1
    assert len(notify.given) == 1 and stands(event).state is UpdateState.SENT


def test_where_the_sender_cannot_look_nobody_sends_it_again(
    *, ask, nina, now, stands, worker
):
    event = ask(nina, Channel.EMAIL)
    sending.begin_sending(
        actor=worker, now=now + HOLD, case_id=nina, update_id=stands(event).update_id
    )
    mail = SmtpSender(host="127.0.0.1", port=9, sender="a@b.example", tls="none")
    assert send_everywhere(now=now + 3 * HOLD, senders={Route.EMAIL: mail}) == 0
    assert stands(event).failed == "not_known"


def test_while_the_sender_is_down_it_waits_and_then_a_worker_is_told(
    *, ask, nina, notify, senders, now, stands
):
    notify.faults.add("down")
    event = ask(nina)
    send_everywhere(now=now + HOLD, senders=senders)
    assert stands(event).state is UpdateState.SENDING
    notify.faults.clear()
    assert send_everywhere(now=now + 4 * HOLD, senders=senders) == 1


@pytest.mark.parametrize("why", ["refused", "no_sender"])
def test_why_nothing_left_is_said(*, ask, nina, senders, now, stands, why):
    event = ask(nina)
    refusing = dict.fromkeys(Route, _refuses(senders[Route.TEXT]))
    send_everywhere(now=now + HOLD, senders={} if why == "no_sender" else refusing)
    assert stands(event).failed == why


def _refuses(sender):
    """The same server with a key it does not know: it refuses."""
    return replace(sender, api_key=sender.api_key[:-4] + "0000")


def test_safety_is_looked_at_again_as_it_leaves(
    *, ask, nina, notify, senders, now, stands, worker
):
    event = ask(nina)
    mark(worker, now, event=event, channel=ChannelKind.SMS, state=SafetyState.UNSAFE)
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == [] and stands(event).failed == "not_safe_now"


def test_a_number_that_came_after_the_mark_is_not_written_to(
    *, ask, nina, notify, senders, now, stands
):
    event = ask(nina)
    newer = {"action": "update", "mobile_phone": "07700 900499", "safe_sms": ""}
    as_before = {"person_ref": person_ref_of(NINA), "extracted_at": say(now)}
    receive([NINA | newer | as_before], now=now, extract_id="LEI-3")
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == [] and stands(event).failed == "not_safe_now"


def person_ref_of(row):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.person_ref FROM intake_referral r JOIN casework_victimisation v"
            " ON v.referral_id = r.id WHERE v.crime_ref = %s",
            [row["crime_ref"]],
        )
        return cursor.fetchone()[0]


def test_it_can_be_taken_back_until_it_leaves(
    *, ask, nina, notify, senders, now, stands, worker
):
    event = ask(nina)
    update_id = stands(event).update_id
    drafts.take_back(actor=worker, now=now, case_id=nina, update_id=update_id)
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == [] and stands(event).state is UpdateState.DRAFTED
    with pytest.raises(drafts.TooLate):
        drafts.take_back(actor=worker, now=now, case_id=nina, update_id=update_id)


def test_told_meanwhile_it_does_not_leave(
    *, ask, nina, notify, senders, now, stands, worker
):
    from alongside.care.journey.operations.tellings import record_telling

    event = ask(nina)
    record_telling(
        actor=worker,
        now=now,
        case_id=nina,
        event_ids=[event.event_key],
        told_at=now,
        told_by=DutyHolder.POLICE,
        how="phone",
        evidence="The officer rang them",
    )
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == [] and stands(event).failed == "no_longer_owed"


def test_a_channel_nobody_marked_safe_is_refused_in_writing(ask, asha):
    with pytest.raises(WayRefused):
        ask(asha, Channel.SMS)


def test_told_on_the_phone_the_promises_are_met(
    *, worker, asha, owed, now, promises, stands
):
    event = owed(asha)
    tell(
        actor=worker,
        now=now,
        case_id=asha,
        event_id=event.event_id,
        typed=typed(),
        channel=Channel.PHONE,
        at=now - timedelta(hours=1),
    )
    assert all(met is not None for met, _, _ in promises(event))
    assert owed(asha) is None
    with pytest.raises(CannotTell):
        tell(
            actor=worker,
            now=now,
            case_id=asha,
            event_id=event.event_id,
            typed=typed(version=stands(event).version),
            channel=Channel.PHONE,
            at=now,
        )


def test_dropped_for_want_of_a_safe_way_it_is_owed_until_that_is_written_down(
    *, worker, asha, owed, now, promises
):
    event = owed(asha)
    drop(
        actor=worker,
        now=now,
        case_id=asha,
        event_id=event.event_id,
        version=0,
        why="no_safe_way",
        words="He reads her phone",
    )
    assert {reason for _, _, reason in promises(event)} == {""}
    assert owed(asha).state == ""

    say_out_of_reach(
        actor=worker,
        now=now,
        case_id=asha,
        basis="no_safe_way",
        holder=DutyHolder.POLICE,
        words="The officer says that he reads her phone",
    )
    assert "unsafe_to_contact" in {reason for _, _, reason in promises(event)}


def test_dropped_because_it_is_wrong_it_stays_to_tell(worker, nina, owed, now):
    event = owed(nina)
    drop(
        actor=worker,
        now=now,
        case_id=nina,
        event_id=event.event_id,
        version=0,
        why="wrong",
        words="",
    )
    assert owed(nina).state == ""


def test_two_workers_never_overwrite_each_other(worker, nina, owed, now):
    event = owed(nina)
    common = {"actor": worker, "now": now, "case_id": nina, "event_id": event.event_id}
    keep_draft(**common, typed=typed())
    with pytest.raises(UpdateChanged):
        keep_draft(**common, typed=typed(words="Other words"))
    view = read_update(actor=worker, now=now, case_id=nina, event_id=event.event_id)
    assert view.update is not None and view.update.changed
    assert view.written.words == WORDS
    keep_draft(**common, typed=typed(version=view.update.version, words="Other words"))


def test_another_agency_sees_nothing(*, worker, nina, owed, now, actor_as):
    event = owed(nina)
    keep_draft(
        actor=worker, now=now, case_id=nina, event_id=event.event_id, typed=typed()
    )
    with acting_as(actor_as("police")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM telling_update")
        assert cursor.fetchone()[0] == 0


def test_the_service_may_only_tell_what_leaves_by_itself(actor_as):
    from alongside.foundation.accounts.types import Permission

    acting = act_for_service(actor_as("worker"))
    assert acting.has(Permission.CASE_WORK)
