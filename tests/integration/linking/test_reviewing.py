"""Is it the same person? Who is shown what, and what comes of each answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from alongside.care.casework.types import ConflictKind
from alongside.care.guarding.operations.conflicts import declare_conflict
from alongside.care.linking.operations import reviews
from alongside.care.linking.queries import reviews as queries
from alongside.care.linking.types import AskedOf, ReviewState, Settled
from alongside.care.matching.types import Why
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.walls.context import acting_as
from alongside.workflows import merge_people, review_people
from tests.factories.feeds import receive
from tests.factories.reviews import make_review, record_of
from tests.integration.guarding.conftest import *  # noqa: F403  who acts, and cases

# Too unlike for anything to be asked about them but what these tests ask themselves.
NOOR = {
    "crime_ref": "26000000021",
    "given_names": "Noor",
    "surname": "Ahmed",
    "date_of_birth": "1990-04-05",
    "mobile_phone": "07700 900701",
    "address_line_1": "4 Elm Row",
    "postcode": "LE2 1AA",
}
NADIA = {
    "crime_ref": "26000000022",
    "given_names": "Nadia",
    "surname": "Bell",
    "date_of_birth": "1971-12-24",
    "mobile_phone": "07700 900702",
    "address_line_1": "77 Mill Lane",
    "postcode": "LE11 3QQ",
}
THIRD = {
    "crime_ref": "26000000023",
    "given_names": "Zoltan",
    "surname": "Quist",
    "date_of_birth": "1953-07-30",
    "mobile_phone": "07700 900702",
    "address_line_1": "9 The Green",
    "postcode": "LE15 6AB",
}
# Behind the wall for sexual violence.
HIDDEN = {
    "crime_ref": "26000000024",
    "given_names": "Hilda",
    "surname": "Marsh",
    "date_of_birth": "1964-02-11",
    "mobile_phone": "07700 900704",
    "flags": "sexual",
    "consent_referral": "given",
    "safe_phone": "y",
}


@pytest.fixture
def people(db, now):
    receive([NOOR, NADIA, THIRD, HIDDEN], now=now - timedelta(days=3))


@pytest.fixture
def task(people, now):
    return make_review(
        NADIA["crime_ref"],
        NOOR["crime_ref"],
        now=now - timedelta(days=1),
        household=True,
    )


@pytest.fixture
def sarah(act):
    return act("supervisor")


@pytest.fixture
def officer(act):
    return act("information")


@pytest.fixture
def joins(monkeypatch):
    """What was joined and parted, in place of doing it."""
    done = []

    def merge(*, actor, now, kept, gone, reason):
        done.append(("merge", kept, gone))
        return UUID(int=1)

    monkeypatch.setattr(merge_people, "merge", merge)
    return done


@pytest.fixture
def joins_all(joins, monkeypatch):
    """The same, where every answer is asked again."""
    monkeypatch.setattr(reviews, "ONE_IN", 1)
    return joins


def in_order(actor, now, **how):
    with acting_as(actor):
        found = queries.list_reviews(actor=actor, now=now, size=10, **how)
    return [line.review_id for line in found.lines]


def seen(actor, review, now):
    with acting_as(actor):
        return queries.open_review(actor=actor, now=now, review_id=review)


def test_a_task_is_listed_masked_and_opened_whole(task, sarah, now):
    with acting_as(sarah):
        (line,) = queries.list_reviews(actor=sarah, now=now, size=10).lines
        assert queries.count_reviews(actor=sarah, now=now, most=100) == 1
        assert queries.find_next_review(actor=sarah, now=now) == task
    assert (line.first.initials, line.second.initials) == ("NB", "NA")
    assert (line.first.birth_year, line.why) == (1971, Why.TWIN)
    opened = seen(sarah, task, now)
    assert (opened.first.given_names, opened.second.given_names) == ("Nadia", "Noor")
    assert opened.first.standard.given == "nadia"
    assert opened.household == ("Shares an address",)
    # The phone is another's too, of whom nothing is said.
    assert [p.others for p in opened.first.contacts if p.kind == "mobile"] == [1]
    assert [p.others for p in opened.second.contacts if p.kind == "mobile"] == [0]


def test_the_desk_weighs_it_and_says_it_in_words(task, sarah, now):
    with acting_as(sarah):
        view = review_people.read_desk(actor=sarah, now=now, review_id=task)
    assert {part.field for part in view.parts} >= {"prior", "name", "born", "phone"}
    assert "The date of birth is another." in view.reasons
    assert view.waiting == 1


def test_only_reviewers_are_shown_any(task, act, now):
    worker = act("worker")
    with acting_as(worker), pytest.raises(NotAllowed):
        queries.list_reviews(actor=worker, now=now, size=10)
    # And the database says so too, whatever the pages let through.
    with (
        acting_as(worker),
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT linking_open_review(%s, '', NULL, now())", [task])
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("column", ["repeat_of_id", "record_id", "weight", "reason"])
def test_the_application_cannot_read_what_would_tell_a_repeat(task, sarah, column):
    with (
        acting_as(sarah),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT {column} FROM linking_reviewtask")


def test_a_task_of_somebody_behind_a_wall_is_not_there(people, sarah, now):
    hidden = make_review(HIDDEN["crime_ref"], NOOR["crime_ref"], now=now)
    blind = replace(sarah, clearance=sarah.clearance & ~2)
    assert in_order(sarah, now) == [hidden]
    assert in_order(blind, now) == []
    with acting_as(blind):
        assert queries.count_reviews(actor=blind, now=now, most=9) == 0
    with pytest.raises(NotFound):
        seen(blind, hidden, now)
    with acting_as(blind):
        answered = reviews.answer_review(
            actor=blind, now=now, review_id=hidden, same=False
        )
    assert answered.outcome is Settled.NONE


def test_whoever_is_in_conflict_with_one_of_them_is_shown_nothing(task, sarah, now):
    with acting_as(sarah):
        declare_conflict(
            actor=sarah,
            now=now,
            reference=NOOR["crime_ref"],
            kind=ConflictKind.RELATED,
            reason="My cousin",
        )
    assert in_order(sarah, now) == []
    with pytest.raises(NotFound):
        seen(sarah, task, now)


def test_not_the_same_is_remembered_and_settles_what_asks_it_too(task, sarah, now):
    with acting_as(sarah):
        assert (
            review_people.answer(actor=sarah, now=now, review_id=task, same=False)
            is Settled.DONE
        )
        with connection.cursor() as cursor:
            records = [record_of(row["crime_ref"])[0] for row in (NOOR, NADIA)]
            cursor.execute("SELECT low_id, high_id FROM linking_neverlink")
            assert cursor.fetchall() == [tuple(sorted(records))]
        again = review_people.answer(actor=sarah, now=now, review_id=task, same=True)
    assert again is Settled.ANSWERED
    assert in_order(sarah, now) == []


def test_the_same_joins_the_two_the_longer_known_kept(task, sarah, now, joins):
    with acting_as(sarah):
        review_people.answer(actor=sarah, now=now, review_id=task, same=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT public_id FROM people_person WHERE id = ANY (%s) ORDER BY id",
                [[record_of(row["crime_ref"])[1] for row in (NOOR, NADIA)]],
            )
            known = [row[0] for row in cursor.fetchall()]
    assert joins == [("merge", *known)]


def test_the_same_is_joined_and_parted_again(task, sarah, now):
    records = [record_of(row["crime_ref"]) for row in (NOOR, NADIA)]
    with acting_as(sarah):
        review_people.answer(actor=sarah, now=now, review_id=task, same=True)
    assert len({record_of(row["crime_ref"])[1] for row in (NOOR, NADIA)}) == 1
    with acting_as(sarah):
        assert review_people.undo(actor=sarah, now=now, review_id=task)
    assert [record_of(row["crime_ref"]) for row in (NOOR, NADIA)] == records
    assert in_order(sarah, now) == [task]
    # Nobody has said that they are two: it may be asked, and answered, again.
    with acting_as(sarah):
        review_people.answer(actor=sarah, now=now, review_id=task, same=True)


def test_who_joins_gave_a_second_factor_lately(task, act, now):
    stale = act("supervisor", strong=3600)
    with acting_as(stale), pytest.raises(merge_people.SecondFactorNeeded):
        review_people.answer(actor=stale, now=now, review_id=task, same=True)
    assert in_order(stale, now) == [task]


def test_an_answer_that_cannot_be_carried_out_is_not_kept(
    task, sarah, now, monkeypatch
):
    def refuse(**asked):
        raise merge_people.CannotJoin("One of them is held for a court")

    monkeypatch.setattr(merge_people, "merge", refuse)
    with acting_as(sarah), pytest.raises(merge_people.CannotJoin):
        review_people.answer(actor=sarah, now=now, review_id=task, same=True)
    assert in_order(sarah, now) == [task]


def test_an_answer_is_taken_back_within_the_sitting(task, sarah, officer, now):
    with acting_as(sarah):
        review_people.answer(actor=sarah, now=now, review_id=task, same=False)
        last = queries.find_last_answer(actor=sarah, now=now)
        assert last is not None
        assert (last.review_id, last.state) == (task, ReviewState.NOT_SAME)
    with acting_as(officer):
        assert not review_people.undo(actor=officer, now=now, review_id=task)
    with acting_as(sarah):
        assert not review_people.undo(
            actor=sarah, now=now + timedelta(hours=1), review_id=task
        )
        assert review_people.undo(actor=sarah, now=now, review_id=task)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM linking_neverlink n WHERE n.lifted_at IS NULL"
            )
            assert cursor.fetchone()[0] == 0
    assert in_order(sarah, now) == [task]


def test_a_question_is_shown_on_the_case_and_to_a_colleague(task, sarah, officer, now):
    _, person = record_of(NADIA["crime_ref"])
    with acting_as(sarah):
        reviews.ask_somebody(
            actor=sarah,
            now=now,
            review_id=task,
            whom=AskedOf.PERSON,
            words="Have you been in touch before?",
        )
        (question,) = queries.list_questions(actor=sarah, person_id=person)
    assert question.words == "Have you been in touch before?"
    assert in_order(sarah, now) == []
    assert in_order(sarah, now, asked=True) == [task]
    assert in_order(officer, now + timedelta(days=20)) == [task]
    with acting_as(sarah):
        reviews.ask_somebody(
            actor=sarah, now=now, review_id=task, whom=AskedOf.COLLEAGUE, words="You?"
        )
        assert queries.list_questions(actor=sarah, person_id=person) == ()
    assert in_order(sarah, now) == []
    assert in_order(officer, now) == [task]


def test_a_repeat_is_asked_of_somebody_else_swapped_and_changes_nothing(
    task, sarah, officer, joins_all
):
    now = datetime.now(tz=UTC)
    with acting_as(sarah):
        review_people.answer(actor=sarah, now=now, review_id=task, same=True)
    assert in_order(sarah, now) == []
    (again,) = in_order(officer, now)
    assert again != task
    first, second = seen(officer, again, now), seen(officer, task, now)
    assert (first.first.given_names, first.second.given_names) == ("Noor", "Nadia")
    assert len(first.history) == len(second.history) == 2
    told = {"review_id", "first", "second", "state", "history"}
    for name in first.__slots__:
        assert name in told or getattr(first, name) == getattr(second, name), name
    with pytest.raises(NotFound):
        seen(sarah, again, now)
    joins_all.clear()
    with acting_as(officer):
        review_people.answer(actor=officer, now=now, review_id=again, same=False)
        (month, *_) = queries.count_months(
            actor=officer, since=now - timedelta(days=40)
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM linking_neverlink")
            assert cursor.fetchone()[0] == 0
    assert joins_all == []
    assert (month.asked_again, month.agreed) == (1, 0)
    assert in_order(officer, now) == []


def test_about_one_answer_in_twenty_is_asked_again():
    again = sum(UUID(int=n * 7919).int % reviews.ONE_IN == 0 for n in range(20_000))
    assert again == pytest.approx(1000, rel=0.1)


def test_what_waits_and_what_arrived_is_counted(task, sarah, now):
    with acting_as(sarah):
        backlog = queries.count_backlog(actor=sarah, now=now + timedelta(days=9))
        months = queries.count_months(actor=sarah, since=now - timedelta(days=60))
    assert (backlog.waiting, backlog.over_a_week, backlog.over_a_month) == (1, 1, 0)
    assert sum(month.to_review for month in months) == 1
    assert sum(month.fresh for month in months) == 3
