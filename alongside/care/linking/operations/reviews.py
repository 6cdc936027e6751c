"""Answering whether two records are one person's.

The database checks who answers and whether they may see both people, keeps the answer
and writes the trail. What is answered "same" is joined by a workflow.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.care.linking.queries.reviews import UNDO_WITHIN
from alongside.care.linking.tables import LIMITS
from alongside.care.linking.types import AskedOf, ReviewAnswer, ReviewState, Settled
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError

ONE_IN = LIMITS["review_one_in"].number


class QuestionNeeded(DomainError):
    user_message = "Enter what is to be asked"


@transaction.atomic
def answer_review(
    *, actor: Actor, now: datetime, review_id: UUID, same: bool, reason: str = ""
) -> ReviewAnswer:
    """Keep an answer. "Not the same" is remembered and honoured everywhere.

    Raises:
        NotAllowed: the actor does not review.
    """
    permissions.check_has(actor, Permission.LINK_REVIEW)
    answer = ReviewState.SAME if same else ReviewState.NOT_SAME
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM linking_answer_review(%s, %s, %s, %s)",
            [review_id, answer.value, reason.strip(), now],
        )
        outcome, kept, gone = cursor.fetchone()
    return ReviewAnswer(outcome=Settled(outcome), kept=kept, gone=gone)


@transaction.atomic
def ask_again(*, actor: Actor, now: datetime, review_id: UUID) -> None:
    """Have a share of what was answered asked again, of somebody who cannot tell.

    Which, nobody chooses: the task's random id decides, so that the same answer is
    asked again however often it is given.

    Raises:
        NotAllowed: the actor does not review.
    """
    permissions.check_has(actor, Permission.LINK_REVIEW)
    if review_id.int % ONE_IN == 0:
        with connection.cursor() as cursor:
            cursor.execute("SELECT linking_ask_again(%s)", [review_id])


@transaction.atomic
def ask_somebody(
    *, actor: Actor, now: datetime, review_id: UUID, whom: AskedOf, words: str
) -> Settled:
    """Put a task aside with a question, to a colleague or to the person themselves.

    Raises:
        NotAllowed: the actor does not review.
        QuestionNeeded: there is no question.
    """
    permissions.check_has(actor, Permission.LINK_REVIEW)
    if not words.strip():
        raise QuestionNeeded
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT linking_ask_review(%s, %s, %s, %s)",
            [review_id, whom.value, words, now],
        )
        return Settled(cursor.fetchone()[0])


@transaction.atomic
def undo_review(*, actor: Actor, now: datetime, review_id: UUID) -> bool:
    """Take back the actor's own answer; a joining has to be parted before.

    False where there is nothing of theirs to take back any more.

    Raises:
        NotAllowed: the actor does not review.
    """
    permissions.check_has(actor, Permission.LINK_REVIEW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT linking_undo_review(%s, %s, %s)",
            [review_id, now - UNDO_WITHIN, now],
        )
        return bool(cursor.fetchone()[0])
