"""Whom an arrival meets through its keys."""

from alongside.care.linking.rules.meeting import Meeting, describe_match
from alongside.care.linking.types import Behind
from alongside.care.matching.types import Candidate, Levels, Standard

KNOWN = Candidate(1, 10, Standard(given="ada"))
SECOND = Candidate(2, 20, Standard(given="ben"))
CAP = 2


def meeting(through=None, common=()):
    behind = Behind(
        {10: KNOWN, 20: SECOND}, through or {5: [10], 6: [10, 20]}, frozenset(common)
    )
    return Meeting(behind, cap=CAP)


def test_each_record_is_met_once_whatever_the_number_of_keys():
    found, all_common = meeting().candidates([5, 6, 7])

    assert found == [KNOWN, SECOND]
    assert not all_common


def test_who_was_added_is_met_by_those_after():
    here = meeting()
    new = Candidate(3, 30, Standard(given="cay"))
    assert here.candidates([7])[0] == []
    here.add(new, [7, 5])

    assert here.candidates([7])[0] == [new]
    assert here.candidates([5])[0] == [KNOWN, new]


def test_a_key_that_too_many_share_is_passed_over_as_soon_as_they_do():
    here = meeting()
    here.add(Candidate(3, 30, Standard()), [6])

    assert here.candidates([6]) == ([], True)
    assert here.candidates([6, 5]) == ([KNOWN], False)


def test_only_where_every_key_is_shared_by_too_many_are_they_all_common():
    here = meeting(common=(8, 9))

    assert here.candidates([8, 9]) == ([], True)
    assert here.candidates([8, 4]) == ([], False)
    assert here.candidates([]) == ([], False)


def test_what_is_behind_is_not_changed_by_who_is_added():
    through = {5: [10]}
    here = meeting(through)
    here.add(Candidate(3, 30, Standard()), [5])

    assert through == {5: [10]}


def test_what_agreed_wholly_is_said_in_words():
    near = Levels(name=0, born=1, sex=0, place=2, phone=0, email=-1)

    assert describe_match(near) == "name, sex and phone number"
    assert describe_match(Levels(1, 0, -1, -1, -1, -1)) == "date of birth"
    assert describe_match(Levels(1, 1, 1, 1, 1, 1)) == ""
