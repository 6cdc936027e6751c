"""The demonstration's words, and what an operator is told of them."""

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.demo.words_story import play_words
from alongside.walls.context import acting_as
from alongside.workflows.unread_words import list_unread
from tests.integration.telling.reading import actor_of
from tests.integration.web.casework.conftest import now  # noqa: F401

pytestmark = pytest.mark.django_db
UNSAID = (
    "UPDATE telling_wordsreading SET taken_back_why = 'x'"
    " WHERE taken_back_at IS NOT NULL"
)


def test_it_is_played_once_and_the_operator_is_told_what_waits(now):  # noqa: F811
    assert play_words(now=now) > 0
    assert play_words(now=now) == 0
    said = list(list_unread(now=now))
    assert said[0].startswith("llr: 71 of 77 texts in English wait")
    assert [line for line in said if "Polish" in line and " 6 of 77" in line]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE telling_ownwords SET words = 'x' WHERE state = 'live'",
        UNSAID,
    ],
)
def test_what_was_put_in_use_or_taken_back_is_never_changed(
    now,  # noqa: F811
    statement,
):
    play_words(now=now)
    name = "administrator" if "ownwords" in statement else "supervisor"
    actor = actor_of(name, now)
    with (
        acting_as(actor),
        pytest.raises(IntegrityError, match="never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
