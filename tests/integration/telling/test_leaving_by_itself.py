"""What leaves without a worker: where area, words and wish allow it, and safety."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.care.casework.models import Case
from alongside.care.journey.models import Wish
from alongside.care.journey.operations.wishes import record_wish
from alongside.care.journey.types import WishKind
from alongside.care.people.types import ChannelKind, SafetyState
from alongside.care.planning.operations.warnings import add_warning
from alongside.care.telling.types import Part, UpdateState
from alongside.foundation.gateways.messages import Route
from alongside.foundation.lib.local import LONDON
from alongside.workflows.send_updates import send_everywhere
from alongside.workflows.tell_by_itself import ask_everywhere
from tests.integration.telling.conftest import LOST, send_news
from tests.integration.telling.reading import read_by_two, take_back
from tests.integration.telling.safety import HOLD, mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]
HEARING = ("first_hearing_listed", Part.STANDARD)
NOON, NIGHT = 12, 3


@pytest.fixture
def now():
    """Midday: nothing leaves by itself at night."""
    return at_hour(NOON)


def at_hour(hour):
    return datetime.now(tz=LONDON).replace(hour=hour, minute=0).astimezone(UTC)


@pytest.fixture
def wish(worker, now):
    """Somebody says how they want to be told."""

    def wished(event, channel="sms"):
        return Wish.objects.create(
            area_id=worker.area_id,
            case_id=event.case_key,
            asks=WishKind.EVERY,
            every_days=14,
            channel=channel,
            words="",
            since=now,
            recorded_by_id=worker.user_id,
        )

    return wished


@pytest.fixture
def hearing(*, owed, lou, now):
    """Of Lou, who speaks English, the first hearing is set."""
    send_news(
        [
            {
                "crime_ref": LOST["crime_ref"],
                "event": "first_hearing_listed",
                "detail": '{"court": "Leicester Magistrates", "on": "2027-03-04"}',
                "extract_id": "LEI-P-2",
            }
        ],
        now=now,
    )
    return owed(lou, "first_hearing_listed")


@pytest.fixture
def leave(senders):
    """Has leave by itself what may, by the senders there are; how much."""

    def ask(*, now, senders=senders, **more):
        return ask_everywhere(now=now, senders=senders, **more)

    return ask


def test_what_leaves_by_itself_is_what_they_asked_for(
    *, leave, hearing, now, wish, notify, senders, stands, worker
):
    wish(hearing, "email")
    assert leave(now=now) == 0  # nobody has read the words over
    read_by_two(*HEARING, now=now)
    assert leave(now=now) == 1
    assert leave(now=now) == 0
    line = stands(hearing)
    assert line.by_itself and line.state is UpdateState.LEAVING
    assert send_everywhere(now=now + HOLD, senders=senders) == 1
    assert "Thursday 4 March 2027" in notify.given[0].words
    assert notify.given[0].to == LOST["email"]
    assert stands(hearing).told_at is not None


def test_nothing_is_asked_to_leave_that_nobody_could_carry(
    *, leave, hearing, now, wish, senders
):
    wish(hearing, "email")
    read_by_two(*HEARING, now=now)
    assert leave(now=now, senders={}) == 0
    only_texts = {Route.TEXT: senders[Route.TEXT]}
    assert leave(now=now, senders=only_texts) == 0
    assert leave(now=now) == 1


def test_nothing_leaves_for_whom_nobody_asked_how(*, leave, hearing, now):
    read_by_two(*HEARING, now=now)
    assert leave(now=now) == 0


def test_words_that_are_taken_back_stop_what_waits_to_leave(
    *, leave, hearing, now, wish, notify, senders, stands
):
    wish(hearing)
    read_by_two(*HEARING, now=now)
    assert leave(now=now) == 1
    take_back(*HEARING, now=now)
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert not notify.given
    assert stands(hearing).failed == "words_taken_back"


@pytest.mark.parametrize("why", ["unsafe", "warning", "enhanced"])
def test_what_is_not_to_leave_by_itself_waits_for_a_worker(
    *, leave, hearing, now, wish, worker, why, lou
):
    wish(hearing)
    read_by_two(*HEARING, now=now)
    if why == "unsafe":
        state = SafetyState.UNSAFE
        mark(worker, now, event=hearing, channel=ChannelKind.SMS, state=state)
    elif why == "warning":
        add_warning(
            actor=worker,
            now=now,
            case_id=lou,
            kind="visit",
            words="A large dog",
            until=(now + timedelta(days=20)).date(),
        )
    else:
        Case.objects.filter(public_id=lou).update(tier="enhanced")
    assert leave(now=now) == 0


def test_nobody_is_told_by_itself_in_a_language_they_do_not_speak(
    *, leave, owed, nina, now, wish
):
    wish(owed(nina, "first_hearing_listed"))
    read_by_two(*HEARING, now=now)
    assert leave(now=now) == 0


def test_nothing_is_asked_for_at_night(*, leave, hearing, wish, now):
    wish(hearing, "email")
    read_by_two(*HEARING, now=now)
    assert leave(now=at_hour(NIGHT)) == 0
    assert leave(now=now) == 1


@pytest.mark.parametrize("what", ["risk", "warning", "wish"])
def test_what_changed_before_it_left_is_looked_at_again(
    *, leave, hearing, now, wish, notify, senders, stands, worker, lou, what
):
    wish(hearing, "email")
    read_by_two(*HEARING, now=now)
    assert leave(now=now) == 1
    if what == "risk":
        Case.objects.filter(public_id=lou).update(high_risk=True)
    elif what == "warning":
        add_warning(
            actor=worker,
            now=now,
            case_id=lou,
            kind="visit",
            words="A large dog",
            until=(now + timedelta(days=20)).date(),
        )
    else:
        record_wish(
            actor=worker,
            now=now,
            case_id=lou,
            asks=WishKind.EVERY,
            every_days=7,
            channel="sms",
        )
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == [] and stands(hearing).failed == "changed_since"


def test_who_may_not_be_told_by_itself_keeps_nobody_back(
    *, leave, owed, nina, hearing, now, wish
):
    before = owed(nina, "first_hearing_listed")
    assert before.clock_id < hearing.clock_id  # she would be told first
    for event in (before, hearing):
        wish(event, "email")
    read_by_two(*HEARING, now=now)
    assert leave(now=now, piece=1) == 1
