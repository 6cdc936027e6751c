"""Invented people: alike for the same seed, with every trap and a fitting truth."""

import csv
from collections import Counter, defaultdict

import pytest

from alongside.demo.generator.people import MIXED, invent, write_people
from alongside.demo.generator.types import Role

SEED, RECORDS = 41, 12_000


@pytest.fixture(scope="module")
def found():
    return list(invent(seed=SEED, records=RECORDS))


def test_the_same_seed_gives_the_same_people(found):
    assert list(invent(seed=SEED, records=50)) == list(invent(seed=SEED, records=50))
    others = list(invent(seed=SEED + 1, records=50))
    assert others != found[:50]


def test_every_record_has_its_own_id_and_its_truth(found):
    assert len({arrival.id for arrival, _ in found}) == RECORDS
    assert all(arrival.id == truth.id for arrival, truth in found)


def test_every_role_occurs(found):
    assert {truth.role for _, truth in found} == set(Role)


def test_many_come_back(found):
    times = Counter(truth.person for _, truth in found)
    assert 0.5 < len(times) / RECORDS < 0.7
    assert max(times.values()) <= 9


def test_twins_share_a_day_of_birth_and_not_a_given_name(found):
    homes = defaultdict(set)
    for arrival, truth in found:
        if truth.role == Role.TWIN and arrival.date_of_birth.count("-") == 2:
            homes[truth.household].add((truth.person, arrival.date_of_birth))
    pairs = [home for home in homes.values() if len({one for one, _ in home}) == 2]
    alike = [home for home in pairs if len({born for _, born in home}) == 1]
    assert len(pairs) > 20
    assert len(alike) > len(pairs) / 2


def test_juniors_have_the_name_of_a_parent(found):
    names: dict[str, dict[Role, set[str]]] = defaultdict(lambda: defaultdict(set))
    for arrival, truth in found:
        if truth.role in {Role.SENIOR, Role.JUNIOR}:
            names[truth.household][truth.role].add(arrival.surname.lower())
    both = [home for home in names.values() if len(home) == 2]
    assert len(both) > 5
    same = [home for home in both if home[Role.SENIOR] & home[Role.JUNIOR]]
    assert len(same) > len(both) / 2


def test_fields_are_left_out_and_spoilt(found):
    empty = Counter(
        name for arrival, _ in found for name, value in arrival._asdict().items()
        if not value
    )  # fmt: skip
    for name in ("date_of_birth", "gender", "postcode", "address", "phone", "email"):
        assert empty[name] > RECORDS / 50, name
    assert any(arrival.date_of_birth == "1900-01-01" for arrival, _ in found)
    assert any(not arrival.surname.isascii() for arrival, _ in found)


def test_records_are_mixed_in_a_window_and_none_is_lost(tmp_path):
    people, truth = tmp_path / "people.csv", tmp_path / "truth.csv"
    write_people(people, truth, seed=1, records=200)
    with people.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    with truth.open(encoding="utf-8", newline="") as source:
        known = list(csv.DictReader(source))
    assert [row["id"] for row in rows] == [row["id"] for row in known]
    assert len(rows) == 200 < MIXED
    households = [row["household"] for row in known]
    assert households != sorted(households, key=int)
