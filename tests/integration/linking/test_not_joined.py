"""What stands against joining two people, and what parting asks about."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.care.casework.operations import working
from alongside.care.casework.queries import get_case
from alongside.care.casework.types import ConflictKind
from alongside.care.guarding.operations.conflicts import declare_conflict
from alongside.care.information_rights.operations import erasing, keeping
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.workflows import merge_people, review_people
from tests.factories.reviews import make_review
from tests.integration.linking.merging import (
    FIRST,
    LATER,
    SECOND,
    THIRD,
    case_of,
    join,
    part,
    person_of,
    supervisor,
    take_in,
)
from tests.integration.rights.people import NOW, actor_of, acts, bea
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db

WALLED = {"flags": "sexual", "consent_referral": "given", "safe_phone": "y"}


@pytest.fixture
def two():
    return take_in(FIRST, SECOND)


def test_who_does_not_see_one_of_them_learns_nothing_of_them():
    kept, gone = take_in(FIRST, SECOND | WALLED)
    found = supervisor()
    with pytest.raises(NotFound):
        join(kept, gone, actor=replace(found, clearance=found.clearance & ~2))
    assert ask("SELECT count(*) FROM linking_merge") == [(0,)]


def test_whoever_is_in_conflict_with_one_may_not(two):
    kept, gone = two
    who = supervisor()
    with acts(who):
        declare_conflict(
            actor=who,
            now=NOW,
            reference=SECOND["crime_ref"],
            kind=ConflictKind.RELATED,
            reason="Sister",
        )
    with pytest.raises(NotFound):
        join(kept, gone)
    assert join(kept, gone, actor=bea())
    # Barred from one, barred from both.
    assert ask("SELECT count(*) FROM casework_caseaccess WHERE barred IS NULL") == [
        (0,)
    ]


def test_never_link_is_honoured_until_it_is_lifted(two):
    kept, gone = two
    task = make_review(SECOND["crime_ref"], FIRST["crime_ref"], now=NOW)
    with acts(supervisor()) as who:
        review_people.answer(
            actor=who, now=LATER, review_id=task, same=False, reason="Twins"
        )
    with pytest.raises(merge_people.CannotJoin, match="two people"):
        join(kept, gone)
    with acts(supervisor()) as who:
        assert review_people.undo(actor=who, now=LATER, review_id=task)
    assert join(kept, gone)


def test_a_legal_hold_stands_against_it(two):
    kept, gone = two
    with acts(bea()) as who:
        keeping.lay_hold(
            actor=who,
            now=NOW,
            person_key=person_of(SECOND)[0],
            person_id=gone,
            reason="Inquest",
            review_on=date(2027, 3, 1),
        )
    with pytest.raises(merge_people.CannotJoin, match="legal hold"):
        join(kept, gone)


def test_it_needs_a_reason_and_two_people(two):
    kept, gone = two
    with pytest.raises(merge_people.CannotJoin, match="how you know"):
        join(kept, gone, why="  ")
    with pytest.raises(merge_people.CannotJoin, match="one person already"):
        join(kept, kept)


def test_walls_are_the_union_and_a_worker_without_clearance_loses_the_case():
    kept, gone = take_in(FIRST | WALLED | {"flags": "domestic_abuse"}, SECOND | WALLED)
    tom = actor_of("worker@llr.example")
    with acts(tom):
        working.take_case(actor=tom, now=NOW, case_id=case_of(FIRST)[1])
    merge_id = join(kept, gone, actor=bea())

    assert ask("SELECT DISTINCT compartments FROM casework_case") == [(2,)]
    still = "SELECT worker_id FROM casework_case WHERE status <> 'closed'"
    assert ask(still) == [(None,)]
    with acts(tom), pytest.raises(NotFound):
        get_case(actor=tom, public_id=case_of(FIRST)[1])

    part(merge_id, actor=bea())
    with acts(tom):
        case = get_case(actor=tom, public_id=case_of(FIRST)[1])
        assert (case.worker_id, case.compartments) == (tom.user_id, 0)


def test_the_newest_joining_is_parted_first():
    first, second, third = take_in(FIRST, SECOND, THIRD)
    older = join(first, second)
    newer = join(third, first)
    with pytest.raises(merge_people.CannotPart, match="somebody else since"):
        part(older)
    with acts(supervisor()):
        assert merge_people.known_as(person_id=second) == third
    part(newer)
    part(older)
    assert len({person_of(row) for row in (FIRST, SECOND, THIRD)}) == 3


def test_parting_asks_about_what_was_changed_since(two):
    kept, gone = two
    merge_id = join(kept, gone)
    case = case_of(SECOND)[1]
    with acts(supervisor()) as who:
        version = get_case(actor=who, public_id=case).version
        working.close_case(
            actor=who,
            now=LATER,
            case_id=case,
            version=version,
            disposition="declined",
            reason="",
        )
        ends = ask("SELECT public_id FROM casework_case WHERE disposition = 'joined'")
        working.reopen_case(
            actor=who,
            now=LATER,
            case_id=ends[0][0],
            words="Ring her",
            on=LATER.date(),
            reason="They rang",
        )
    with acts(supervisor()) as who:
        plan = merge_people.plan_unmerge(actor=who, now=LATER, merge_id=merge_id)
    assert any("worked on since" in words for words in plan.asks)
    with pytest.raises(merge_people.ChangedSince, match="worked on since"):
        part(merge_id)
    assert person_of(SECOND) == person_of(FIRST)
    part(merge_id, leave_changed=True)
    assert person_of(SECOND) != person_of(FIRST)
    assert case_of(SECOND)[1] != case_of(FIRST)[1]


def test_what_keeps_somebody_safe_holds_for_both_after_parting(two):
    kept, gone = two
    merge_id = join(kept, gone)
    who = supervisor()
    tom = actor_of("worker@llr.example")
    with acts(tom):
        declare_conflict(
            actor=tom,
            now=LATER,
            reference=FIRST["crime_ref"],
            kind=ConflictKind.RELATED,
            reason="Neighbour",
        )
    part(merge_id, actor=who)
    assert ask(
        "SELECT count(*) FROM casework_caseaccess WHERE %s = ANY (barred)", tom.user_id
    ) == [(2,)]


def test_a_worker_parts_nothing(two):
    merge_id = join(*two)
    with pytest.raises(NotAllowed):
        part(merge_id, actor=actor_of("worker@llr.example"))


def test_an_erasure_under_way_stands_against_it(two):
    kept, gone = two
    with acts(bea()) as who:
        erasing.propose_erasure(
            actor=who,
            now=NOW,
            person_key=person_of(SECOND)[0],
            why="They asked",
            request_id=None,
        )
    with pytest.raises(merge_people.CannotJoin, match="being erased"):
        join(kept, gone)
