from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from alongside.care.journey import rules, tables
from alongside.care.journey.types import (
    ClockState,
    Length,
    MatterFacts,
    Unit,
)
from alongside.foundation.reference.tables import CLOSED_DAYS

NOW = date(2026, 11, 22)
REFER = tables.rule_for("R04-REFER", NOW)
ARREST = tables.rule_for("R06-ARREST", NOW)
SENTENCE = tables.rule_for("R11-VCSREF", NOW)
FRIDAY = date(2026, 6, 5)

FACTS = MatterFacts(
    record_type="crime",
    gives_evidence=False,
    in_contact_scheme=False,
    offence_group="Theft offences",
    custody_months=None,
)


def due(rule, start, *, enhanced=False):
    return rules.due_on(rule, start, enhanced, CLOSED_DAYS)


def lasting(length, unit):
    return replace(REFER, standard=Length(length, unit), enhanced=Length(length, unit))


def test_two_working_days_from_a_friday_end_on_tuesday():
    assert due(REFER, FRIDAY) == date(2026, 6, 9)


def test_enhanced_support_is_owed_sooner():
    assert due(ARREST, FRIDAY) == date(2026, 6, 12)
    assert due(ARREST, FRIDAY, enhanced=True) == date(2026, 6, 8)


def test_the_day_is_that_of_london():
    before = datetime(2026, 6, 4, 22, 59, tzinfo=UTC)
    after = datetime(2026, 6, 4, 23, 0, tzinfo=UTC)  # already Friday in London

    assert due(REFER, before) == date(2026, 6, 8)
    assert due(REFER, after) == date(2026, 6, 9)


@pytest.mark.parametrize(
    ("length", "unit", "start", "end"),
    [
        (28, Unit.DAYS, date(2026, 12, 1), date(2026, 12, 29)),
        (3, Unit.MONTHS, date(2026, 11, 30), date(2027, 2, 28)),
        (3, Unit.MONTHS, date(2023, 11, 30), date(2024, 2, 29)),
        (1, Unit.MONTHS, date(2026, 12, 31), date(2027, 1, 31)),
        (24, Unit.MONTHS, date(2024, 2, 29), date(2026, 2, 28)),
        (24, Unit.HOURS, date(2026, 5, 1), date(2026, 5, 2)),
        (25, Unit.HOURS, date(2026, 5, 1), date(2026, 5, 3)),
        (24, Unit.HOURS, datetime(2026, 5, 1, 9, tzinfo=UTC), date(2026, 5, 2)),
        (2, Unit.HOURS, datetime(2026, 5, 1, 20, tzinfo=UTC), date(2026, 5, 1)),
        (2, Unit.HOURS, datetime(2026, 5, 1, 21, tzinfo=UTC), date(2026, 5, 2)),
    ],
)
def test_other_units_count_every_day(length, unit, start, end):
    assert due(lasting(length, unit), start) == end


@pytest.mark.parametrize(
    ("met_on", "reason", "on", "state"),
    [
        (None, "", date(2026, 6, 8), ClockState.DUE),
        (None, "", date(2026, 6, 9), ClockState.DUE),
        (None, "", date(2026, 6, 10), ClockState.MISSED),
        (date(2026, 6, 9), "", date(2026, 6, 9), ClockState.MET),
        (date(2026, 6, 9), "", date(2026, 7, 1), ClockState.MET),
        (date(2026, 6, 10), "", date(2026, 7, 1), ClockState.MISSED),
        (date(2026, 6, 9), "", date(2026, 6, 8), ClockState.DUE),
        (date(2026, 6, 30), "", date(2026, 6, 10), ClockState.MISSED),
        (None, "unsafe_to_contact", date(2026, 6, 30), ClockState.NOT_OWED),
    ],
)
def test_the_state_of_a_clock(met_on, reason, on, state):
    found = rules.clock_state(
        due_on=date(2026, 6, 9), met_on=met_on, not_owed_reason=reason, on=on
    )

    assert found is state


