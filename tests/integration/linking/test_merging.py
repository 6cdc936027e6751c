"""Joining two people and parting them: what moves, who may, and what is refused."""

import pytest
from django.db import connection

from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.types import StepAsked
from alongside.care.journey.operations.wishes import record_wish
from alongside.care.journey.types import WishKind
from alongside.care.linking.tables import MERGE_ROWS
from alongside.care.linking.types import Merging
from alongside.care.people.queries import list_looks
from alongside.care.people.types import TrailFilter
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.workflows import code_rights, merge_people, read_person
from tests.integration.linking.merging import (
    FIRST,
    LATER,
    SECOND,
    WHY,
    case_of,
    join,
    part,
    person_of,
    supervisor,
    take_in,
)
from tests.integration.rights.people import actor_of, acts, bea
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db


def plan(kept, gone, actor=None):
    with acts(actor or supervisor()) as who:
        return merge_people.plan_merge(actor=who, now=LATER, kept=kept, gone=gone)


def test_the_database_moves_what_the_list_says_it_moves():
    moving = {
        *(Merging.FOLLOWS, Merging.KEPT_BY_BOTH, Merging.CLOSES_ONE, Merging.SETTLED)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT relation, tbl, col FROM linking_followers()")
        found = cursor.fetchall()
    assert {one[0] for one in found} == {
        row.relation for row in MERGE_ROWS if row.kind in moving
    }
    for relation, table, column in found:
        package, model, field = relation.split(".")
        assert (table, column) == (f"{package}_{model}".lower(), f"{field}_id")


def test_joining_moves_everything_and_closes_the_newer_case():
    kept, gone = take_in(FIRST, SECOND)
    (stays, _), (ends, _) = case_of(FIRST), case_of(SECOND)

    merge_id = join(kept, gone)

    assert person_of(SECOND) == person_of(FIRST)
    assert case_of(SECOND)[0] == stays
    assert ask(
        "SELECT status, disposition, person_id FROM casework_case WHERE id = %s", ends
    ) == [("closed", "joined", person_of(FIRST)[0])]
    assert ask("SELECT count(*) FROM casework_case WHERE status <> 'closed'") == [(1,)]
    ((words,),) = ask(
        "SELECT words FROM casework_casechange WHERE case_id = %s AND kind = 'joined'",
        ends,
    )
    assert words.startswith("Closed: joined with case ")
    ((to,),) = ask("SELECT person_id FROM linking_linkdecision WHERE rule = 'merge'")
    assert to == person_of(FIRST)[0]
    assert merge_people.known_as(person_id=gone) is None  # nobody acts, nobody is told
    with acts(supervisor()) as who:
        assert merge_people.known_as(person_id=gone) == kept
        assert merge_people.known_as(person_id=kept) is None
        (line,) = merge_people.read_merges(actor=who, now=LATER, person_id=kept)
        assert (line.merge_id, line.reason, line.undone_at) == (merge_id, WHY, None)


def test_parting_puts_back_and_says_never_again():
    kept, gone = take_in(FIRST, SECOND)
    before = [person_of(SECOND), case_of(SECOND)]
    merge_id = join(kept, gone)

    part(merge_id, never_again=True)

    assert [person_of(SECOND), case_of(SECOND)] == before
    assert ask("SELECT status FROM casework_case") == [("open",), ("open",)]
    with pytest.raises(merge_people.CannotJoin, match="two people"):
        join(kept, gone)
    with pytest.raises(NotFound):
        part(merge_id)


def test_a_plan_says_what_would_be_and_does_nothing():
    kept, gone = take_in(FIRST, SECOND)
    made = plan(kept, gone)
    assert (made.kept.surname, made.gone.surname) == ("Reed", "Bell")
    assert {(one.what, one.count) for one in made.moves} >= {
        *(("Records", 1), ("Cases", 1), ("Cases closed", 1))
    }
    assert made.closing == case_of(SECOND)[1]
    assert not made.refusal
    assert any("same address" in words for words in made.warnings)
    assert person_of(FIRST) != person_of(SECOND)
    assert ask("SELECT count(*) FROM linking_merge") == [(0,)]


@pytest.mark.parametrize("who", ["worker", "specialist", "police"])
def test_it_is_for_supervisors_and_governance(who):
    kept, gone = take_in(FIRST, SECOND)
    with pytest.raises(NotAllowed):
        join(kept, gone, actor=actor_of(f"{who}@llr.example"))
    assert join(kept, gone, actor=bea())


def test_a_second_factor_of_long_ago_joins_and_parts_nothing():
    kept, gone = take_in(FIRST, SECOND)
    with pytest.raises(merge_people.SecondFactorNeeded):
        join(kept, gone, actor=supervisor(fresh=False))
    merge_id = join(kept, gone)
    with pytest.raises(merge_people.SecondFactorNeeded):
        part(merge_id, actor=supervisor(fresh=False))


def test_who_looked_at_either_is_on_the_trail_of_both():
    kept, gone = take_in(FIRST, SECOND)
    with acts(supervisor()) as who:
        plan_before = read_person.read_person(
            actor=who, now=LATER, person_id=gone, why="audit"
        )
        assert plan_before.person.label.surname == "Bell"
    join(kept, gone)
    with acts(bea()) as who:
        looks = list_looks(
            actor=who,
            now=LATER,
            person_id=kept,
            chosen=TrailFilter(),
            limit=100,
            purpose="who has seen them",
        ).looks
    assert ("person.seen", "audit") in {(one.action, one.purpose) for one in looks}
    assert [one.action for one in looks].count("person.merge") == 1


def test_a_record_that_another_was_found_for_is_found_by_itself_once_parted():
    omar = SECOND | {"date_of_birth": "1988-02-03", "mobile_phone": "07700 900822"}
    kept, gone = take_in(FIRST, omar)
    merge_id = join(kept, gone)
    again = omar | {"crime_ref": "26000000109", "reported_at": "2026-08-01T05:24:00"}
    take_in(again)
    keys = (
        "SELECT count(*) FROM linking_blockkey k JOIN casework_victimisation v"
        " ON v.record_id = k.record_id WHERE v.crime_ref = %s"
    )
    assert person_of(again)[1] == kept
    assert ask(keys, again["crime_ref"]) == [(0,)]

    part(merge_id, leave_changed=True)

    assert person_of(again)[1] == kept
    assert ask(keys, again["crime_ref"]) == ask(keys, SECOND["crime_ref"])
    assert ask(keys, again["crime_ref"])[0][0] > 5


def test_what_is_in_hand_goes_to_the_case_that_stays_and_back():
    """A right, its step and what they asked for: never left in a case that is over."""
    kept, gone = take_in(FIRST, SECOND)
    (stays, _), (ends, ends_name) = case_of(FIRST), case_of(SECOND)
    ((victimisation,),) = ask(
        "SELECT id FROM casework_victimisation WHERE case_id = %s", ends
    )
    with acts(supervisor()) as who:
        code_rights.begin_right(
            actor=who,
            now=LATER,
            case_id=ends_name,
            kind="vps",
            about=Whereabouts(victimisation_id=victimisation),
            asked=StepAsked(
                step="offered",
                on=local_day(LATER),
                by="police",
                fields={"how": "phone", "explained": True},
                words="",
            ),
        )
        record_wish(
            actor=who,
            now=LATER,
            case_id=ends_name,
            asks=WishKind.EVERY,
            every_days=14,
        )

    def where():
        return [
            ask(f"SELECT DISTINCT case_id FROM {table}")
            for table in ("code_rights_rightrecord", "code_rights_rightstep")
        ] + [ask("SELECT case_id FROM journey_wish WHERE until IS NULL")]

    assert where() == [[(ends,)]] * 3
    merge_id = join(kept, gone)
    assert where() == [[(stays,)]] * 3
    part(merge_id)
    assert where() == [[(ends,)]] * 3
