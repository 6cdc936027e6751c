"""What facts do to a promise, by days written down by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.contact.rules import closings_of, way_since
from alongside.care.contact.types import Channel, RouteEnd, Safety, Way, Ways
from alongside.care.journey.rules.facts import follow_facts, frees, stands_on
from alongside.care.journey.rules.reach import basis_of
from alongside.care.journey.tables import NOT_OWED, rule_for
from alongside.care.journey.tables.reach import BASES, BY_CLOSING, load_bases
from alongside.care.journey.types import DutyHolder, WishKind
from alongside.care.journey.types.reach import Fact, FactsSay
from alongside.foundation.lib.datafile import BadDataFile

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DUE = date(2026, 11, 9)
ARREST = rule_for("R06-ARREST", START.date())


def at(day):
    return datetime(2026, 11, day, 12, tzinfo=UTC)


def fact(since, until=None, **more):
    return Fact(
        reason=more.pop("reason", "unsafe_to_contact"),
        rank=more.pop("rank", 2),
        since=at(since),
        until=at(until) if until else None,
        anew=more.pop("anew", True),
        **more,
    )


def say(*facts):
    return follow_facts(
        facts,
        starts_at=START,
        due_on=DUE,
        again=lambda start: start.date() + timedelta(days=7),
    )


AS_IT_WAS = FactsSay(START, DUE)
UNSAFE = FactsSay(START, DUE, "unsafe_to_contact")
WISH = {"reason": "asked_not_to_be_told", "rank": 1, "anew": False}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        pytest.param([], AS_IT_WAS, id="nothing"),
        pytest.param([fact(3)], UNSAFE, id="stands"),
        pytest.param([fact(9)], UNSAFE, id="began on the last day"),
        pytest.param([fact(10)], AS_IT_WAS, id="what is late stays late"),
        pytest.param([fact(3, 5)], AS_IT_WAS, id="over in time: the old day stands"),
        pytest.param([fact(3, 9)], AS_IT_WAS, id="over on the day itself"),
        pytest.param(
            [fact(3, 12)],
            FactsSay(at(12), date(2026, 11, 19)),
            id="the day passed: anew",
        ),
        pytest.param(
            [fact(3, 12), fact(14)],
            FactsSay(at(12), date(2026, 11, 19), "unsafe_to_contact"),
            id="anew, and into the next",
        ),
        pytest.param(
            [fact(3, 12), fact(14, 25)],
            FactsSay(at(25), date(2026, 12, 2)),
            id="anew twice",
        ),
        pytest.param(
            [fact(3, 12, **WISH)],
            FactsSay(START, DUE, "asked_not_to_be_told"),
            id="a wish that stood on the day",
        ),
        pytest.param(
            [fact(3), fact(3, reason="uncontactable", rank=3)], UNSAFE, id="the graver"
        ),
        pytest.param(
            [fact(3, 12), fact(4, reason="uncontactable", rank=3)],
            FactsSay(START, DUE, "uncontactable"),
            id="what has no end goes before",
        ),
    ],
)
def test_what_facts_make_of_a_promise(facts, found):
    assert say(*facts) == found
    assert say(*reversed(facts)) == found


@pytest.mark.parametrize(
    ("changes", "holder", "freed"),
    [
        ({"holders": frozenset({DutyHolder.POLICE})}, DutyHolder.POLICE, True),
        ({"holders": frozenset({DutyHolder.SERVICE})}, DutyHolder.POLICE, False),
        ({"holders": frozenset(), "all_promises": True}, DutyHolder.CPS, True),
        ({"reason": "told_by_another"}, DutyHolder.POLICE, False),
        ({"asks": WishKind.NOTHING, **WISH}, DutyHolder.POLICE, True),
        ({"asks": WishKind.BIG_NEWS, **WISH}, DutyHolder.POLICE, ARREST.small_news),
    ],
)
def test_whose_promises_a_fact_frees_from(changes, holder, freed):
    assert frees(replace(fact(3), **changes), ARREST, holder) is freed


def test_what_was_agreed_ends_with_its_wish_alone():
    agreed = rule_for("R06-FREQ", START.date())

    assert not frees(fact(3, asks=WishKind.NOTHING, **WISH), agreed, DutyHolder.POLICE)
    assert frees(fact(3), agreed, DutyHolder.POLICE)


def test_of_facts_that_have_ended_the_last_to_end_counts():
    short, long = fact(3, 12), fact(2, 15)
    assert stands_on([short, long], DUE) is long


PHONE = Way(channel=Channel.PHONE, held_at=at(1))
LETTER = Way(channel=Channel.LETTER, held_at=at(1))


def marked(way, state, day, *, force=False):
    return replace(way, safety=state, marked_at=at(day), by_force=force)


def ended(way, how, day):
    return replace(way, ended=how, ended_at=at(day))


@pytest.mark.parametrize(
    ("ways", "reached", "basis"),
    [
        pytest.param([], None, "", id="nothing held is no reason"),
        pytest.param([PHONE, LETTER], None, "", id="nobody said anything"),
        pytest.param(
            [marked(PHONE, Safety.UNSAFE, 3), LETTER],
            None,
            "",
            id="one is left to ask of",
        ),
        pytest.param(
            [marked(PHONE, Safety.UNSAFE, 3), ended(LETTER, RouteEnd.NOT_WORKING, 4)],
            None,
            "every_way_unsafe",
            id="unsafe weighs more",
        ),
        pytest.param(
            [ended(PHONE, RouteEnd.NOT_WORKING, 3)],
            None,
            "nothing_reaches_them",
            id="not working",
        ),
        pytest.param(
            [marked(PHONE, Safety.UNSAFE, 3, force=True)],
            None,
            "force_says_unsafe",
            id="the force's word alone",
        ),
        pytest.param(
            [
                marked(PHONE, Safety.UNSAFE, 3, force=True),
                marked(LETTER, Safety.UNSAFE, 3),
            ],
            None,
            "every_way_unsafe",
            id="one word of ours is not the force's",
        ),
        pytest.param(
            [marked(PHONE, Safety.UNSAFE, 3)], at(5), "", id="spoken with since"
        ),
        pytest.param(
            [marked(PHONE, Safety.UNSAFE, 3)], at(2), "every_way_unsafe", id="before"
        ),
        pytest.param(
            [marked(ended(PHONE, RouteEnd.UNSAFE, 3), Safety.SAFE, 6)],
            None,
            "",
            id="marked safe since",
        ),
        pytest.param(
            [replace(ended(PHONE, RouteEnd.NOT_WORKING, 3), held_at=at(6))],
            None,
            "",
            id="another number since",
        ),
        pytest.param(
            [replace(marked(PHONE, Safety.UNSAFE, 3), held_at=at(6))],
            None,
            "every_way_unsafe",
            id="another number is not safe by itself",
        ),
    ],
)
def test_on_what_it_rests_that_nobody_reaches_them(ways, reached, basis):
    assert basis_of(closings_of(Ways(ways=tuple(ways), reached_at=reached))) == basis


@pytest.mark.parametrize(
    ("known", "appeared"),
    [
        (Ways(ways=(PHONE,)), False),
        (Ways(ways=(PHONE,), reached_at=at(8)), True),
        (Ways(ways=(replace(PHONE, held_at=at(8)),)), True),
        (Ways(ways=(marked(PHONE, Safety.SAFE, 8),)), True),
        (Ways(ways=(marked(PHONE, Safety.SAFE, 4),)), False),
        (Ways(ways=(marked(replace(PHONE, held_at=at(8)), Safety.UNSAFE, 3),)), False),
    ],
)
def test_whether_a_way_has_appeared(known, appeared):
    assert way_since(known, at(6)) is appeared


def test_every_basis_says_a_reason_and_every_ending_has_at_most_one():
    assert {basis.reason for basis in BASES.values()} <= set(NOT_OWED)
    assert set(BY_CLOSING) <= set(DISPOSITIONS)
    assert BASES["has_died"].all_promises


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('"uncontactable"', '"tired"', "which nobody knows"),
        ('["service"]', '["milkman"]', "who owes nothing"),
        ('["service"]', "[]", "holders is missing"),
        ('"ways"', '"closing"', "belongs to what the end"),
        ("all_promises = false", "all_promises = true", "every promise is touched"),
    ],
)
def test_a_slip_in_a_basis_stops_the_start(was, becomes, complaint):
    text = """
[[basis]]
code = "x"
label = "X"
meaning = "X"
reason = "uncontactable"
decided_by = "ways"
holders = ["service"]
all_promises = false
looked_at_again = true
source = "Somewhere"
confidence = "local"
in_force_from = 2020-01-01
"""
    with pytest.raises(BadDataFile, match=complaint):
        load_bases(text.replace(was, becomes))
