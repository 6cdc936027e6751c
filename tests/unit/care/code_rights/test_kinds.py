"""Every kind of right against the ways it may go, written by hand."""

from datetime import date

import pytest

from alongside.care.code_rights.rules import is_over, may_follow
from alongside.care.code_rights.tables import BODIES, KINDS, kinds_on
from alongside.care.code_rights.tables.files import load_kinds
from alongside.foundation.lib.datafile import BadDataFile
from tests.unit.care.code_rights.ways import KEEPS, NEVER, STARTS, WAYS

TODAY = kinds_on(date(2026, 11, 22))


def test_every_kind_has_its_ways():
    assert set(WAYS) == set(NEVER) == set(TODAY)


@pytest.mark.parametrize(("kind", "ways"), sorted(WAYS.items()))
def test_a_right_goes_its_ways(kind, ways):
    for way in ways:
        state = ""
        for step in way.split():
            assert may_follow(TODAY[kind], state, step), (way, state, step)
            assert state == "" or not is_over(TODAY[kind], state), (way, state)
            state = step
        assert is_over(TODAY[kind], state), way


@pytest.mark.parametrize(("kind", "ways"), sorted(WAYS.items()))
def test_every_step_is_on_one_of_its_ways_or_ends_one(kind, ways):
    """A step nobody wrote a way for is one nobody has thought through."""
    met = {step for way in ways for step in way.split()}
    left = {code for code in TODAY[kind].steps if code not in met}
    assert all(TODAY[kind].step(code).ends for code in left), left


@pytest.mark.parametrize(("kind", "pairs"), sorted(NEVER.items()))
def test_what_never_follows_is_refused(kind, pairs):
    for before, after in pairs:
        assert not may_follow(TODAY[kind], before, after), (before, after)


def test_steps_start_and_keep_what_the_reference_says():
    found = {
        (kind.code, step.code): step.starts
        for kind in TODAY.values()
        for step in kind.steps.values()
        if step.starts
    }
    assert found == STARTS
    for (kind, step), rules in KEEPS.items():
        assert set(TODAY[kind].step(step).meets) == rules, (kind, step)


def test_only_what_overturns_a_decision_reopens():
    assert {
        (kind.code, step.code)
        for kind in TODAY.values()
        for step in kind.steps.values()
        if step.reopens
    } == {
        ("vrr_police", "overturned"),
        ("vrr_cps", "local_changed"),
        ("vrr_cps", "overturned"),
    }


def test_every_kind_says_where_it_comes_from():
    for kind in KINDS.values():
        assert kind.source and kind.confidence, kind.code
        assert kind.meaning.endswith(".") and kind.offer.endswith("."), kind.code


GOOD = """
code = "planted"
version = 1
title = "Planted"
right = 1
owner = "police"
meaning = "Something."
offer = "Ask."
stages = ["S10"]
roles = ["victim"]
crime_only = true
again = false
first = ["asked"]
source = "Invented"
confidence = "local"
in_force_from = 2020-01-01

[[step]]
code = "asked"
label = "Asked"
act = "Ask"
by = ["person"]
moves = ["done"]

[[step.field]]
code = "how"
kind = "choice"
label = "How?"
options = { phone = "By phone" }

[[step]]
code = "done"
label = "Done"
act = "Do it"
by = ["police"]
moves = []
"""
WINDOW = '[window]\nrule = "R06-VRRPOLICE-ASK"\nlate = "refuse"\n'
SLIPS = {
    "an unknown body": ('by = ["police"]', 'by = ["army"]', "whom nobody knows"),
    "a step nothing leads to": ('moves = ["done"]', 'moves = ["asked"]', "reached"),
    "a way without an end": ("moves = []", 'moves = ["asked"]', "comes to an end"),
    "a step that is not there": ('moves = ["done"]', 'moves = ["gone"]', "no step"),
    "an unknown stage": ('"S10"', '"S99"', "stages"),
    "an unknown trigger": ("moves = []", 'moves = []\nstarts = "x"', "no trigger"),
    "an unknown limit": ("moves = []", 'moves = []\nmeets = ["R99-X"]', "no limit"),
    "an unknown reason": ("moves = []", 'moves = []\nlapses = "x"', "no reason"),
    "a choice of nothing": ('options = { phone = "By phone" }', "", "chooses"),
    "a reserved name": ('code = "how"', 'code = "words"', "every step uses"),
    "a window nobody uses": ("\n[[step]]", f"\n{WINDOW}\n[[step]]", "window"),
    "a field depending on nothing": (
        'label = "How?"',
        'label = "How?"\nonly_if = { other = ["a"] }',
        "come before",
    ),
    "a spelling mistake": ('act = "Do it"', 'act = "Do it"\nmeet = []', "not a field"),
    "another file's name": ('code = "planted"', 'code = "other"', "called after"),
}


def test_the_planted_kind_is_good():
    assert load_kinds({"planted.1.toml": GOOD}, BODIES)


@pytest.mark.parametrize("slip", sorted(SLIPS))
def test_a_slip_in_a_kind_is_refused(slip):
    right, wrong, words = SLIPS[slip]
    assert right in GOOD
    with pytest.raises(BadDataFile, match=words):
        load_kinds({"planted.1.toml": GOOD.replace(right, wrong, 1)}, BODIES)
