"""What leaves without a worker: where area, words and wish allow it, and safety."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.care.casework.models import Case
from alongside.care.journey.models import Wish
from alongside.care.journey.operations.wishes import record_wish
from alongside.care.journey.types import WishKind
from alongside.care.people.types import ChannelKind, SafetyState
from alongside.care.planning.operations.warnings import add_warning
from alongside.care.telling.tables import TEMPLATES
from alongside.care.telling.types import UpdateState
from alongside.foundation.lib.local import LONDON
from alongside.workflows.send_updates import send_everywhere
from alongside.workflows.tell_by_itself import ask_everywhere
from tests.integration.telling.conftest import LOST, send_news
from tests.integration.telling.safety import HOLD, mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]
MADE = date(2026, 10, 1)
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


REVIEWED = {
    tag: [replace(row, reviewed_by="Supervisor", reviewed_on=MADE) for row in rows]
    for tag, rows in TEMPLATES.items()
}


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


def test_what_leaves_by_itself_is_what_they_asked_for(
    *, hearing, now, wish, notify, senders, stands, worker
):
    assert ask_everywhere(now=now, words=REVIEWED) == 0  # they did not say how
    wish(hearing, "email")
    assert ask_everywhere(now=now) == 0  # nobody has reviewed the words
    assert ask_everywhere(now=now, words=REVIEWED) == 1
    assert ask_everywhere(now=now, words=REVIEWED) == 0
    line = stands(hearing)
    assert line.by_itself and line.state is UpdateState.LEAVING
    assert send_everywhere(now=now + HOLD, senders=senders) == 1
    assert "Thursday 4 March 2027" in notify.given[0].words
    assert notify.given[0].to == LOST["email"]
    assert stands(hearing).told_at is not None


@pytest.mark.parametrize("why", ["unsafe", "warning", "enhanced"])
def test_what_is_not_to_leave_by_itself_waits_for_a_worker(
    *, hearing, now, wish, worker, why, lou
):
    wish(hearing)
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
    assert ask_everywhere(now=now, words=REVIEWED) == 0


def test_nobody_is_told_by_itself_in_a_language_they_do_not_speak(
    *, owed, nina, now, wish
):
    wish(owed(nina, "first_hearing_listed"))
    assert ask_everywhere(now=now, words=REVIEWED) == 0


def test_nothing_is_asked_for_at_night(*, hearing, wish, now):
    wish(hearing, "email")
    assert ask_everywhere(now=at_hour(NIGHT), words=REVIEWED) == 0
    assert ask_everywhere(now=now, words=REVIEWED) == 1


@pytest.mark.parametrize("what", ["risk", "warning", "wish"])
def test_what_changed_before_it_left_is_looked_at_again(
    *, hearing, now, wish, notify, senders, stands, worker, lou, what
):
    wish(hearing, "email")
    assert ask_everywhere(now=now, words=REVIEWED) == 1
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
