"""Each row of the limits against due days that were counted by hand on a calendar.

The days are in `tests/data/deadline-cases.csv`, each with how it was counted. Nothing
of the program helped to write them.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from alongside.care.journey import rules, tables
from alongside.care.journey.types import EventTimes, RuleKind
from alongside.foundation.reference.tables import CLOSED_DAYS

CASES_FILE = Path(__file__).parents[3] / "data" / "deadline-cases.csv"
EARLIER = datetime.fromisoformat("1990-01-01T00:00+00:00")


@dataclass(frozen=True)
class Case:
    rule: str
    version: str
    trigger: str
    happened: str
    received: str
    tier: str
    due: str
    why: str

    def times(self):
        happened = datetime.fromisoformat(self.happened)
        received = datetime.fromisoformat(self.received or self.happened)
        return EventTimes(happened, received, happened)


with CASES_FILE.open(encoding="utf-8") as lines:
    CASES = [Case(**line) for line in csv.DictReader(lines)]


def found_of(case):
    every = (
        *tables.rules_started(case.trigger, case.times()),
        *tables.standing_rules(case.trigger, case.times()),
        *(
            rule
            for rule in tables.RULES
            if rule.kind is RuleKind.FREQUENCY
            and case.trigger in rule.triggers
            and rule.holds_on(case.times().occurred_at.date())
        ),
    )
    found = [rule for rule in every if rule.code == case.rule]
    assert len(found) == 1, "exactly one version holds"
    return found[0]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.rule}-{c.happened}-{c.tier}")
def test_the_due_day_counted_by_hand(case):
    rule = found_of(case)

    assert rule.code_version == case.version
    if case.due == "none":
        assert not rule.has_length
        with pytest.raises(ValueError, match="no number of days"):
            rules.due_on(rule, EARLIER, False, CLOSED_DAYS)
        return
    start = case.times().start_of(rule.clock)
    due = rules.due_on(rule, start, case.tier == "enhanced", CLOSED_DAYS)
    assert due == date.fromisoformat(case.due), case.why


def test_every_row_has_a_case_and_each_tier_where_they_differ():
    tried = {(found_of(case), case.tier) for case in CASES}
    wanted = {
        (rule, tier)
        for rule in tables.RULES
        if rule.standard != rule.enhanced
        for tier in ("standard", "enhanced")
    }

    assert {rule for rule, _ in tried} == set(tables.RULES)
    missing = wanted - tried
    assert not {(rule.code, rule.code_version, tier) for rule, tier in missing}


def test_every_case_says_how_it_was_counted():
    assert all(case.why for case in CASES)
