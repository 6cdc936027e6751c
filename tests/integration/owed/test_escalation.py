"""Promises past their day: who is told, when, once; and what came of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.care.casework.models import Case
from alongside.care.journey.models import Clock, Escalation
from alongside.care.journey.operations.escalation import (
    answer_escalation,
    escalate_missed,
)
from alongside.care.journey.operations.settling import EvidenceNeeded
from alongside.care.journey.tables import RULES
from alongside.care.journey.types import DutyHolder
from alongside.foundation.accounts.models import Notice
from alongside.foundation.accounts.queries import get_receiver
from alongside.foundation.lib.errors import NotFound
from alongside.walls.context import acting_as
from alongside.workflows.escalate import escalate_everywhere
from tests.integration.web.casework.conftest import text_of

pytestmark = pytest.mark.usefixtures("no_promises")


@pytest.fixture
def run(world):
    """Runs the round so many days from now; of how many promises it told."""

    def go(days=0):
        now = world.now + timedelta(days=days)
        receiver = get_receiver(agency_id=world.worker.agency_id, now=now)
        with acting_as(receiver):
            return escalate_missed(actor=receiver, now=now)

    return go


def told():
    return sorted(Escalation.objects.values_list("rung", flat=True))


SERVICE_RULE = next(
    rule.code for rule in RULES if rule.duty_holder is DutyHolder.SERVICE
)
STANDARD = [(0, []), (1, ["worker"]), (4, ["worker"])]
STANDARD += [(5, ["supervisor", "worker"]), (9, ["supervisor", "worker"])]
STANDARD += [(10, ["holder", "supervisor", "worker"])]
STANDARD += [(28, ["holder", "supervisor", "worker"]), (29, [])]


@pytest.mark.parametrize("line", STANDARD)
def test_who_is_told_so_many_days_past_the_day(world, run, line):
    days, expected = line
    world.promise(world.omar, "R08-HEARDATE", -days)
    run()
    assert told() == expected


@pytest.mark.parametrize(
    "line", [(3, ["supervisor", "worker"]), (5, ["holder", "supervisor", "worker"])]
)
def test_enhanced_support_is_told_of_sooner(world, run, line):
    days, expected = line
    world.promise(world.asha, "R08-HEARDATE", -days)
    run()
    assert told() == expected


def test_each_is_told_once_however_often_the_round_goes(world, run):
    world.promise(world.omar, "R08-HEARDATE", -1)
    assert [run(), run(), run(3), run(4), run(4), run(9), run(20)] == [
        *(1, 0, 0, 1, 0, 1, 0)
    ]
    assert told() == ["holder", "supervisor", "worker"]


def test_what_was_kept_meanwhile_goes_no_further(world, run):
    clock = world.promise(world.omar, "R08-HEARDATE", -1)
    run()
    Clock.objects.filter(pk=clock.pk).update(met_on=world.today, evidence="Told")
    assert run(9) == 0


def test_the_service_is_not_written_to_by_itself(world, run):
    world.promise(world.omar, SERVICE_RULE, -10)
    run()
    assert told() == ["supervisor", "worker"]


def test_a_case_hidden_from_the_police_is_never_told_of_to_a_holder(world, run):
    world.police_promise("26000000002", world.today - timedelta(days=10))
    Case.objects.filter(public_id=world.omar).update(compartments=1)
    run()
    assert told() == ["supervisor", "worker"]


def test_one_notice_for_each_who_is_told(world, run, held_by_tom):
    world.promise(world.omar, "R08-HEARDATE", -1)
    world.promise(world.asha, "R08-HEARDATE", -1)
    before = Notice.objects.count()
    run()
    (notice,) = Notice.objects.order_by("pk")[before:]
    assert notice.to_user_id == world.worker.user_id
    assert notice.words.startswith("2 promises are past the day")
    assert "Omar" not in notice.words


def test_a_force_is_told_by_notice_and_finds_its_page(world, run, client_as):
    world.police_promise("26000000002", world.today - timedelta(days=10))
    run()
    (line,) = Escalation.objects.filter(rung="holder")
    assert line.agency_id is not None
    client = client_as("police")
    page = text_of(client.get("/notices"))
    assert "1 promise is past the day to people whom your force referred" in page
    assert "/owed/by-us" in page


def test_the_round_goes_to_every_service(world):
    world.promise(world.omar, "R08-HEARDATE", -1)
    assert escalate_everywhere(now=world.now) == 1


def test_the_round_goes_on_until_everybody_was_told(world):
    for case in (world.omar, world.asha, world.asha):
        world.promise(case, "R08-HEARDATE", -1)
    assert escalate_everywhere(now=world.now, piece=2) == 3
    assert escalate_everywhere(now=world.now, piece=2) == 0


def test_a_run_costs_the_same_however_many_there_are(world, run):
    def statements(days):
        with CaptureQueriesContext(connection) as captured:
            run(days)
        return len(captured)

    world.promise(world.omar, "R08-HEARDATE", -1)
    few = statements(0)
    for _ in range(5):
        world.promise(world.asha, "R08-HEARDATE", -1)
    assert statements(0) == few


class TestAnswers:
    @pytest.fixture
    def line(self, world, run):
        world.promise(world.omar, "R08-HEARDATE", -10)
        run()
        return Escalation.objects.get(rung="holder")

    def test_what_came_of_it_is_written_once(self, world, line):
        def answer(words):
            answer_escalation(
                actor=world.worker,
                now=world.now,
                public_id=line.public_id,
                answer=words,
            )

        with pytest.raises(EvidenceNeeded):
            answer("  ")
        answer("They rang her on Tuesday")
        with pytest.raises(NotFound):
            answer("Again")
        line.refresh_from_db()
        assert line.answer == "They rang her on Tuesday"
        assert line.answered_by_id == world.worker.user_id

    def test_pages_list_it_ask_for_the_answer_and_draft_the_letter(
        self, tom, sarah, line
    ):
        page = text_of(tom.get("/owed/told"))
        assert "The body that owes it" in page
        assert "Witness care to tell them when and where" in page
        address = f"/owed/told/{line.public_id}"
        assert "Say what came of it" in text_of(tom.post(address, {"answer": ""}))
        letter = text_of(sarah.get("/owed/letter/wcu"))
        assert "Witness care to tell them when and where the hearing is" in letter
        assert "Omar" not in letter
        tom.post(address, {"answer": "They rang her"})
        assert "They rang her" in text_of(tom.get("/owed/told"))
        assert tom.get(address).status_code == 404
        assert "Nothing to write about" in text_of(sarah.get("/owed/letter/wcu"))
        assert sarah.get("/owed/letter/victim").status_code == 404
        assert "They rang her" in text_of(tom.get("/owed/told?format=csv"))
        assert "They rang her" not in text_of(tom.get("/owed/told?answer=none"))


def test_letters_are_offered_to_whoever_may_write_them(tom, client_as):
    letter = 'href="/owed/letter/'
    assert letter not in tom.get("/owed/told").content.decode()
    assert letter in client_as("supervisor").get("/owed/told").content.decode()
