"""A suspect and whom they harmed are never taken for one person, whichever the way."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.care.guarding.operations import apart
from alongside.care.matching.types import Band
from alongside.walls.context import acting_as
from alongside.workflows import merge_people
from alongside.workflows.watch_access import watch_access
from tests.integration.linking.merging import join, part, person_of, supervisor, take_in
from tests.integration.linking.somebody import ADA, arrive, like
from tests.integration.rights.people import NOW, actor_of, acts, bea
from tests.support.receiving import ask, count, send

pytestmark = pytest.mark.django_db

# A father and a son of one name who share a home, and whose dates of birth were mixed
# up: everything says that they are one, but for what the force says of the crime.
SON = {
    "crime_ref": "26000000301",
    "person_ref": "N301",
    "given_names": "Marek",
    "surname": "Zielinski",
    "date_of_birth": "1971-05-06",
    "mobile_phone": "07700 900811",
    "email": "marek@zielinski.example",
    "address_line_1": "9 Priory Walk",
    "postcode": "LE1 5GX",
}
FATHER = SON | {"crime_ref": "26000000302", "person_ref": "N302"}
NAMED = {"suspect_ref": "N302"}
LATER = "2026-09-29T02:15:00"


def people() -> int:
    return int(ask("SELECT count(DISTINCT person_id) FROM people_personrecord")[0][0])


def test_without_what_the_force_says_they_would_be_one():
    send(SON, FATHER)
    assert people() == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [(SON | NAMED, FATHER), (FATHER, SON | NAMED)],
    ids=["harmed first", "suspect first"],
)
@pytest.mark.parametrize("together", [True, False], ids=["one delivery", "two"])
def test_deliveries_keep_them_two(
    first: Mapping[str, str], second: Mapping[str, str], together: bool
):
    if together:
        send(first, second)
    else:
        send(first)
        send(second, extract="LEI-2", at=LATER)

    assert people() == 2
    assert count("linking_reviewtask") == 0
    # Decisions are read by many; who is on which side is not to be seen in them.
    assert (
        ask("SELECT band, why, against_id FROM linking_linkdecision")
        == [("new", "", None)] * 2
    )


def test_somebody_who_comes_again_is_still_known_beside_them():
    send(SON | NAMED, FATHER)
    send(
        SON | {"crime_ref": "26000000303"} | NAMED,
        FATHER | {"crime_ref": "26000000304"},
        extract="LEI-2",
        at=LATER,
    )
    assert people() == 2
    assert person_of(SON) != person_of(FATHER)


def test_who_suspects_themselves_by_a_slip_of_the_force_is_known_again():
    slip = SON | {"suspect_ref": SON["person_ref"]}
    send(slip)
    send(slip | {"crime_ref": "26000000305"}, extract="LEI-2", at=LATER)
    assert people() == 1


def by_hand(**more: Any):
    return arrive(
        like(
            ADA,
            given_names="Marek",
            surname="Zielinski",
            mobile_phone="+447700900811",
            email="marek@zielinski.example",
            gender="",
            address_lines=("9 Priory Walk",),
            postcode="LE1 5GX",
            reported=True,
            **more,
        )
    )


def test_by_hand_nobody_becomes_who_is_suspected_of_their_crime():
    # The one who was harmed has another name here: only the suspect is like who comes.
    send({"crime_ref": SON["crime_ref"], "person_ref": "N301", **NAMED})
    send(FATHER, extract="LEI-2", at=LATER)
    _, father = person_of(FATHER)

    about = {"crime_ref": SON["crime_ref"]}
    assert by_hand(**about).band is Band.NEW
    assert by_hand(chosen=father, **about).person_id != father
    assert by_hand(crime_ref="26000000399").band is not Band.NEW


@pytest.fixture
def kept_apart() -> tuple[Any, Any]:
    """Two people as like as can be, kept apart by what a worker noted."""
    first = SON | {"given_names": "Jan", "date_of_birth": "1990-01-20"}
    son, father = take_in(first, FATHER)
    tom = actor_of("worker@llr.example")
    ((case,),) = ask(
        "SELECT c.public_id FROM casework_case c JOIN people_person p"
        " ON p.id = c.person_id WHERE p.public_id = %s",
        son,
    )
    with acts(tom):
        apart.note_suspect(
            actor=tom,
            now=NOW,
            case_id=case,
            reference=FATHER["crime_ref"],
            reason="He said so",
        )
    return son, father


def test_at_the_desk_and_by_hand_they_cannot_be_joined(kept_apart):
    for one, other in (kept_apart, kept_apart[::-1]):
        with pytest.raises(merge_people.CannotJoin, match="may not see everything"):
            join(one, other)
    assert count("linking_merge") == 0


def test_who_a_force_names_cannot_be_joined_before_anybody_noted_it():
    son, father = take_in(SON | NAMED, FATHER)
    assert count("casework_keptapart") == 0
    with pytest.raises(merge_people.CannotJoin, match="may not see everything"):
        join(father, son)


def test_a_referral_of_one_who_is_kept_apart_is_not_the_other(kept_apart):
    send(
        FATHER | {"crime_ref": "26000000306", "person_ref": "N301"},
        extract="LEI-9",
        at=LATER,
    )
    latest = {"crime_ref": "26000000306"}
    assert person_of(latest)[1] != kept_apart[1]


def test_what_is_said_while_two_are_one_keeps_each_apart():
    son, father = take_in(SON | NAMED, FATHER)
    other = take_in({"crime_ref": "26000000310", "given_names": "Zoltan"})[0]
    merged = join(son, other)
    watch_access(now=NOW.replace(hour=23))
    part(merged, actor=bea())

    # Whoever governs, and works with neither, knows of both pairs.
    with acts(bea()), connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.public_id, s.public_id FROM casework_keptapart x"
            " JOIN people_person v ON v.id = x.victim_id"
            " JOIN people_person s ON s.id = x.suspect_id WHERE x.lifted_at IS NULL"
        )
        assert set(cursor.fetchall()) == {(son, father), (other, father)}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM casework_other_sides('{a}', '{b}', '{c}')",
        "SELECT * FROM casework_suspects_of('26000000301')",
        "SELECT casework_are_two_sides(1, 2)",
    ],
)
def test_nobody_else_is_told_who_is_on_which_side(sql):
    with (
        acting_as(supervisor()),
        pytest.raises(DatabaseError, match="feed receiver|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