def test_a_promise_to_witnesses_is_owed_to_witnesses():
    rule = tables.rule_for("R08-REQUIRED", NOW)

    assert not rules.is_owed(rule, FACTS)
    assert rules.is_owed(rule, replace(FACTS, gives_evidence=True))


def test_a_promise_about_crimes_is_not_owed_for_an_incident():
    incident = replace(FACTS, record_type="incident")

    assert not rules.is_owed(tables.rule_for("R02-RECORD", NOW), incident)
    assert rules.is_owed(REFER, incident)


@pytest.mark.parametrize(
    ("group", "months", "owed"),
    [
        ("Violence against the person", 12, True),
        ("Sexual offences", 30, True),
        ("Violence against the person", 11, False),
        ("Violence against the person", None, False),
        ("Theft offences", 60, False),
    ],
)
def test_the_contact_scheme_is_for_long_sentences_of_some_offences(group, months, owed):
    facts = replace(FACTS, offence_group=group, custody_months=months)

    assert rules.is_owed(SENTENCE, facts) is owed


@pytest.mark.parametrize(
    ("sentence", "months", "owed"),
    [
        ("hospital_order", None, True),
        ("custody", None, True),  # nobody said for how long: life, it may be
        ("custody", 11, False),
        ("suspended_sentence", None, False),
        ("community_order", None, False),
        ("", None, False),
    ],
)
def test_a_hospital_order_and_custody_without_an_end_count_too(sentence, months, owed):
    grave = replace(FACTS, offence_group="Sexual offences", sentence=sentence)

    assert rules.is_owed(SENTENCE, replace(grave, custody_months=months)) is owed


@pytest.mark.parametrize(
    ("code", "trigger", "outcome", "owed"),
    [
        ("R06-VRRPOLICE-ASK", "no_further_action", "", True),
        ("R06-VRRPOLICE-ASK", "no_further_action", "15", True),
        ("R06-VRRPOLICE-ASK", "no_further_action", "18", False),  # nobody identified
        ("R06-VRRPOLICE-ASK", "no_further_action", "14", False),
        ("R06-VRRPOLICE-ASK", "no_further_action", "16", False),  # they withdrew
        ("R06-VRRPOLICE-ASK", "no_further_action", "9", False),  # prosecutors decided
        ("R06-VRRCPS-ASK", "no_further_action", "9", True),
        ("R06-VRRCPS-ASK", "no_further_action", "15", False),
        ("R06-VRRCPS-ASK", "case_stopped", "", True),
        ("R06-CHARGE", "no_further_action", "10", True),
        ("R06-CHARGE", "no_further_action", "9", False),
        ("R06-CHARGE-CPS", "no_further_action", "9", True),
        ("R06-CHARGE", "charged", "1", True),
    ],
)
def test_an_outcome_code_says_whose_decision_it_was(code, trigger, outcome, owed):
    facts = replace(FACTS, trigger=trigger, outcome=outcome)

    assert rules.is_owed(tables.rule_for(code, NOW), facts) is owed


def test_the_victim_liaison_officer_calls_those_in_the_scheme():
    rule = tables.rule_for("R11-VLO", NOW)

    assert not rules.is_owed(rule, FACTS)
    assert rules.is_owed(rule, replace(FACTS, in_contact_scheme=True))


@pytest.mark.parametrize(
    ("detail", "months"),
    [
        ({"sentence": "custody", "months": 30}, 30),
        ({"sentence": "suspended sentence", "months": 10}, None),
        ({"sentence": "custody"}, None),
        ({"sentence": "Custody", "months": "30"}, 30),
        ({"sentence": "custody", "months": "for life"}, None),
        ({}, None),
    ],
)
def test_only_immediate_custody_counts(detail, months):
    assert rules.custody_months(detail) == months
