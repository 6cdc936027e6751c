"""What else stands against joining and parting, and that every refusal stays."""

from datetime import timedelta

import psycopg
import pytest

from alongside.care.linking.types import MergeRefusal
from alongside.foundation.lib.errors import NotFound
from alongside.workflows import merge_people, review_people, share_case
from tests.factories.reviews import make_review
from tests.factories.sharing import agree, case_of, make_agreement, plan, said_now
from tests.integration.linking.merging import (
    FIRST,
    LATER,
    SECOND,
    join,
    part,
    person_of,
    supervisor,
    take_in,
)
from tests.integration.rights.people import NOW, actor_of, acts, bea
from tests.support.receiving import ask

pytestmark = pytest.mark.usefixtures("fresh_database")

SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def two(fresh_database):
    return take_in(FIRST, SECOND)


@pytest.fixture
def owner(fresh_database):
    """The owner's own connection, which commits each statement."""
    with psycopg.connect(fresh_database.owner.conninfo(), autocommit=True) as found:
        yield found


@pytest.fixture
def trail(fresh_database):
    """(why, of what) of each refusal on the trail."""

    def read():
        with psycopg.connect(fresh_database.auditor.conninfo()) as auditor:
            return auditor.execute(
                "SELECT purpose, subject_kind FROM audit.entry"
                " WHERE action = 'person.merge_refused' ORDER BY id"
            ).fetchall()

    return read


def nothing_moved() -> bool:
    return person_of(FIRST) != person_of(SECOND) and ask(
        "SELECT count(*) FROM linking_merge"
    ) == [(0,)]


def say_no(row) -> None:
    """Somebody says that nothing of them may be shared with Harbour."""
    with acts(actor_of("worker@llr.example")) as tom:
        no = said_now(case_of(row["crime_ref"]), now=SOON)
        share_case.record_refused(actor=tom, now=SOON, said_now=no)


def say_yes(row) -> None:
    """Somebody agrees that it is shared with Harbour."""
    with acts(actor_of("worker@llr.example")) as tom:
        agree(tom, case_of(row["crime_ref"]), now=NOW)


def share(row, now=NOW) -> None:
    """Share somebody's case on what they agreed to."""
    with acts(actor_of("worker@llr.example")) as tom:
        share_case.share(actor=tom, now=now, plan=plan(case_of(row["crime_ref"])))


def test_a_no_stands_against_what_is_shared_of_the_other(two):
    make_agreement(bea(), now=NOW)
    say_yes(FIRST)
    share(FIRST)
    say_no(SECOND)

    with pytest.raises(merge_people.CannotJoin, match="One of them said no") as refused:
        join(*two)
    assert refused.value.code == MergeRefusal.CONSENT


def test_a_no_that_was_said_before_the_yes_is_the_other_way_round(two):
    make_agreement(bea(), now=NOW)
    say_yes(FIRST)
    say_no(SECOND)
    assert join(*two)


def test_parting_waits_until_nothing_rests_on_what_the_other_agreed_to(two, trail):
    make_agreement(bea(), now=NOW)
    say_yes(SECOND)
    merge_id = join(*two)
    share(FIRST, now=LATER)

    with acts(supervisor()) as who:
        plan_made = merge_people.plan_unmerge(actor=who, now=LATER, merge_id=merge_id)
    assert "because the other agreed" in plan_made.refusal
    with pytest.raises(merge_people.CannotPart, match="because the other agreed"):
        part(merge_id)
    assert person_of(FIRST) == person_of(SECOND)
    with acts(actor_of("worker@llr.example")) as tom:
        case = case_of(FIRST["crime_ref"])
        ((made,),) = ask("SELECT public_id FROM referrals_caseshare")
        share_case.stop(actor=tom, now=LATER, case_id=case, share_id=made)
    part(merge_id)
    assert person_of(FIRST) != person_of(SECOND)


@pytest.mark.parametrize("table", ["casework_case", "casework_victimisation"])
def test_what_another_service_holds_stands_against_it(two, owner, table):
    owner.execute(
        f"UPDATE {table} SET agency_id = (SELECT id FROM organisations_agency"
        " WHERE code = 'harbour') WHERE id = (SELECT max(id) FROM " + table + ")"
    )
    with pytest.raises(
        (merge_people.CannotJoin, NotFound), match="Another service|could not find"
    ):
        join(*two)
    assert ask("SELECT count(*) FROM linking_merge") == [(0,)]


def test_nobody_is_joined_or_parted_while_a_delivery_is_received(two, owner, trail):
    merge_id = join(*two)
    ((area,),) = ask("SELECT DISTINCT area_id FROM casework_case")
    with owner.transaction():
        owner.execute(
            "SELECT pg_advisory_xact_lock(hashtext('alongside linking'), %s)", [area]
        )
        with pytest.raises(merge_people.CannotPart, match="delivery is being received"):
            part(merge_id)
    part(merge_id)
    with owner.transaction():
        owner.execute(
            "SELECT pg_advisory_xact_lock(hashtext('alongside linking'), %s)", [area]
        )
        with pytest.raises(merge_people.CannotJoin, match="delivery is being received"):
            join(*two)
    assert join(*two)


def test_what_is_refused_at_the_desk_is_undone_and_stays_on_the_trail(two, trail):
    make_agreement(bea(), now=NOW)
    say_yes(FIRST)
    share(FIRST)
    say_no(SECOND)
    task = make_review(SECOND["crime_ref"], FIRST["crime_ref"], now=NOW)

    with acts(supervisor()) as who, pytest.raises(merge_people.CannotJoin):
        review_people.answer(actor=who, now=LATER, review_id=task, same=True)

    assert nothing_moved()
    assert ask("SELECT state FROM linking_reviewtask") == [("open",)]
    assert trail() == [("consent", "review")]


def test_taking_back_at_the_desk_what_cannot_be_parted_is_on_the_trail(two, trail):
    make_agreement(bea(), now=NOW)
    say_yes(SECOND)
    task = make_review(SECOND["crime_ref"], FIRST["crime_ref"], now=NOW)
    with acts(supervisor()) as who:
        review_people.answer(actor=who, now=LATER, review_id=task, same=True)
    share(FIRST, now=LATER)

    with acts(supervisor()) as who, pytest.raises(merge_people.CannotPart):
        review_people.undo(actor=who, now=LATER, review_id=task)

    assert person_of(FIRST) == person_of(SECOND)
    assert trail() == [("share_since", "review")]
