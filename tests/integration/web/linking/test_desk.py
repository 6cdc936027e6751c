"""The review desk in a browser that knows no scripts: list, desk, answers, quality."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.care.matching.types import Why
from alongside.workflows import merge_people
from tests.factories.feeds import receive
from tests.factories.reviews import make_review
from tests.integration.linking.test_reviewing import HIDDEN, NADIA, NOOR, THIRD
from tests.support.receiving import ask

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture
def tasks():
    """Two tasks, the heavier first."""
    now = datetime.now(tz=UTC)
    rows = [NOOR, NADIA, THIRD, HIDDEN]
    receive(rows, now=now - timedelta(days=9))
    return [
        make_review(a["crime_ref"], b["crime_ref"], now=now, why=why, weight=weight)
        for a, b, why, weight in (
            (NADIA, NOOR, Why.TWIN, 6.0),
            (HIDDEN, THIRD, Why.NAMESAKE, 3.0),
        )
    ]


@pytest.fixture
def sarah(client_as):
    return client_as("supervisor")


def answer(client: Client, review: UUID, said: str):
    return client.post(f"/same-person/{review}", {"answer": said})


def test_the_list_leads_to_the_first(tasks, sarah):
    page = sarah.get("/same-person")
    assert "2 tasks" in page.content.decode()
    assert "N**** B**** born 1971, and N**** A**** born 1990" in page.content.decode()
    assert "Same person? (2)" in page.content.decode()
    assert sarah.get("/same-person/next")["Location"] == f"/same-person/{tasks[0]}"
    narrowed = sarah.get("/same-person?why=namesake").content.decode()
    assert "1 task" in narrowed
    assert (
        "Nothing like that waits" in sarah.get("/same-person?why=weak").content.decode()
    )


def test_the_desk_shows_both_and_what_to_take_care_of(tasks, sarah):
    page = sarah.get(f"/same-person/{tasks[0]}").content.decode()
    for words in ("Nadia Bell", "Noor Ahmed", "24 December 1971", "≠", "Different"):
        assert words in page
    assert "A phone here is used by 1 other person too." in page
    assert "How the weight of the evidence comes together" in page
    hidden = sarah.get(f"/same-person/{tasks[1]}").content.decode()
    assert "The person on the left is behind a wall (sexual" in hidden


def test_an_answer_leads_to_the_next_with_the_way_back(tasks, sarah):
    on = answer(sarah, tasks[0], "not_same")
    assert on["Location"] == f"/same-person/{tasks[1]}"
    page = sarah.get(on["Location"]).content.decode()
    assert "You said: not the same person." in page
    back = sarah.post(f"/same-person/{tasks[0]}/undo")
    assert back["Location"] == f"/same-person/{tasks[0]}"
    assert "2 tasks" in sarah.get("/same-person").content.decode()
    answer(sarah, tasks[1], "not_same")
    assert answer(sarah, tasks[0], "not_same")["Location"] == "/same-person"
    assert "Nothing waits for you" in sarah.get("/same-person").content.decode()


def test_one_can_go_on_and_back_without_answering(tasks, sarah):
    first, second = tasks
    after = sarah.get(f"/same-person/next?after={first}")
    assert after["Location"] == f"/same-person/{second}"
    before = sarah.get(f"/same-person/next?before={second}")
    assert before["Location"] == f"/same-person/{first}"
    assert sarah.get(f"/same-person/next?after={second}")["Location"] == "/same-person"
    assert sarah.get(f"/same-person/next?before={first}")["Location"] == "/same-person"


def test_why_two_cannot_be_joined_is_said_and_nothing_kept(tasks, sarah, monkeypatch):
    def refuse(**asked):
        raise merge_people.CannotJoin("One of them is held for a court")

    monkeypatch.setattr(merge_people, "merge", refuse)
    page = answer(sarah, tasks[0], "same").content.decode()
    assert "Nothing has been saved" in page
    assert "One of them is held for a court" in page
    assert "2 tasks" in sarah.get("/same-person").content.decode()


def test_a_question_is_asked(tasks, sarah, client_as):
    page = sarah.post(f"/same-person/{tasks[0]}/ask", {}).content.decode()
    assert "Choose whom to ask" in page
    asked = {"whom": "colleague", "words": "Do you know them?"}
    on = sarah.post(f"/same-person/{tasks[0]}/ask", asked)
    assert on["Location"] == f"/same-person/{tasks[1]}"
    assert "Do you know them?" in sarah.get("/same-person?show=asked").content.decode()
    officer = client_as("information")
    page = officer.get(f"/same-person/{tasks[0]}").content.decode()
    assert "Sarah Okafor asked a colleague" in page


def test_what_to_ask_the_person_is_said_on_the_case(tasks, sarah, client_as):
    asked = {"whom": "person", "words": "Were you known by another name?"}
    sarah.post(f"/same-person/{tasks[0]}/ask", asked)
    ((case,),) = ask(
        "SELECT c.public_id FROM casework_case c JOIN casework_victimisation v"
        " ON v.case_id = c.id WHERE v.crime_ref = %s",
        NADIA["crime_ref"],
    )
    page = client_as("worker").get(f"/cases/{case}").content.decode()
    assert "for Sarah Okafor: Were you known by another name?" in page


def test_whoever_does_not_review_is_refused(tasks, client_as):
    worker = client_as("worker")
    for way in ("", "/next", "/quality", f"/{tasks[0]}", f"/{tasks[0]}/ask"):
        assert worker.get(f"/same-person{way}").status_code == 403
    assert "Same person?" not in worker.get("/work").content.decode()


def test_quality_is_a_page_and_a_file(tasks, sarah):
    answer(sarah, tasks[0], "not_same")
    page = sarah.get("/same-person/quality").content.decode()
    assert "start-" in page or "Version" in page
    assert f"{datetime.now(tz=UTC):%B %Y}" in page
    lines = sarah.get("/same-person/quality?format=csv").content.decode().splitlines()
    head, first = (line.split(",") for line in lines[:2])
    month = dict(zip(head, first, strict=True))
    assert (month["to_review"], month["answered_not_same"]) == ("2", "1")


def test_the_number_of_statements_does_not_grow(tasks, sarah):
    with CaptureQueriesContext(connection) as few:
        sarah.get("/same-person")
    now = datetime.now(tz=UTC)
    make_review(NOOR["crime_ref"], THIRD["crime_ref"], now=now)
    make_review(NADIA["crime_ref"], THIRD["crime_ref"], now=now)
    with CaptureQueriesContext(connection) as many:
        sarah.get("/same-person")
    assert len(many) == len(few)
