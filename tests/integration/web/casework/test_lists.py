"""My work and the team queue."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.care.casework.models import Case
from alongside.care.casework.operations import working
from alongside.care.casework.queries import Place
from alongside.workflows.read_work import Due, due_of, read_my_work, read_team_work
from tests.factories.feeds import receive
from tests.integration.web.casework.conftest import LENA, text_of, typed_day


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def count_statements(do):
    with CaptureQueriesContext(connection) as captured:
        do()
    return len(captured)


def test_somebody_without_cases_is_told_what_to_do(tom):
    page = text_of(tom.get("/work"))

    assert "You hold no cases" in page
    assert 'href="/queue"' in page


def test_my_work_is_ordered_by_what_is_due_and_counts_truly(
    held_by_tom, tom, omar, now
):
    planned = {"words": "Ring about the locks", "version": "2"}
    later = typed_day("on", now + timedelta(days=20))
    tom.post(f"/cases/{omar}/next-action", planned | later)

    page = text_of(tom.get("/work"))

    assert "2 cases, 2 overdue" in page  # Omar's first contact is still promised
    assert page.index("Asha Reed") < page.index("Omar Bell")
    assert "We make a first attempt to reach them" in page
    assert "High risk. Enhanced: The police flagged this as domestic abuse" in page
    assert "Lena" not in page


def test_my_work_is_narrowed_by_day_and_support(held_by_tom, tom):
    narrowed = text_of(tom.get("/work?tier=enhanced"))

    assert "1 of your 2 cases" in narrowed
    assert "Asha Reed" in narrowed
    assert "Omar Bell" not in narrowed
    assert "Nothing like that" in text_of(tom.get("/work?due=later"))


@pytest.mark.parametrize("query", ["due=x", "tier=x", "start=-1", "start=99999999999"])
def test_an_address_that_makes_no_sense_shows_everything(held_by_tom, tom, query):
    assert "2 cases" in text_of(tom.get(f"/work?{query}"))


def test_my_work_as_a_file_is_what_is_shown(held_by_tom, tom):
    rows = rows_of(tom.get("/work?tier=enhanced&format=csv"))

    assert [(row["person"], row["tier"]) for row in rows] == [("Asha Reed", "enhanced")]


@pytest.mark.parametrize(
    ("days", "due"),
    [(-1, Due.OVERDUE), (0, Due.TODAY), (6, Due.WEEK), (7, Due.LATER)],
)
def test_how_soon_a_day_is(now, days, due):
    assert due_of(now.date() + timedelta(days=days), on=now.date()) is due
    assert due_of(None, on=now.date()) is Due.OVERDUE


def test_the_queue_holds_what_nobody_holds(held_by_tom, tom):
    waiting, everything = tom.get("/queue"), tom.get("/queue?show=all")

    assert "1 case waiting for a worker" in text_of(waiting)
    assert "Lena Frost" in text_of(waiting)  # not LENA FROST, as the force wrote it
    assert "Omar Bell" in text_of(everything)
    assert "Tom Hollis" in text_of(everything)


def test_a_team_of_somebody_else_is_not_found(tom):
    assert tom.get(f"/queue?team={uuid4()}").status_code == 404


def test_the_queue_is_walked_forwards_and_backwards(worker, now):
    receive([{} for _ in range(5)], now=now, extract_id="LEI-2")

    def page(place=None):
        return read_team_work(
            actor=worker, now=now, team_id=None, waiting=True, place=place, size=3
        )

    first = page()
    last = first.items[-1].case
    assert first.has_more
    assert first.count == 7

    second = page(Place(due=last.next_action_on, case_id=last.public_id))
    start = second.items[0].case
    back = page(Place(due=start.next_action_on, case_id=start.public_id, before=True))
    names = [item.name for item in (*first.items, *second.items)]
    assert len(set(names)) == 6
    assert back.items == first.items


def test_lists_cost_the_same_however_long_they_are(worker, now):
    def lists():
        for waiting in (True, False):
            read_team_work(
                actor=worker, now=now, team_id=None, waiting=waiting, size=50
            )
        read_my_work(actor=worker, now=now, size=50)

    for public_id in Case.objects.values_list("public_id", flat=True):
        working.take_case(actor=worker, now=now, case_id=public_id)
        break
    few = count_statements(lists)
    receive([{} for _ in range(12)], now=now, extract_id="LEI-2")
    for public_id in Case.objects.values_list("public_id", flat=True)[:8]:
        working.take_case(actor=worker, now=now, case_id=public_id)

    assert count_statements(lists) == few == 43


def test_ticked_cases_are_taken(tom, sarah, asha, omar):
    sarah.post("/queue/take", {"selected": [str(omar)]})
    page = text_of(
        tom.post("/queue/take", {"selected": [str(asha), str(omar)]}, follow=True)
    )

    assert "1 case is now yours" in page
    assert "Somebody else has taken this case already" in page
    assert "Omar Bell" not in page


def test_taking_nothing_says_what_to_do(tom):
    page = text_of(tom.post("/queue/take", {"selected": "rubbish"}, follow=True))

    assert "Tick at least one case first" in page


def test_a_supervisor_gives_ticked_cases_to_a_worker(sarah, tom, asha, omar):
    ticked = {"selected": [str(asha), str(omar)]}
    asked = text_of(sarah.post("/queue/give", ticked))
    assert "Give 2 cases to a worker" in asked
    assert "Asha Reed" in asked
    assert "Tom Hollis, Contact worker: holds 0" in asked

    missing = text_of(sarah.post("/queue/give", ticked | {"giving": "yes"}))
    assert "<title>Error: Give 2 cases" in missing
    assert 'href="#id_worker"' in missing

    tom_id = asked.split("Tom Hollis")[0].rsplit('value="', 1)[1].split('"')[0]
    done = sarah.post("/queue/give", ticked | {"worker": tom_id}, follow=True)
    assert "2 cases given to Tom Hollis" in text_of(done)
    assert "2 cases" in text_of(tom.get("/work"))


def test_giving_nothing_says_what_to_do(sarah):
    assert "go back and tick at least one case" in text_of(sarah.post("/queue/give"))


def test_only_a_supervisor_may_give_cases(tom, asha):
    assert tom.post("/queue/give", {"selected": [str(asha)]}).status_code == 403
    assert "Give the ticked cases" not in text_of(tom.get("/queue"))


@pytest.mark.parametrize("name", ["police", "commissioner", "administrator"])
@pytest.mark.parametrize("address", ["/work", "/queue", "/queue?show=all"])
def test_lists_of_people_are_for_those_who_work_cases(
    received, client_as, name, address
):
    assert client_as(name).get(address).status_code == 403


def test_lena_is_in_the_file_of_the_queue(tom):
    rows = rows_of(tom.get("/queue?format=csv"))

    assert LENA["surname"].capitalize() in {row["person"].split()[-1] for row in rows}
    assert {row["held_by"] for row in rows} == {""}
