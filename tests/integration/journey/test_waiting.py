"""News of crimes nobody has referred: who gave the number, looking, erasing."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.care.casework import queries as casework
from alongside.care.casework.models import Case, Victimisation
from alongside.care.journey.models import JourneyEvent, WaitingMessage
from alongside.care.journey.operations import waiting as operations
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.walls.context import acting_as
from alongside.workflows import waiting_messages as workflow
from alongside.workflows.register_person import register_person
from tests.integration.journey.test_arriving import STORY, matters, tell
from tests.integration.linking.somebody import ADA
from tests.integration.web.casework.conftest import text_of
from tests.support.receiving import LATER, NOW, count, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(actor_as, now):
    """The supervisor, with five messages of one crime that nobody has referred."""
    tell(*STORY)
    actor = actor_as("supervisor")
    with acting_as(actor):
        yield actor


@pytest.fixture
def message(service):
    return WaitingMessage.objects.order_by("occurred_at").first()


@pytest.fixture
def given(service, now, message):
    """The case of somebody who came by themselves and gave the crime's number."""
    made = register_person(
        actor=service,
        now=now,
        arrival=replace(ADA, crime_ref=message.crime_ref.lower()),
    )
    return made.case_id


def apply(actor, now, message, case_id):
    return workflow.apply_to(
        actor=actor, now=now, message_id=message.public_id, case_id=case_id
    )


def test_who_gave_the_number_is_found_and_nothing_is_applied_by_itself(
    service, now, message, given
):
    found = workflow.read_one(actor=service, now=now, message_id=message.public_id)

    assert [one.case_id for one, _ in found.given] == [given]
    assert count("journey_waitingmessage") == len(STORY)
    assert count("journey_journeyevent") == 0


def test_what_waits_is_told_to_the_case_once_somebody_says_it_is_theirs(
    service, now, message, given
):
    assert apply(service, now, message, given) == len(STORY)

    assert count("journey_waitingmessage") == 0
    assert matters() == {("S310957", "8N"): "S40", ("S2", ""): "S31"}
    assert JourneyEvent.objects.count() == len(STORY)
    row = Victimisation.objects.get(case_id=Case.objects.get(public_id=given).pk)
    assert row.crime_key == message.crime_key


def test_later_news_finds_the_case_by_itself(service, now, message, given):
    apply(service, now, message, given)
    tell(
        {"event": "trial_verdict", "occurred_at": "2026-06-01T12:00:00"}
        | {"received_at": "2026-06-01T12:00:00", "detail": '{"verdict": "guilty"}'},
        extract="P-9",
        at="2026-09-28T05:00:00",
    )

    assert count("journey_waitingmessage") == 0
    assert count("journey_journeyevent", "event = 'trial_verdict'") == 1


def test_news_from_before_the_crime_they_told_us_of_stays_and_says_so(
    service, now, message, given
):
    Victimisation.objects.update(occurred_from=message.occurred_at + timedelta(days=9))
    applied = apply(service, now, message, given)

    assert 0 < applied < len(STORY)
    left = WaitingMessage.objects.values_list("refused_why", flat=True)
    assert set(left) == {"It is said to have happened before the crime"}


def test_a_case_that_does_not_name_the_crime_is_not_told(service, now, message):
    other = register_person(actor=service, now=now, arrival=ADA).case_id
    with pytest.raises(NotFound):
        apply(service, now, message, other)


@pytest.fixture
def suspected(given, monkeypatch):
    """The force suspects whoever gave the number."""
    key = Case.objects.get(public_id=given).person_id
    suspects = frozenset({key})
    monkeypatch.setattr(casework, "find_suspects", lambda **_: suspects)


@pytest.mark.usefixtures("suspected")
def test_whoever_is_suspected_of_it_is_not_told(service, now, message, given):
    with pytest.raises(workflow.NotTheirCrime):
        apply(service, now, message, given)
    assert count("journey_journeyevent") == 0


def test_a_referral_that_comes_is_told_as_before(service, given):
    send({}, extract="LEI-7", at=LATER)
    assert count("journey_waitingmessage") == 0


