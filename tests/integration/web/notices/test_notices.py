"""What somebody is told, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.operations import send_notice
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.accounts.types import NoticeKind, Role
from alongside.foundation.audit.types import Subject
from alongside.walls.context import acting_as
from tests.integration.web.casework.conftest import text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def actor(name):
    user = User.objects.get(email=f"{name}@llr.example")
    return get_actor(user_id=user.pk, now=NOW)


def tell(words, *, at=NOW, **to):
    sender = actor("supervisor")
    with acting_as(sender):
        send_notice(
            actor=sender,
            now=at,
            kind=NoticeKind.COMPARTMENT,
            words=words,
            subject=Subject(kind="nothing"),
            **to,
        )


def test_a_notice_is_shown_to_whom_it_was_sent(client_as):
    tell("For Tom alone", to_user_id=actor("worker").user_id)

    assert "For Tom alone" in text_of(client_as("worker").get("/notices"))
    assert "For Tom alone" not in text_of(client_as("specialist").get("/notices"))
    assert "Nothing has been sent to you" in text_of(
        client_as("provider").get("/notices")
    )


def test_a_notice_to_a_role_is_read_by_one_for_all(client_as):
    tell("A case waits", to_role=Role.SPECIALIST_WORKER)
    first, second = client_as("specialist"), client_as("children")

    page = text_of(first.get("/notices"))
    assert "(1 unread)" in page
    assert "(1 unread)" in text_of(second.get("/work"))
    notice = page.split('name="notice" value="')[1].split('"')[0]
    assert "Marked as read" in text_of(
        first.post("/notices/read", {"notice": notice}, follow=True)
    )
    assert "unread)" not in text_of(second.get("/notices"))


def test_nobody_marks_what_was_sent_to_another(client_as):
    tell("For Tom alone", to_user_id=actor("worker").user_id)
    tom = client_as("worker")
    notice = (
        text_of(tom.get("/notices")).split('name="notice" value="')[1].split('"')[0]
    )

    client_as("specialist").post("/notices/read", {"notice": notice})
    client_as("specialist").post("/notices/read", {"notice": "no id at all"})

    assert "(1 unread)" in text_of(tom.get("/notices"))


def test_the_unread_come_first_and_pages_turn(client_as):
    for number in range(30):
        tell(
            f"Number {number:02}.",
            at=NOW + timedelta(minutes=number),
            to_role=Role.CONTACT_WORKER,
        )
    tom = client_as("worker")

    first = text_of(tom.get("/notices"))
    assert first.count('class="al-notice al-notice--unread"') == 25
    assert first.index("Number 29.") < first.index("Number 28.")
    assert "Number 04." in text_of(tom.get("/notices?start=25"))
    ids = [
        part.split('"')[0]
        for part in first.split('type="hidden" name="notice" value="')
    ]
    tom.post("/notices/read", {"notice": ids[1:]})
    again = text_of(tom.get("/notices"))
    assert again.index("Number 00.") < again.index("Number 29.")


def test_the_page_takes_as_many_statements_for_many(
    client_as, django_assert_num_queries
):
    tom = client_as("worker")
    tom.get("/notices")
    with django_assert_num_queries(9) as few:
        tom.get("/notices")
    for number in range(20):
        tell(f"Number {number}", to_role=Role.CONTACT_WORKER)
    with django_assert_num_queries(len(few.captured_queries)):
        tom.get("/notices")
