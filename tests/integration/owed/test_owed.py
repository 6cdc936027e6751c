"""Who owes whom what: the right promises, in order, counted, for those who may."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.care.casework.models import Case
from alongside.care.journey.models import Clock
from alongside.care.journey.queries import owed
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.owed import Lateness
from alongside.walls.context import acting_as
from alongside.workflows.read_owed import Filters, read_force_owed, read_owed
from tests.integration.web.casework.conftest import text_of

pytestmark = pytest.mark.usefixtures("no_promises")


@pytest.fixture
def three(promise, asha, omar):
    """The police are late with Asha, witness care has this week, the service later."""
    return (
        promise(asha, "R06-ARREST", -3),
        promise(omar, "R08-HEARDATE", 2),
        promise(asha, "R09-SENTENCE", 30),
    )


def listed(worker, now, **chosen):
    found = read_owed(actor=worker, now=now, chosen=Filters(**chosen), size=50)
    return [line.clock_id for line in found.lines]


def test_soonest_due_first_whoever_owes_it(worker, now, three):
    assert listed(worker, now) == [clock.pk for clock in three]


@pytest.mark.parametrize(
    ("chosen", "places"),
    [
        ({"holder": DutyHolder.POLICE}, [0]),
        ({"holder": DutyHolder.CPS}, []),
        ({"lateness": Lateness.OVERDUE}, [0]),
        ({"lateness": Lateness.WEEK}, [1]),
        ({"lateness": Lateness.LATER}, [2]),
        ({"right": 8}, [1]),
        ({"right": 9}, [2]),
        ({"tier": "enhanced"}, [0, 2]),
        ({"tier": "standard"}, [1]),
    ],
)
def test_each_filter_leaves_its_own(world, three, chosen, places):
    assert listed(world.worker, world.now, **chosen) == [
        three[place].pk for place in places
    ]


@pytest.mark.parametrize(("days", "which"), [(-1, 0), (0, 1), (6, 1), (7, 2)])
def test_a_promise_is_counted_where_its_list_shows_it(world, days, which):
    clock = world.promise(world.omar, "R08-BAIL", days)
    lateness = list(Lateness)[which]
    assert listed(world.worker, world.now, lateness=lateness) == [clock.pk]
    assert owed.count_owed(on=world.today) == {(DutyHolder.WCU, lateness): 1}


def test_what_is_settled_replaced_a_window_or_of_a_closed_case_is_not_owed(world):
    world.promise(world.asha, "R06-ARREST", 1, met_on=world.today, evidence="Told")
    world.promise(world.asha, "R06-ARREST", 1, not_owed_reason="uncontactable")
    newer = world.promise(world.asha, "R06-ARREST", 1)
    older = world.promise(world.asha, "R06-ARREST", 4)
    Clock.objects.filter(pk=older.pk).update(replaced_by=newer)
    world.promise(world.asha, "R09-ULS", 5)
    world.promise(world.omar, "R06-ARREST", 1)
    Case.objects.filter(public_id=world.omar).update(
        status="closed", closed_at=world.now, disposition="completed"
    )
    assert listed(world.worker, world.now) == [newer.pk]
    assert sum(owed.count_owed(on=world.today).values()) == 1


def test_pages_follow_one_another_and_lose_nothing(world):
    clocks = [world.promise(world.asha, "R06-ARREST", day) for day in (1, 1, 1, 2, 2)]
    clocks += [world.promise(world.omar, "R06-ARREST", 2)]
    seen, place = [], None
    for _ in range(3):
        found = read_owed(
            actor=world.worker, now=world.now, chosen=Filters(), place=place, size=2
        )
        seen += [line.clock_id for line in found.lines]
        place = found.next_place
    assert place is None
    assert seen == [clock.pk for clock in clocks]


def test_statements_do_not_grow_with_the_promises(world):
    def count():
        with CaptureQueriesContext(connection) as captured:
            read_owed(actor=world.worker, now=world.now, chosen=Filters(), size=50)
        return len(captured)

    world.promise(world.asha, "R06-ARREST", 1)
    few = count()
    for day in range(9):
        world.promise(world.omar, "R06-ARREST", day)
    assert count() == few == 4


def test_a_case_behind_a_wall_is_neither_listed_nor_counted(world):
    world.promise(world.asha, "R06-ARREST", 1)
    Case.objects.filter(public_id=world.asha).update(compartments=2)
    assert listed(world.worker, world.now) == []
    assert owed.count_owed(on=world.today) == {}


def test_the_page_says_how_many_who_and_by_when(tom, three):
    page = text_of(tom.get("/owed"))
    assert "3 promises" in page
    assert "1 is past its day" in page
    assert "Police to tell them about the arrest" in page
    assert "3 days late" in page
    assert "Asha Reed" in page


def test_the_page_says_so_where_nothing_is_owed(tom):
    assert "Nobody owes anything now" in text_of(tom.get("/owed"))


def test_the_file_has_references_and_no_names(tom, three):
    text = text_of(tom.get("/owed?format=csv&holder=police"))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["what"] for row in rows] == ["Police to tell them about the arrest"]
    assert "Asha" not in text


def test_nonsense_in_the_address_narrows_nothing(tom, three):
    page = tom.get("/owed?holder=x&due=y&right=99&team=z&tier=q&from=2026.x")
    assert "3 promises" in text_of(page)


def test_the_case_and_the_lists_say_who_owes_what_next(world, tom, three, held_by_tom):
    label = "Police to tell them about the arrest"
    page = text_of(tom.get(f"/cases/{world.asha}"))
    assert 0 < page.index("Owed next") < page.index(label)
    assert page.count(label) == 1, "what is owed next is said twice"
    assert f"Owed next: {label}" in text_of(tom.get("/work"))
    Clock.objects.filter(pk=three[1].pk).update(not_owed_reason="uncontactable")
    assert "Nobody owes them anything now" in text_of(tom.get(f"/cases/{world.omar}"))


class TestAForce:
    def owed(self, actor_as, now):
        liaison = actor_as("police")
        with acting_as(liaison):
            return read_force_owed(
                actor=liaison, now=now, lateness=None, start=0, size=50
            ).lines

    def test_sees_its_own_promises_by_its_own_numbers(self, world):
        world.police_promise("26000000001", world.today - timedelta(days=1))
        (line,) = self.owed(world.actor_as, world.now)
        assert line.crime_ref == "26000000001"
        assert line.label == "Police to tell them about the arrest"

    def test_sees_nothing_of_a_case_hidden_from_it(self, world):
        clock = world.police_promise("26000000001", world.today)
        Case.objects.filter(pk=clock.case_id).update(compartments=1)
        assert self.owed(world.actor_as, world.now) == ()

    def test_sees_nothing_that_others_owe(self, world):
        world.police_promise("26000000001", world.today, rule="R08-HEARDATE")
        assert self.owed(world.actor_as, world.now) == ()

    def test_nobody_else_asks_as_a_force(self, world):
        world.police_promise("26000000001", world.today)
        found = read_force_owed(
            actor=world.worker, now=world.now, lateness=None, start=0, size=9
        )
        assert found.lines == ()

    def test_has_a_page_without_names(self, world, client_as):
        world.police_promise("26000000001", world.today)
        page = text_of(client_as("police").get("/owed/by-us"))
        assert "26000000001" in page
        assert "Asha" not in page
        assert client_as("police").get("/owed").status_code == 403
