"""Our weights and verdicts are those of Splink and of the guards, pair by pair."""

from contextlib import closing
from itertools import islice

import pytest

from alongside.care.matching.rules.guards import judge
from alongside.care.matching.rules.weights import SHIPPED
from alongside.care.matching.tables import LIMITS, START
from alongside.demo.generator.people import invent
from alongside.workflows.linking_in_bulk.comparing import COMPARED, as_learnt
from alongside.workflows.linking_in_bulk.judging import judge_doubles, judge_pairs
from alongside.workflows.linking_in_bulk.loading import as_standard, open_engine

SEED, RECORDS, ENOUGH = 52, 9500, 25_000
# Looser than any run, so that strangers and households come too.
RULES = (
    ("born",),
    ("postcode",),
    ("phone",),
    ("full_name",),
    ("surname_code", "born_year"),
    ("given_code", "born_year"),
    ("given_code", "surname_code"),
)


@pytest.fixture(scope="module")
def judged():
    """Records in standard form, and what Splink and SQL make of their pairs."""
    people = [as_standard(a[1:]) for a, _ in invent(seed=SEED, records=RECORDS)]
    with closing(open_engine()) as engine:
        engine.add(people)
        engine.finish(crowd=LIMITS.crowd)
        engine.compare(
            COMPARED, as_learnt(START), rules=RULES, crowd=LIMITS.crowd, least=-60
        )
        judge_pairs(engine)
        edges = engine.ask("SELECT * FROM edges ORDER BY l, r")
    return people, edges


def test_weights_and_levels_are_those_of_splink(judged):
    people, edges = judged
    assert len(edges) >= ENOUGH
    wrong = []
    for one, other, weight, *rest in edges:
        compared = SHIPPED.compare(people[one], people[other])
        same = list(compared.levels) == rest[:6]
        if not same or abs(compared.weight - weight) > 1e-6:
            wrong.append((one, other, weight, compared))
    assert wrong[:5] == []


def test_verdicts_are_those_of_the_guards(judged):
    people, edges = judged
    wrong = []
    for one, other, _, *rest in edges:
        a, b = people[one], people[other]
        said = judge(a, b, SHIPPED.compare(a, b))
        if [said.band.value, said.why.value] != rest[6:]:
            wrong.append((one, other, said, rest[6:]))
    assert wrong[:5] == []
    assert len({rest[-1] for (*rest,) in edges}) > 8


def test_records_that_are_the_very_same_are_judged_once():
    known = next(
        as_standard(a[1:]) for a, _ in islice(invent(seed=SEED, records=50), 1)
    )
    nameless = known._replace(given="", root="", given_code="", born="")
    with closing(open_engine()) as engine:
        engine.add([known] * 500 + [nameless] * 500)
        engine.finish(crowd=LIMITS.crowd)
        engine.compare(
            COMPARED,
            as_learnt(START),
            rules=RULES,
            crowd=LIMITS.crowd,
            least=LIMITS.review,
        )
        judge_pairs(engine)
        judge_doubles(engine, START)
        found = engine.ask(
            "SELECT l, band, count(*) FROM edges WHERE r NOT IN (0, 500)"
            " GROUP BY ALL ORDER BY l"
        )
    assert found[0] == (0, "link", 499)
    assert found[1][0] == 500 and found[1][1] != "link"
