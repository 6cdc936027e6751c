from copy import deepcopy
from math import log2

import pytest
from hypothesis import given, settings

from alongside.care.matching.rules.levels import COMPARISONS
from alongside.care.matching.rules.weights import SHIPPED, Weights
from alongside.care.matching.tables import START
from alongside.care.matching.types import BadModel, Levels
from tests.unit.care.matching.people import LIKELY, nobody, person

FLOORS = START["frequencies"]["floor"]


def slow_levels(a, b):
    """The first level of each comparison that holds, by the table."""
    return Levels(
        *(
            -1
            if not comparison.known(a, b)
            else next(
                n for n, level in enumerate(comparison.levels) if level.test(a, b)
            )
            for comparison in COMPARISONS
        )
    )


@given(LIKELY, LIKELY)
@settings(max_examples=1000)
def test_the_quick_levels_are_those_of_the_table(a, b):
    assert SHIPPED.compare(a, b).levels == slow_levels(a, b)


@given(LIKELY, LIKELY)
def test_it_does_not_matter_which_comes_first(a, b):
    assert SHIPPED.compare(a, b) == SHIPPED.compare(b, a)


@given(LIKELY, LIKELY)
def test_the_parts_make_the_weight(a, b):
    compared = SHIPPED.compare(a, b)
    parts = SHIPPED.parts(a, b, compared)
    assert [p.field for p in parts] == ["prior", "name", "rarity", *Levels._fields[1:]]
    assert sum(p.weight for p in parts) == pytest.approx(compared.weight)


def test_the_same_record_agrees_in_everything():
    compared = SHIPPED.compare(person(), person())
    assert compared.levels == (0, 0, 0, 0, 0, 0)


def test_nothing_says_nothing():
    prior = START["prior"]
    compared = SHIPPED.compare(nobody(), person())
    assert compared.levels == (-1,) * 6
    assert compared.weight == pytest.approx(log2(prior / (1 - prior)))


@pytest.mark.parametrize(
    ("changes", "field", "level"),
    [
        ({"given_names": "Peggy"}, "name", 1),
        ({"given_names": "Okonkwo", "surname": "Margaret"}, "name", 2),
        ({"given_names": "Margery"}, "name", 3),
        ({"surname": "Okonkowo"}, "name", 4),
        ({"given_names": "Margret", "surname": "Okonkowo"}, "name", 5),
        ({"given_names": "M"}, "name", 6),
        ({"surname": "Smith"}, "name", 7),
        ({"given_names": "Ada"}, "name", 8),
        ({"given_names": "Ada", "surname": "Smith"}, "name", 9),
        ({"surname": ""}, "name", -1),
        ({"date_of_birth": "1984-05-28"}, "born", 2),
        ({"date_of_birth": "1984-05-72"}, "born", -1),
        ({"date_of_birth": "1948-05-27"}, "born", 2),
        ({"date_of_birth": "1984-01-01"}, "born", 3),
        ({"date_of_birth": "1985-05-28"}, "born", 4),
        ({"date_of_birth": "1984-11-30"}, "born", 5),
        ({"date_of_birth": "1951-11-30"}, "born", 6),
        ({"gender": "m"}, "sex", 1),
        ({"postcode": "LE2 7DU"}, "place", 2),
        ({"address": "14 Holow Lane"}, "place", 1),
        ({"address": "3 Mill Road"}, "place", 3),
        ({"address": ""}, "place", 3),
        ({"address": "", "postcode": "LE2 7DU"}, "place", 4),
        ({"address": "", "postcode": "LE2 1AA"}, "place", 5),
        ({"address": "", "postcode": "B1 1AA"}, "place", 6),
        ({"postcode": ""}, "place", 2),
        ({"phones": ("07700900124",)}, "phone", 1),
        ({"phones": ("0116 254 9199", "07700900123")}, "phone", 0),
        ({"phones": ("0116 254 9199",)}, "phone", 2),
        ({"email": "m.okonkwo1@example.org"}, "email", 1),
        ({"email": "m.okonkwo@other.example"}, "email", 2),
        ({"email": "someone@other.example"}, "email", 3),
    ],
)
def test_levels(changes, field, level):
    levels = SHIPPED.compare(person(), person(**changes)).levels
    assert getattr(levels, field) == level


def test_swapped_day_and_month():
    a, b = person(date_of_birth="1984-05-07"), person(date_of_birth="1984-07-05")
    assert SHIPPED.compare(a, b).levels.born == 1


def test_two_unknown_days_of_one_year_are_not_one_day():
    a = person(date_of_birth="1984-01-01")
    assert SHIPPED.compare(a, a).levels.born == 3
    b = person(date_of_birth="1985-01-01")
    assert SHIPPED.compare(a, b).levels.born == 4


def with_frequencies(**changes):
    model = deepcopy(START)
    model["frequencies"] |= changes
    return Weights.from_json(model)


def test_a_common_name_weighs_less_and_an_unheard_of_one_more():
    weights = with_frequencies(
        full={"margaret okonkwo": 0.01},
        floor=FLOORS | {"full": 1e-6},
    )
    u = START["comparisons"]["name"][0]["u"]
    plain = with_frequencies(full={}).compare(person(), person()).weight
    common = weights.compare(person(), person()).weight
    assert common - plain == pytest.approx(log2(u) - log2(0.01))
    rare = person(given_names="Zebulon")
    found = weights.compare(rare, rare).weight
    assert found - plain == pytest.approx(log2(u) - log2(1e-6))
    assert weights.parts(rare, rare, weights.compare(rare, rare))[2].weight > 0


def test_no_frequency_goes_below_the_floor():
    floor = FLOORS | {"full": 1e-4}
    weights = with_frequencies(full={"margaret okonkwo": 1e-9}, floor=floor)
    rare = person(given_names="Zebulon")
    assert weights.compare(person(), person()).weight == pytest.approx(
        weights.compare(rare, rare).weight
    )


def broken(path, value):
    model = deepcopy(START)
    place = model
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return model


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (broken(["format"], 2), "another format"),
        (broken(["format"], None), "missing"),
        (broken(["prior"], 0), "share"),
        (broken(["prior"], True), "share"),
        (broken(["prior"], float("nan")), "share"),
        (broken(["prior"], "much"), "missing"),
        (broken(["comparisons", "email"], None), "fields"),
        (broken(["comparisons", "email", 3], None), "levels"),
        (broken(["comparisons", "email", 0, "m"], 1.5), "share"),
        (broken(["comparisons"], []), "missing"),
        (broken(["frequencies", "floor"], None), "missing"),
        (broken(["frequencies", "full"], {"a b": 2}), "share"),
        ({}, "missing"),
        ([], "missing"),
    ],
)
def test_weights_that_cannot_be_used_are_refused_in_a_sentence(model, says):
    with pytest.raises(BadModel, match=says) as refused:
        Weights.from_json(model)
    assert str(refused.value).endswith(".")
