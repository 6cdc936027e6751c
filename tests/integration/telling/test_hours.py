"""At night, and outside the times that somebody gave: asked, said, kept, or refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.care.casework.models import Case
from alongside.care.contact.types import Channel
from alongside.care.people.types import ChannelKind, SafetyState
from alongside.care.planning.operations.warnings import add_warning
from alongside.care.telling import queries as telling
from alongside.care.telling.operations.drafts import HourNeeded, HourWhyNeeded
from alongside.care.telling.permissions import WayRefused
from alongside.care.telling.queries import Whose
from alongside.care.telling.types import HourChoice, HourSaid, Kind, UpdateState
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction
from alongside.walls.context import acting_as
from alongside.workflows.send_updates import send_everywhere
from alongside.workflows.write_update import Typed, tell
from tests.factories.feeds import receive
from tests.integration.telling.conftest import LOST, say, send_news
from tests.integration.telling.safety import HOLD, mark
from tests.integration.telling.test_leaving_by_itself import NIGHT, NOON, at_hour
from tests.integration.telling.test_pages import plain, post
from tests.integration.web.casework.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]
WITHIN = HourSaid(choice=HourChoice.WITHIN)
ANYWAY = HourSaid(choice=HourChoice.ANYWAY, why="He is released at six")
CHILD = {
    **LOST,
    "crime_ref": "26000000079",
    "given_names": "Kay",
    "date_of_birth": "2015-05-06",
    "guardian_name": "Jo Sand",
    "guardian_phone": "07700 900480",
    "mobile_phone": "07700 900479",
    "email": "kay@people.example",
}


@pytest.fixture
def now():
    """Midday today: each test says its own hour."""
    return at_hour(NOON)


@pytest.fixture
def night():
    return at_hour(NIGHT) + timedelta(days=1)


@pytest.fixture
def ask(worker, owed):
    """Ask for the news to be sent to somebody, and say something of the hour."""

    def asked(case_id, at, said=None, channel=Channel.SMS, **more):
        found = more.get("event") or owed(case_id)
        tell(
            actor=more.get("actor", worker),
            now=at,
            case_id=case_id,
            event_id=found.event_id,
            typed=Typed(kind=Kind.STANDARD, words="News for you", version=0),
            channel=channel,
            at=at,
            said=said,
        )
        return found

    return asked


def on_the_trail(monkeypatch):
    """What is written on the trail from here on of what is asked to leave."""
    seen, record = [], audit.record_event

    def watch(**said):
        if said["action"] is AuditAction.UPDATE_ASKED:
            seen.append(said["purpose"])
        record(**said)

    monkeypatch.setattr(audit, "record_event", watch)
    return seen


def warn(worker, now, case_id):
    add_warning(
        actor=worker,
        now=now,
        case_id=case_id,
        kind="visit",
        words="He reads her phone",
        until=(now + timedelta(days=20)).date(),
    )


def test_by_day_to_whom_gave_no_times_nothing_is_asked(
    *, ask, lou, now, stands, senders
):
    event = ask(lou, now)
    assert stands(event).hour is None
    assert send_everywhere(now=now + HOLD, senders=senders) == 1


def test_at_night_it_is_said_why_it_cannot_wait(
    *, ask, lou, night, stands, senders, monkeypatch
):
    entries = on_the_trail(monkeypatch)
    with pytest.raises(HourNeeded):
        ask(lou, night)
    with pytest.raises(HourNeeded):
        ask(lou, night, WITHIN)  # they gave no times
    with pytest.raises(HourWhyNeeded):
        ask(lou, night, HourSaid(choice=HourChoice.ANYWAY, why="  "))
    event = ask(lou, night, ANYWAY)
    line = stands(event)
    assert (line.hour, line.hour_why) == (HourChoice.ANYWAY, ANYWAY.why)
    assert send_everywhere(now=night + HOLD, senders=senders) == 1
    assert entries == ["suspect_arrested sms anyway"]


def test_whoever_gave_their_times_is_written_to_at_a_time_they_gave(
    *, ask, nina, now, stands
):
    with pytest.raises(HourNeeded):
        ask(nina, now)
    event = ask(nina, now, WITHIN)
    assert stands(event).hour is HourChoice.WITHIN


def test_what_a_worker_says_by_voice_is_asked_nothing(*, ask, nina, now, stands):
    assert stands(ask(nina, now, channel=Channel.PHONE)).told_at is not None


def test_a_child_gets_nothing_at_night_whatever_is_said(
    *, ask, worker, now, night, case_of, actor_as, held
):
    receive([CHILD], now=now - timedelta(days=9), extract_id="LEI-9")
    happened = {"crime_ref": CHILD["crime_ref"], "event": "suspect_arrested"}
    send_news([happened | {"extract_id": "LEI-P-9"}], now=now)
    with acting_as(actor_as("children")):
        acting = actor_as("children")
        case_id = case_of(CHILD)
        found = telling.list_owed(actor=acting, whose=Whose.ALL, limit=50)
        event = next(one for one in found if one.case_id == case_id)
        mark(acting, now, event=event, channel=ChannelKind.SMS, state=SafetyState.SAFE)
        for said in (None, WITHIN, ANYWAY):
            with pytest.raises(WayRefused) as refused:
                ask(case_id, night, said, actor=acting, event=event)
            assert "they are a child" in refused.value.user_message
        ask(case_id, now, actor=acting, event=event)


@pytest.mark.parametrize("why", ["warning", "risk"])
def test_where_there_is_danger_nothing_is_sent_at_night(
    *, ask, lou, night, worker, now, why
):
    if why == "warning":
        warn(worker, now, lou)
    else:
        Case.objects.filter(public_id=lou).update(high_risk=True)
    with pytest.raises(WayRefused):
        ask(lou, night, ANYWAY)


def test_where_a_warning_stands_only_their_own_times_count(
    *, ask, nina, worker, night, now, stands
):
    warn(worker, now, nina)
    with pytest.raises(HourNeeded):
        ask(nina, night, ANYWAY)
    assert stands(ask(nina, night, WITHIN)).hour is HourChoice.WITHIN


def test_what_was_held_up_until_the_night_does_not_leave(
    *, ask, lou, now, notify, senders, stands, night
):
    event = ask(lou, now)
    assert send_everywhere(now=night, senders=senders) == 0
    assert notify.given == [] and stands(event).failed == "not_this_hour"


def test_what_was_held_up_to_whom_gave_their_times_does_not_leave(
    *, ask, nina, now, notify, senders, stands
):
    event = ask(nina, now, WITHIN)
    assert send_everywhere(now=now + timedelta(hours=2), senders=senders) == 0
    assert notify.given == [] and stands(event).failed == "not_this_hour"


def test_what_was_held_up_by_day_leaves_by_day(*, ask, lou, now, senders):
    ask(lou, now)
    assert send_everywhere(now=now + timedelta(hours=2), senders=senders) == 1


def test_times_that_came_after_it_was_asked_for_are_kept(
    *, ask, lou, now, notify, senders, stands
):
    from tests.integration.telling.test_sending import person_ref_of

    event = ask(lou, now)
    newer = {"action": "update", "contact_times": "never in the evening"}
    newer |= {"person_ref": person_ref_of(LOST), "extracted_at": say(now)}
    receive([LOST | newer], now=now, extract_id="LEI-3")
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == [] and stands(event).failed == "not_this_hour"


def test_the_page_says_their_times_and_asks(*, tom, nina, owed, settings, senders):
    settings.MESSAGE_SENDERS = senders
    event = owed(nina)
    address = reverse("telling:update", args=[nina, event.event_id])
    page = plain(text_of(tom.get(address)))
    assert "They said when they may be reached: “after six”." in page
    said = {"version": 0, "words": "News", "way": "sms"}
    page = plain(text_of(post(tom, "update", nina, event.event_id, **said)))
    assert "Say whether it may reach them at this hour" in page
    said["hour"] = "anyway"
    page = plain(text_of(post(tom, "update", nina, event.event_id, **said)))
    assert "Say why it cannot wait" in page
    said["hour_why"] = "He is released at six"
    answer = post(tom, "update", nina, event.event_id, **said)
    assert answer.status_code == 302
    page = plain(text_of(tom.get(answer["Location"])))
    assert "it could not wait. He is released at six" in page


def test_a_draft_is_kept_at_any_hour(*, tom, nina, owed, stands):
    event = owed(nina)
    answer = post(tom, "update", nina, event.event_id, words="x", keep="yes", version=0)
    assert answer.status_code == 302
    assert stands(event).state is UpdateState.DRAFTED
