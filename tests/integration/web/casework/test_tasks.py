"""What is to be done in a case: written down, done, not needed, and whose it is."""

from datetime import timedelta

import pytest

from alongside.care.casework import queries as casework
from alongside.care.casework.models import Case
from alongside.care.casework.operations import errors, tasks, working
from alongside.care.casework.types import NewTask, TaskKind, TaskState
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.walls.context import acting_as
from tests.integration.web.casework.conftest import text_of, typed_day


def to_do(now, words="Ring the school", days=1, **more):
    return NewTask(
        kind=more.pop("kind", TaskKind.OTHER),
        words=words,
        due_on=local_day(now) + timedelta(days=days),
        **more,
    )


def add(actor, now, case_id, *new):
    return tasks.add_tasks(actor=actor, now=now, case_id=case_id, tasks=new)


def lines(case_id):
    case = Case.objects.get(public_id=case_id)
    return casework.list_tasks(case_id=case.pk, limit=25)


def test_what_is_written_down_is_open_and_the_soonest_comes_first(worker, now, asha):
    added = add(worker, now, asha, to_do(now, "Later", 3), to_do(now, "Sooner", 1))

    assert added == 2
    assert [(line.words, line.state) for line in lines(asha)] == [
        ("Sooner", TaskState.OPEN),
        ("Later", TaskState.OPEN),
    ]
    assert lines(asha)[0].made_by == "Tom Hollis"


def test_one_that_makes_itself_is_not_made_twice_while_it_is_open(worker, now, asha):
    again = to_do(now, kind=TaskKind.REASSESS, source="dash:1")
    assert add(worker, now, asha, again, again) == 1
    assert add(worker, now, asha, again) == 0

    one = lines(asha)[0]
    tasks.finish_task(actor=worker, now=now, case_id=asha, task_id=one.public_id)

    assert add(worker, now, asha, again) == 1


def test_done_says_who_and_what_came_of_it(worker, now, asha):
    add(worker, now, asha, to_do(now))
    one = lines(asha)[0]

    tasks.finish_task(
        actor=worker, now=now, case_id=asha, task_id=one.public_id, words="They know"
    )

    (line,) = lines(asha)
    assert (line.state, line.done_by, line.done_words) == (
        TaskState.DONE,
        "Tom Hollis",
        "They know",
    )
    with pytest.raises(NotFound):
        tasks.finish_task(actor=worker, now=now, case_id=asha, task_id=one.public_id)


def test_not_needed_wants_a_reason(worker, now, asha):
    add(worker, now, asha, to_do(now))
    one = lines(asha)[0]

    with pytest.raises(errors.ReasonNeeded):
        tasks.drop_task(
            actor=worker, now=now, case_id=asha, task_id=one.public_id, reason=" "
        )


def test_what_is_for_a_supervisor_is_settled_by_one_and_holds_the_case_open(
    worker, actor_as, now, asha
):
    add(worker, now, asha, to_do(now, needs_supervisor=True))
    (one,) = lines(asha)
    with pytest.raises(errors.SupervisorNeeded):
        tasks.finish_task(actor=worker, now=now, case_id=asha, task_id=one.public_id)
    with pytest.raises(errors.SupervisorNeeded):
        close(worker, now, asha)

    sarah = actor_as("supervisor")
    with acting_as(sarah):
        tasks.finish_task(actor=sarah, now=now, case_id=asha, task_id=one.public_id)
    close(worker, now, asha)

    assert Case.objects.get(public_id=asha).status == "closed"


def close(actor, now, case_id):
    working.close_case(
        actor=actor,
        now=now,
        case_id=case_id,
        version=Case.objects.get(public_id=case_id).version,
        disposition="declined",
        reason="",
    )


def test_closing_drops_what_is_left(worker, now, asha):
    add(worker, now, asha, to_do(now))

    close(worker, now, asha)

    (line,) = lines(asha)
    assert line.state is TaskState.DROPPED
    assert line.done_words == "Closed: Declined support"


def test_the_case_shows_what_is_to_be_done_and_takes_more(tom, asha, now):
    by = typed_day("due_on", now + timedelta(days=1))
    given = {"words": "Ring the school", "kind": "safeguarding", "owner": ""}

    page = text_of(tom.post(f"/cases/{asha}/tasks/add", given | by, follow=True))

    assert "Task added" in page
    assert "Ring the school" in page
    assert "tomorrow" in page


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"words": "", "kind": "other"}, "Say what is to be done"),
        ({"words": "Ring", "kind": ""}, "Choose what kind of task it is"),
        ({"words": "Ring", "kind": "tell_supervisor"}, "valid choice"),
        ({"words": "Ring", "kind": "other"}, "Choose a day that is not in the past"),
    ],
)
def test_a_task_that_cannot_be_is_refused_beside_its_field(
    tom, asha, now, *, given, refusal
):
    past = typed_day("due_on", now - timedelta(days=1))

    assert refusal in text_of(tom.post(f"/cases/{asha}/tasks/add", given | past))


def test_it_is_settled_on_its_page_and_is_then_on_the_timeline(worker, tom, asha, now):
    add(worker, now, asha, to_do(now))
    (one,) = lines(asha)
    here = f"/cases/{asha}/tasks/{one.public_id}"
    assert "Ring the school" in text_of(tom.get(here))
    assert "Say why it is not needed any more" in text_of(
        tom.post(here, {"outcome": "dropped", "words": ""})
    )

    page = text_of(
        tom.post(here, {"outcome": "done", "words": "They know"}, follow=True)
    )

    assert "Done: Ring the school" in page
    assert "They know" in page
    assert tom.get(here).status_code == 404


def test_my_work_says_what_is_to_be_done_first(held_by_tom, worker, tom, *, omar, now):
    add(worker, now, omar, to_do(now, "Ring the landlord", days=-30))

    page = text_of(tom.get("/work"))

    assert page.index("Omar Bell") < page.index("Asha Reed")
    assert "Ring the landlord" in page


def test_a_supervisor_is_shown_what_only_they_can_settle(
    held_by_tom, worker, sarah, *, tom, omar, now
):
    task = to_do(now, "High risk: look at the plan", days=-30, needs_supervisor=True)
    add(worker, now, omar, task)

    assert "High risk: look at the plan" not in text_of(tom.get("/work"))
    page = text_of(sarah.get("/work"))
    assert "High risk: look at the plan" in page
    assert "1 task in cases of others" in page
