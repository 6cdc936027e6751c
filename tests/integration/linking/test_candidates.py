"""The records behind keys: for whoever can name the keys, and nobody else."""

import pytest
from django.db import ProgrammingError, connection, transaction

from alongside.care.linking.operations import arriving
from alongside.care.linking.queries.candidates import MANY, find_behind, find_never
from alongside.care.linking.types import NewStandard
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Candidate, Standard
from alongside.walls.context import acting_as
from tests.integration.walls.conftest import NOWHERE, actor_of
from tests.support.receiving import NOW, ask, receiver

pytestmark = pytest.mark.django_db
ADA = Standard(given="ada", surname="swinton", born="1971-05-06")
HOT, MILD = 7, -9


def keep(*records, area=None):
    """Put in standard forms: (record, person, standard, keys)."""
    actor = receiver()
    with acting_as(actor), transaction.atomic():
        arriving.add_standards(
            actor=actor,
            now=NOW,
            area_id=actor.area_id,
            records=[NewStandard(*one) for one in records],
        )


def behind(*keys, by=None):
    with acting_as(by or receiver()), transaction.atomic():
        return find_behind(keys=keys)


def crowd(size, key, first=1000):
    return [(first + n, first + n, Standard(given=f"g{n}"), [key]) for n in range(size)]


def test_who_names_a_key_gets_the_records_behind_it_once_each():
    keep((10, 1, ADA, [5, 6, MILD]), (11, 2, Standard(given="ben"), [6]))
    found = behind(6, 5, MILD, 99)

    assert set(found.records) == {10, 11}
    assert found.records[10] == Candidate(1, 10, ADA)
    assert {key: sorted(some) for key, some in found.through.items()} == {
        5: [10],
        6: [10, 11],
        MILD: [10],
    }
    assert found.common == frozenset()
    assert behind(99).records == {}
    assert behind().records == {}


def test_a_key_is_passed_over_when_more_share_it_than_say_anything():
    keep(*crowd(LIMITS.crowd, HOT), (10, 1, ADA, [5]))
    assert len(behind(HOT).records) == LIMITS.crowd

    keep((11, 2, ADA, [HOT, 5]))
    found = behind(HOT, 5)
    assert set(found.records) == {10, 11}
    assert found.common == {HOT}
    assert behind(HOT).records == {}
    assert behind(HOT).common == {HOT}


def test_many_keys_are_answered_as_few_are():
    keep(*crowd(LIMITS.crowd + 1, HOT), *crowd(3, MILD, first=5000), (10, 1, ADA, [5]))
    for number in range(20):
        keep((number + 100, 1, ADA, [number, number * 7, HOT]))
    few = [5, HOT, MILD, 99, *range(20)]
    many = [*few, *range(10_000, 10_000 + MANY)]

    assert behind(*many) == behind(*few)
    assert behind(*many).common == {HOT}
    assert len(behind(*many).records) == 19 + 3 + 1  # the hot key alone leads to one
    assert behind(*range(10_000, 10_000 + MANY)).records == {}


@pytest.mark.parametrize("number", [1, MANY])
def test_another_area_finds_nothing_behind_the_same_key(number):
    keep((10, 1, ADA, [5]))
    elsewhere = actor_of("supervisor@llr.example")
    object.__setattr__(elsewhere, "area_id", NOWHERE)

    assert behind(*range(5, 5 + number), by=elsewhere).records == {}


@pytest.mark.parametrize("number", [1, MANY])
@pytest.mark.parametrize("who", ["police@llr.example", "governance@llr.example"])
def test_whoever_does_not_keep_the_register_is_refused(who, number):
    with pytest.raises(ProgrammingError, match="no duty"):
        behind(*range(number), by=actor_of(who))


def test_nobody_at_all_is_refused():
    with (
        pytest.raises(ProgrammingError, match="no duty"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM linking_candidates('{1}', 1)")


@pytest.mark.parametrize(
    "column", ["linking_linkrecord.surname", "linking_blockkey.key"]
)
def test_neither_keys_nor_standard_forms_can_be_read_without_one(column):
    table, name = column.split(".")
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask(f"SELECT {name} FROM {table}")


def test_what_the_machine_s_operator_reads_is_nobody_else_s():
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask("SELECT * FROM linking_told(1, 0, 10)")


def test_of_nobody_is_it_known_that_they_are_not_one():
    with acting_as(receiver()), transaction.atomic():
        assert find_never(person_ids=[1, 2]) == frozenset()
