"""What is asked again and again: planned once, asked together, as whoever acts."""

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.foundation.lib.asking import Question, ask, ask_together
from alongside.foundation.lib.bulk import sending_together
from alongside.walls.context import acting_as
from alongside.walls.prepared import Prepared
from tests.integration.linking.somebody import arrive, like
from tests.integration.walls.conftest import actor_of

pytestmark = pytest.mark.django_db
PLANS = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
SUM = Prepared("SELECT %s::int + 40")
HALF = Prepared("SELECT 1 / %s::int")


def plans(like):
    with connection.cursor() as cursor:
        cursor.execute(PLANS, [like])
        return cursor.fetchone()[0]


def test_only_what_says_so_is_planned_once():
    with connection.cursor() as cursor:
        for _ in range(9):
            cursor.execute("SELECT %s::int + 30", [1])
    for number in range(9):
        assert ask(Question(SUM, (number,))) == [(number + 40,)]

    assert plans("SELECT $1::int + 40") == 1
    assert plans("SELECT $1::int + 30") == 0


@pytest.mark.parametrize("behind", [False, True], ids=["alone", "while_sending"])
def test_each_question_has_its_answer_and_sees_what_the_ones_before_it_did(behind):
    questions = (
        Question(Prepared("SELECT set_config('app.said', %s, true)"), ("here",)),
        Question(SUM, (2,)),
        Question(Prepared("SELECT current_setting('app.said')")),
    )
    with transaction.atomic():
        if behind:
            with sending_together():
                found = ask_together(*questions)
        else:
            found = ask_together(*questions)
    assert found == ([("here",)], [(42,)], [("here",)])


def test_a_question_that_fails_fails_them_all_and_leaves_the_connection_whole():
    with pytest.raises(DatabaseError), transaction.atomic():
        ask_together(Question(SUM, (2,)), Question(HALF, (0,)), Question(SUM, (3,)))

    assert ask(Question(SUM, (1,))) == [(41,)]


def test_a_transaction_begins_as_whoever_acts():
    actor = actor_of("worker@llr.example")
    claims = Question(Prepared("SELECT ctx.claim(2), ctx.claim(3), ctx.claim(4)"))

    with acting_as(actor), transaction.atomic():
        assert ask(claims) == [(actor.user_id, actor.agency_id, actor.area_id)]


def test_rows_go_in_with_one_text_however_many_they_are():
    arrive()
    arrive(like(given_names="Boris", email="", mobile_phone=""))

    assert plans("INSERT INTO linking_blockkey %") == 1


def test_behind_a_pooler_nothing_is_kept(monkeypatch):
    assert connection.get_connection_params()["prepare_threshold"] is not None
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert connection.get_connection_params()["prepare_threshold"] is None
