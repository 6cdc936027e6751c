"""A closed day moves what runs across it, for those whose offices are closed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries
from alongside.foundation.organisations.operations import mark_counted, note_counting
from alongside.foundation.organisations.rules import ClosedDayImpossible
from alongside.foundation.organisations.types import EVERYBODY
from alongside.walls.context import acting_as
from alongside.workflows import keep_calendar
from alongside.workflows.keep_calendar import (
    Move,
    add_days,
    preview_adding,
    preview_withdrawing,
    withdraw_day,
)
from alongside.workflows.replan_clocks import count_closed_days
from tests.factories.feeds import receive
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db

CONTACT = (
    "SELECT due_on, replaced_by_id IS NULL FROM journey_clock"
    " WHERE rule = 'FC-FIRST' ORDER BY id"
)


@pytest.fixture
def supervisor(actor_as):
    return actor_as("supervisor")


@pytest.fixture
def add(supervisor, now, closing):
    def added(*said, **more):
        with acting_as(supervisor), transaction.atomic():
            add_days(actor=supervisor, now=now, closing=closing(*said, **more))
            return queries.list_closed_days()[-1]

    return added


def test_what_is_shown_before_is_what_happens(supervisor, contact_due, closing, now):
    with acting_as(supervisor), transaction.atomic():
        asked = closing(contact_due)
        shown = preview_adding(actor=supervisor, now=now, closing=asked)
        add_days(actor=supervisor, now=now, closing=asked)
    (move,) = shown.moves
    assert move == Move(
        holder="service", was=contact_due, becomes=move.becomes, promises=2
    )
    assert move.becomes > contact_due
    assert shown.promises == 2

    assert count_closed_days(now=now).changed == shown.promises

    assert ask(CONTACT) == [(contact_due, False)] * 2 + [(move.becomes, True)] * 2
    assert count_closed_days(now=now).changed == 0


def test_taken_back_it_moves_them_back_and_keeps_what_was(
    supervisor, contact_due, add, now
):
    day = add(contact_due)
    count_closed_days(now=now)
    later = ask(CONTACT)[-1][0]
    with acting_as(supervisor), transaction.atomic():
        shown = preview_withdrawing(actor=supervisor, now=now, day=day)
        withdraw_day(
            actor=supervisor, now=now, day_id=day.public_id, reason="It is put off"
        )

    assert shown.moves == (
        Move(holder="service", was=later, becomes=contact_due, promises=2),
    )
    assert count_closed_days(now=now).changed == 2
    assert [due for due, runs in ask(CONTACT) if runs] == [contact_due] * 2
    assert len(ask(CONTACT)) == 6
    ((who, why),) = ask(
        "SELECT withdrawn_by, withdrawn_why FROM organisations_closedday"
    )
    assert (who, why) == (supervisor.label, "It is put off")


def test_the_offices_of_others_move_nothing_that_the_service_owes(
    supervisor, contact_due, closing, now
):
    with acting_as(supervisor), transaction.atomic():
        shown = preview_adding(
            actor=supervisor, now=now, closing=closing(contact_due, "police", "cps")
        )
    assert shown.moves == ()


def test_what_comes_afterwards_is_counted_by_it_at_once(contact_due, add, now):
    add(contact_due, EVERYBODY)
    receive(
        [{"given_names": "Ada", "surname": "Hill", "crime_ref": "26000000004"}],
        now=now,
    )
    assert ask(CONTACT)[-1][0] > contact_due


def test_a_kept_promise_stays_as_it_was(contact_due, add, now, supervisor):
    with acting_as(supervisor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journey_clock SET met_on = %s, evidence = 'Rang'"
            " WHERE rule = 'FC-FIRST'",
            [local_day(now)],
        )
    add(contact_due)

    assert count_closed_days(now=now).changed == 0


def test_a_day_withdrawn_while_it_is_counted_is_counted_again(
    supervisor, contact_due, add, now
):
    day = add(contact_due)
    with acting_as(supervisor), transaction.atomic():
        waiting = queries.uncounted_days()
        note_counting(actor="x", now=now, days=waiting, done=3, of=9)
        seen = queries.get_closed_day(public_id=day.public_id)
        assert (seen.counting_done, seen.counting_of) == (3, 9)
        withdraw_day(actor=supervisor, now=now, day_id=day.public_id, reason="Not so")
        mark_counted(actor="x", now=now, days=waiting)
        (left,) = queries.uncounted_days()
    assert left.withdrawn


def test_a_day_that_has_passed_stays(supervisor, contact_due, add, now):
    day = add(contact_due)
    after = now + timedelta(days=40)
    with acting_as(supervisor), transaction.atomic():
        with pytest.raises(ClosedDayImpossible, match="has passed"):
            withdraw_day(
                actor=supervisor, now=after, day_id=day.public_id, reason="Not so"
            )
        with pytest.raises(ClosedDayImpossible, match="Say why"):
            withdraw_day(actor=supervisor, now=now, day_id=day.public_id, reason=" ")


def test_taken_back_twice_is_refused(supervisor, contact_due, add, now):
    day = add(contact_due)
    with acting_as(supervisor), transaction.atomic():
        withdraw_day(actor=supervisor, now=now, day_id=day.public_id, reason="Not so")
        with pytest.raises(NotFound):
            withdraw_day(
                actor=supervisor, now=now, day_id=day.public_id, reason="Not so"
            )


@pytest.mark.parametrize("name", ["worker", "provider", "information"])
def test_others_neither_add_nor_look_ahead(name, actor_as, asked, now):
    actor = actor_as(name)
    with acting_as(actor), transaction.atomic():
        for act in (add_days, preview_adding):
            with pytest.raises(NotAllowed):
                act(actor=actor, now=now, closing=asked)


def test_an_administrator_of_the_platform_sees_the_same_ahead(
    actor_as, supervisor, asked, now
):
    administrator = actor_as("administrator")
    seen = []
    for actor in (supervisor, administrator):
        with acting_as(actor), transaction.atomic():
            seen.append(preview_adding(actor=actor, now=now, closing=asked))
    assert seen[0] == seen[1]
    with acting_as(administrator), transaction.atomic():
        assert add_days(actor=administrator, now=now, closing=asked)


def test_nobodys_office_that_is_none(supervisor, contact_due, closing, now):
    for unknown in ("victim", "nobody"):
        with (
            acting_as(supervisor),
            transaction.atomic(),
            pytest.raises(ClosedDayImpossible),
        ):
            keep_calendar.preview_adding(
                actor=supervisor, now=now, closing=closing(contact_due, unknown)
            )


INSERT = (
    'INSERT INTO organisations_closedday (area_id, "on", title, reason, added_at,'
    " added_by) VALUES (%s, '2027-03-01', 'x', 'x', now(), 'x')"
)


@pytest.mark.parametrize("name", ["worker", "provider", "police"])
def test_the_database_refuses_others(name, actor_as):
    actor = actor_as(name)
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        acting_as(actor),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(INSERT, [actor.area_id])


def test_another_area_sees_none_and_adds_none_here(supervisor, contact_due, add):
    add(contact_due)
    elsewhere = replace(supervisor, area_id=999_999)
    with acting_as(elsewhere), transaction.atomic():
        assert queries.list_closed_days() == []
        assert queries.read_calendar() == queries.NO_ADDITION
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        acting_as(elsewhere),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(INSERT, [supervisor.area_id])
