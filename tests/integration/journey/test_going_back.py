"""A force that goes back on the outcome it gave."""

import pytest

from tests.integration.journey.test_arriving import matters, tell
from tests.support.receiving import LATER, LATEST, ask, send

pytestmark = pytest.mark.django_db
ENDED = {"action": "update", "status": "closed", "outcome_type": "18"}
ENDED |= {"outcome_on": "2026-09-28"}
GOES_ON = {"action": "update", "status": "under_investigation"}
EVENTS = """
    SELECT event, source FROM journey_journeyevent WHERE superseded_by_id IS NULL
     ORDER BY occurred_at
"""


def test_it_is_looked_into_again():
    send({})
    send(ENDED, extract="LEI-2", at=LATER)
    assert matters() == {("", ""): "S31"}

    send(GOES_ON, extract="LEI-3", at=LATEST)

    assert matters() == {("", ""): "S20"}
    assert ask(EVENTS)[-1] == ("investigated", "referral")


def test_told_again_and_again_it_stands_once():
    send({})
    send(ENDED, extract="LEI-2", at=LATER)
    send(GOES_ON, extract="LEI-3", at=LATEST)
    more = {"email": "another@example.org"}
    send(GOES_ON | more, extract="LEI-4", at="2026-10-01T02:15:00")

    assert [event for event, _ in ask(EVENTS)].count("investigated") == 1


def test_ended_anew_it_ends_whatever_day_the_outcome_bears():
    send({})
    send(ENDED, extract="LEI-2", at=LATER)
    send(GOES_ON, extract="LEI-3", at=LATEST)
    send(ENDED, extract="LEI-4", at="2026-10-01T02:15:00")
    assert matters() == {("", ""): "S31"}
    send(
        ENDED | {"email": "another@example.org"},
        extract="LEI-5",
        at="2026-10-02T02:15:00",
    )

    assert matters() == {("", ""): "S31"}
    found = [event for event, _ in ask(EVENTS)]
    # A decision of its own: who was told of the first is to be told of the second.
    assert found.count("no_further_action") == 2


def test_what_a_message_ended_no_status_opens():
    send({})
    at = "2026-09-28T15:00:00"
    tell(
        {
            "event": "no_further_action",
            "occurred_at": at,
            "received_at": at,
            "suspect_ref": "",
            "detail": "",
        }
    )
    assert matters() == {("", ""): "S31"}
    send(GOES_ON, extract="LEI-3", at=LATEST)

    assert matters() == {("", ""): "S31"}


def test_a_new_referral_that_is_looked_into_says_nothing_more():
    send({"status": "under_investigation"})

    assert matters() == {("", ""): "S10"}
    assert ask(EVENTS) == []
