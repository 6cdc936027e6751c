"""Between asking and leaving things change, and others look on: nobody is harmed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from alongside.care.contact.types import Channel
from alongside.care.journey.operations.reach import say_out_of_reach
from alongside.care.journey.operations.wishes import record_wish
from alongside.care.journey.types import DutyHolder, WishKind
from alongside.care.people.types import ChannelKind, SafetyState
from alongside.care.planning.operations.warnings import add_warning, end_warning
from alongside.care.planning.queries.meetings import list_warnings
from alongside.care.telling.permissions import CannotTell, WayRefused
from alongside.care.telling.types import UpdateState
from alongside.walls.context import acting_as
from alongside.workflows.log_contact import log_contact
from alongside.workflows.send_updates import send_everywhere
from tests.factories.feeds import receive
from tests.integration.guarding.test_walls import wall
from tests.integration.linking.merging import join, part, person_of
from tests.integration.rights.people import actor_of
from tests.integration.telling.conftest import LOST, NINA, say
from tests.integration.telling.safety import HOLD, mark
from tests.integration.telling.test_pages import plain, post
from tests.integration.telling.test_sending import (  # noqa: F401
    ask,
    person_ref_of,
)
from tests.integration.web.casework.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]
NEWER = "07700 900499"


@pytest.fixture
def nothing_leaves(now, notify, senders, stands):
    """That an update does not leave when it is due, and why."""

    def check(event, why):
        assert send_everywhere(now=now + HOLD, senders=senders) == 0
        assert send_everywhere(now=now + 3 * HOLD, senders=senders) == 0
        assert notify.given == [] and stands(event).failed == why

    return check


def rung(worker, now, case_id):
    """Somebody else answers the phone."""
    log_contact(
        actor=worker,
        now=now,
        case_id=case_id,
        at=now,
        channel=Channel.PHONE,
        result="wrong_person_answered",
        words="A man answered",
        next_action="Ask the officer for a safe way",
        next_action_on=(now + timedelta(days=2)).date(),
    )


def test_who_answers_somebodys_phone_is_not_sent_their_texts(
    *,
    ask,  # noqa: F811
    nina,
    worker,
    now,
    nothing_leaves,
    stands,
):
    event = ask(nina)
    rung(worker, now, nina)
    nothing_leaves(event, "not_safe_now")
    with pytest.raises(WayRefused):
        ask(nina, version=stands(event).version)


def test_after_somebody_else_answered_a_text_is_no_choice(
    *, tom, nina, worker, now, owed, settings, senders
):
    settings.MESSAGE_SENDERS = senders
    rung(worker, now, nina)
    page = text_of(tom.get(reverse("telling:update", args=[nina, owed(nina).event_id])))
    assert 'value="sms"' not in page and 'value="email"' in page


def test_an_e_mail_that_somebody_else_reads_gets_nothing(
    *,
    ask,  # noqa: F811
    nina,
    worker,
    now,
    nothing_leaves,
):
    event = ask(nina, Channel.EMAIL)
    state = SafetyState.UNSAFE
    mark(worker, now, event=event, channel=ChannelKind.EMAIL, state=state)
    nothing_leaves(event, "not_safe_now")


def test_a_letter_is_not_printed_to_where_somebody_else_opens_it(
    *, tom, nina, worker, now, owed
):
    event = owed(nina)
    address = reverse("telling:letter", args=[nina, event.event_id])
    post(tom, "update", nina, event.event_id, version=0, words="A letter", keep="yes")
    assert tom.get(address).status_code == 200
    state = SafetyState.UNSAFE
    mark(worker, now, event=event, channel=ChannelKind.LETTER, state=state)
    assert tom.get(address).status_code == 404


def warn(worker, at, case_id):
    add_warning(
        actor=worker,
        now=at,
        case_id=case_id,
        kind="visit",
        words="He reads her phone",
        until=(at + timedelta(days=20)).date(),
    )


def test_a_warning_that_was_written_meanwhile_stops_it(
    *,
    ask,  # noqa: F811
    nina,
    worker,
    now,
    nothing_leaves,
):
    event = ask(nina)
    warn(worker, now + timedelta(minutes=1), nina)
    nothing_leaves(event, "warned_since")


def test_a_warning_that_they_knew_of_does_not(
    *,
    ask,  # noqa: F811
    nina,
    worker,
    now,
    senders,
):
    warn(worker, now - timedelta(hours=1), nina)
    (line,) = list_warnings(person_id=person_of(NINA)[0], ended=False)
    end_warning(
        actor=worker,
        now=now,
        case_id=nina,
        warning_id=line.warning_id,
        version=line.version,
        why="He moved out",
    )
    ask(nina)
    assert send_everywhere(now=now + HOLD, senders=senders) == 1


def test_a_number_that_was_replaced_and_is_safe_is_the_one_written_to(
    *,
    ask,  # noqa: F811
    nina,
    worker,
    now,
    notify,
    senders,
):
    event = ask(nina)
    newer = {"action": "update", "mobile_phone": NEWER, "safe_sms": ""}
    newer |= {"person_ref": person_ref_of(NINA), "extracted_at": say(now)}
    receive([NINA | newer], now=now, extract_id="LEI-3")
    state = SafetyState.SAFE
    later = now + timedelta(minutes=1)
    mark(worker, later, event=event, channel=ChannelKind.SMS, state=state)
    assert send_everywhere(now=now + HOLD, senders=senders) == 1
    assert [one.to for one in notify.given] == ["+447700900499"]


def test_who_withdrew_from_all_updates_gets_none(
    *,
    ask,  # noqa: F811
    nina,
    worker,
    now,
    nothing_leaves,
):
    event = ask(nina)
    record_wish(actor=worker, now=now, case_id=nina, asks=WishKind.NOTHING)
    nothing_leaves(event, "no_longer_owed")


def test_who_is_not_to_be_contacted_any_more_gets_none(
    *,
    ask,  # noqa: F811
    nina,
    now,
    nothing_leaves,
):
    event = ask(nina)
    stop = {"action": "update", "do_not_contact": "y"}
    stop |= {"do_not_contact_reason": "She rang us", "extracted_at": say(now)}
    stop |= {"person_ref": person_ref_of(NINA)}
    receive([NINA | stop], now=now, extract_id="LEI-3")
    nothing_leaves(event, "not_safe_now")


def test_who_cannot_be_reached_safely_any_more_gets_none(
    *,
    ask,  # noqa: F811
    nina,
    worker,
    now,
    nothing_leaves,
):
    event = ask(nina)
    say_out_of_reach(
        actor=worker,
        now=now,
        case_id=nina,
        basis="no_safe_way",
        holder=DutyHolder.POLICE,
        words="The officer says that he reads her phone",
    )
    nothing_leaves(event, "no_longer_owed")


def test_what_was_on_its_way_to_whom_was_joined_with_another_does_not_leave(
    *,
    ask,  # noqa: F811
    nina,
    now,
    notify,
    senders,
):
    event = ask(nina)
    supervisor = actor_of("supervisor@llr.example")
    kept, gone = person_of(LOST)[1], person_of(NINA)[1]
    join(kept, gone, actor=supervisor, now=now + timedelta(minutes=1))
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state FROM telling_update WHERE event_id = %s", [event.event_key]
        )
        assert cursor.fetchone()[0] == UpdateState.FAILED


def test_what_was_on_its_way_to_whom_was_parted_from_another_does_not_leave(
    *,
    ask,  # noqa: F811
    nina,
    lou,
    now,
    notify,
    senders,
    owed,
):
    supervisor = actor_of("supervisor@llr.example")
    kept, gone = person_of(LOST)[1], person_of(NINA)[1]
    merge_id = join(kept, gone, actor=supervisor, now=now)
    held_by = nina if owed(nina) else lou  # the case that stays
    event = owed(held_by, "first_hearing_listed")  # it is Nina's news
    state = SafetyState.SAFE
    mark(supervisor, now, event=event, channel=ChannelKind.SMS, state=state)
    ask(held_by, event="first_hearing_listed")
    part(merge_id, actor=supervisor, now=now + timedelta(minutes=1))
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == []


def test_pressed_twice_it_is_sent_once(
    *, tom, nina, owed, now, notify, settings, senders, stands
):
    settings.MESSAGE_SENDERS = senders
    event = owed(nina)
    said = {"version": 0, "words": "News", "way": "sms", "hour": "within"}
    for _ in range(2):
        answer = post(tom, "update", nina, event.event_id, **said)
        assert answer.status_code == 302
    page = plain(text_of(tom.get(answer["Location"])))
    assert "They were told of this, or it is on its way to them" in page
    later = stands(event).leaves_at + timedelta(minutes=1)
    assert send_everywhere(now=later, senders=senders) == 1
    assert send_everywhere(now=later, senders=senders) == 0
    assert len(notify.given) == 1


def test_two_who_ask_at_once_send_it_once(
    *,
    ask,  # noqa: F811
    nina,
    stands,
    worker,
):
    event = ask(nina)
    with pytest.raises(CannotTell):
        ask(nina, event=event, version=0)
    assert stands(event).state is UpdateState.LEAVING


def test_who_asked_and_may_not_see_the_case_any_more_sends_nothing(
    *,
    ask,  # noqa: F811
    nina,
    now,
    actor_as,
    nothing_leaves,
):
    event = ask(nina)
    wall(actor_as("supervisor"), now, nina, "high_profile")
    with acting_as(actor_as("information")):
        nothing_leaves(event, "no_access")


@pytest.mark.parametrize("fault", ["down", "takes_and_dies", "silent"])
def test_a_sender_that_fails_or_is_late_sends_it_once_at_most(
    *,
    ask,  # noqa: F811
    nina,
    now,
    notify,
    senders,
    stands,
    fault,
):
    event = ask(nina)
    notify.faults.add(fault)
    send_everywhere(now=now + HOLD, senders=senders)
    assert stands(event).told_at is None
    notify.faults.clear()
    for more in (3, 5, 7):
        send_everywhere(now=now + more * HOLD, senders=senders)
    assert len(notify.given) == 1
