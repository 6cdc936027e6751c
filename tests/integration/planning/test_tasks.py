"""What is to be done, across cases: mine, everybody's, overdue, and as a file."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.care.casework.operations.tasks import add_tasks
from alongside.care.casework.types import NewTask, TaskKind
from alongside.foundation.lib.local import local_day
from alongside.walls.context import acting_as
from alongside.workflows.read_tasks import read_tasks
from tests.integration.web.casework.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]


@pytest.fixture
def given(worker, now, asha, omar):
    """Tasks of Asha's case and of Omar's: late, later, and a supervisor's."""
    on = local_day(now)
    for case, words, days, supervisor in (
        (asha, "Ring the school", 3, False),
        (asha, "Send the form", 1, False),
        (omar, "Talk it through", 2, True),
    ):
        task = NewTask(
            kind=TaskKind.OTHER,
            words=words,
            due_on=on + timedelta(days=days),
            needs_supervisor=supervisor,
        )
        add_tasks(actor=worker, now=now, case_id=case, tasks=[task])


def listed(client, **query):
    return text_of(client.get(reverse("planning:tasks"), query))


def rows(client, **query):
    answer = client.get(reverse("planning:tasks"), {**query, "format": "csv"})
    assert answer.status_code == 200
    return list(csv.DictReader(answer.content.decode().splitlines()))


def test_a_worker_finds_what_is_theirs_soonest_first(tom, given):
    text = listed(tom)
    assert text.index("Send the form") < text.index("Ring the school")
    assert "Asha Reed" in text
    assert "Everybody" not in text and "Talk it through" not in text


def test_a_supervisor_finds_everybodys_and_their_own(sarah, given):
    assert "Talk it through" in listed(sarah)
    assert "Ring the school" not in listed(sarah)
    text = listed(sarah, of="all")
    assert "Ring the school" in text and "Talk it through" in text


def test_everybodys_are_for_who_supervises(tom, client_as):
    assert tom.get(reverse("planning:tasks"), {"of": "all"}).status_code == 403
    assert client_as("police").get(reverse("planning:tasks")).status_code == 403


def test_only_what_is_past_its_day(worker, now, asha, given):
    later = now + timedelta(days=2)
    asked = {"actor": worker, "everybodys": False, "overdue": True, "limit": 10}
    with acting_as(worker):
        assert [one.words for one in read_tasks(now=later, **asked).lines] == [
            "Send the form"
        ]
        assert not read_tasks(now=now, **asked).lines


def test_the_file_names_nobody(sarah, given):
    found = rows(sarah, of="all")
    assert [row["what"] for row in found] == [
        *("Send the form", "Talk it through", "Ring the school"),
    ]
    assert {row["overdue"] for row in found} == {"no"}
    assert [row["for a supervisor"] for row in found] == ["no", "yes", "no"]
    assert "Reed" not in str(found)


def test_nothing_to_do_says_so(tom):
    assert "Nothing to do here" in listed(tom)
    assert rows(tom) == []
    assert "Nothing to do here" in listed(tom, due="overdue", start="x")


def test_one_page_after_another(worker, now, asha, given):
    asked = {"actor": worker, "now": now, "everybodys": False, "overdue": False}
    with acting_as(worker):
        with CaptureQueriesContext(connection) as captured:
            first = read_tasks(**asked, limit=1)
        second = read_tasks(**asked, limit=1, skip=1)
    assert (first.has_more, second.has_more) == (True, False)
    assert first.lines[0].words != second.lines[0].words
    assert len(captured) == 2