def test_nothing_is_erased_before_somebody_looked_and_said_why(service, now, message):
    asked = {"actor": service, "now": now, "message_id": message.public_id}
    with pytest.raises(operations.NotLookedAt):
        operations.erase(**asked, why="The force says no")
    with pytest.raises(operations.WordsNeeded):
        operations.look_at(**asked, words=" ")
    operations.look_at(**asked, words="Asked the force")
    with pytest.raises(operations.WhyNeeded):
        operations.erase(**asked, why="")

    operations.erase(**asked, why="They will not refer")

    assert count("journey_waitingmessage") == len(STORY) - 1
    with pytest.raises(NotFound):
        operations.erase(**asked, why="Again")


def test_a_worker_may_look_at_the_list_and_erase_nothing(message, actor_as, now):
    worker = actor_as("worker")
    with acting_as(worker), pytest.raises(NotAllowed):
        operations.look_at(
            actor=worker, now=now, message_id=message.public_id, words="x"
        )


def test_another_service_knows_of_no_message(message, actor_as, now):
    provider = actor_as("provider.worker")
    with acting_as(provider):
        assert WaitingMessage.objects.count() == 0
        with pytest.raises(NotFound):
            workflow.read_one(actor=provider, now=now, message_id=message.public_id)


def test_supervisors_are_told_of_each_once(service, actor_as, now):
    from alongside.foundation.accounts.models import Notice

    assert workflow.tell_everywhere(now=NOW + timedelta(days=27)) == 0
    assert workflow.tell_everywhere(now=NOW + timedelta(days=29)) == len(STORY)
    assert workflow.tell_everywhere(now=NOW + timedelta(days=30)) == 0
    with acting_as(service):
        words = Notice.objects.get().words
    assert "5 messages have waited 28 days" in words


@pytest.mark.usefixtures("given")
def test_the_list_its_filters_and_its_file(service, now, message, sarah):
    operations.look_at(
        actor=service, now=now, message_id=message.public_id, words="Asked the force"
    )
    address = reverse("journey:waiting")

    page = text_of(sarah.get(address))
    assert page.count("1 case") == len(STORY)
    assert "Asked the force" in page
    assert "No message like this" in text_of(sarah.get(address + "?show=long"))
    assert "No message like this" in text_of(sarah.get(address + "?show=refused"))
    assert text_of(sarah.get(address + "?show=ours")).count("1 case") == len(STORY)
    file = text_of(sarah.get(address + "?format=csv"))
    first, *others = csv.DictReader(io.StringIO(file))
    assert (first["must_look"], first["what_came_of_it"]) == ("no", "Asked the force")
    assert len(others) == len(STORY) - 1
    later = workflow.read_waiting(
        actor=service, now=NOW + timedelta(days=40), show="long", start=0, limit=9
    )
    assert [later.is_long(line) for line in later.lines] == [True] * (len(STORY) - 1)


def test_how_many_statements_the_list_takes(service, now):
    def statements(limit):
        with CaptureQueriesContext(connection) as captured:
            workflow.read_waiting(actor=service, now=now, start=0, limit=limit)
        return len(captured)

    assert statements(1) == statements(50) == 2


def test_a_message_is_looked_at_applied_and_erased_by_its_page(
    service, message, given, sarah
):
    def at(name, *more):
        return reverse(f"journey:{name}", args=[message.public_id, *more])

    assert "It is their crime" in text_of(sarah.get(at("waiting_one")))
    assert "Erase it" not in text_of(sarah.get(at("waiting_one")))
    assert "Say what came of it" in text_of(sarah.post(at("waiting_look"), {}))
    sarah.post(at("waiting_look"), {"words": "We asked the force"})
    assert "We asked the force" in text_of(sarah.get(at("waiting_one")))
    assert "cannot be undone" in text_of(sarah.get(at("waiting_erase")))
    assert "Say why it is erased" in text_of(sarah.post(at("waiting_erase"), {}))

    asks = text_of(sarah.get(at("waiting_apply", given)))
    assert f"Is this the crime against {ADA.given_names} {ADA.surname}?" in asks
    assert sarah.get(at("waiting_apply", uuid4())).status_code == 404
    done = sarah.post(at("waiting_apply", given), follow=True)

    assert "has the news of this crime now" in text_of(done)
    assert sarah.get(at("waiting_one")).status_code == 404
