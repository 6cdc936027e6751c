"""Whoever asked for easy read gets it: from a worker, and by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.care.telling.types import Kind, Part
from alongside.workflows.send_updates import send_everywhere
from alongside.workflows.tell_person import read_update
from tests.integration.telling.needs import assessed
from tests.integration.telling.reading import read_by_two, take_back
from tests.integration.telling.safety import HOLD
from tests.integration.telling.test_leaving_by_itself import (  # noqa: F401
    HEARING,
    hearing,
    leave,
    now,
    wish,
)
from tests.integration.telling.test_pages import plain
from tests.integration.web.casework.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]
EASY = (HEARING[0], Part.EASY_READ)
FIRST_DAY = "There is a first day in court."


@pytest.fixture
def shown(worker, now):  # noqa: F811
    def read(event):
        return read_update(
            actor=worker, now=now, case_id=event.case_id, event_id=event.event_id
        )

    return read


def test_without_a_wish_the_words_are_standard(shown, hearing, now):  # noqa: F811
    read_by_two(*EASY, now=now)
    assert shown(hearing).written.kind is Kind.STANDARD


def test_what_is_drafted_is_easy_read_once_it_was_read_over(
    *,
    shown,
    hearing,  # noqa: F811
    now,  # noqa: F811
    worker,
    tom,
):
    assessed(worker, now, event=hearing, formats=["easy_read"], reading="some_help")
    before = shown(hearing)
    assert before.written.kind is Kind.STANDARD
    address = reverse("telling:update", args=[hearing.case_id, hearing.event_id])
    page = plain(text_of(tom.get(address)))
    assert "What helps them: easy read." in page
    assert "They asked for easy read, and these are standard words" in page
    read_by_two(*EASY, now=now)
    after = shown(hearing)
    assert after.written.kind is Kind.EASY_READ and after.reviewed
    page = plain(text_of(tom.get(address)))
    assert FIRST_DAY in page and "these are standard words" not in page
    page = plain(text_of(tom.get(address, {"kind": "standard"})))
    assert "these are standard words" in page


def test_nothing_leaves_by_itself_in_words_they_did_not_ask_for(
    *,
    leave,  # noqa: F811
    hearing,  # noqa: F811
    now,  # noqa: F811
    wish,  # noqa: F811
    worker,
    notify,
    senders,
    stands,
):
    wish(hearing, "email")
    assessed(worker, now, event=hearing, formats=["easy_read"])
    read_by_two(*HEARING, now=now)
    assert leave(now=now) == 0
    read_by_two(*EASY, now=now, around=False)
    assert leave(now=now) == 1
    assert stands(hearing).kind is Kind.EASY_READ
    assert send_everywhere(now=now + HOLD, senders=senders) == 1
    assert FIRST_DAY in notify.given[0].words


def test_easy_read_that_is_taken_back_holds_it_all_back(
    *,
    leave,  # noqa: F811
    hearing,  # noqa: F811
    now,  # noqa: F811
    wish,  # noqa: F811
    worker,
):
    wish(hearing, "email")
    assessed(worker, now, event=hearing, formats=["easy_read"])
    read_by_two(*HEARING, now=now)
    read_by_two(*EASY, now=now, around=False)
    take_back(*EASY, now=now)
    assert leave(now=now) == 0


def test_the_newest_answer_counts(
    *,
    leave,  # noqa: F811
    hearing,  # noqa: F811
    now,  # noqa: F811
    wish,  # noqa: F811
    worker,
    shown,
):
    wish(hearing, "email")
    read_by_two(*EASY, now=now)
    before = now - timedelta(days=2)
    assessed(worker, before, event=hearing, formats=["easy_read"])
    assert shown(hearing).written.kind is Kind.EASY_READ
    assessed(worker, now, event=hearing, formats=["none"])
    assert shown(hearing).written.kind is Kind.STANDARD
    read_by_two(*HEARING, now=now, around=False)
    assert leave(now=now) == 0  # they want nothing in writing


def test_a_wish_that_is_written_down_before_it_leaves_is_kept(
    *,
    leave,  # noqa: F811
    hearing,  # noqa: F811
    now,  # noqa: F811
    wish,  # noqa: F811
    worker,
    notify,
    senders,
    stands,
):
    wish(hearing, "email")
    read_by_two(*HEARING, now=now)
    assert leave(now=now) == 1
    assessed(worker, now, event=hearing, formats=["easy_read"])
    assert send_everywhere(now=now + HOLD, senders=senders) == 0
    assert notify.given == [] and stands(hearing).failed == "changed_since"
