"""What an assessment comes to: truth tables, and that a risk only ever goes up."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.care.assessment.rules import filled as rules
from alongside.care.assessment.tables import ASKS, ESCALATIONS, EXITS, filled
from alongside.care.assessment.types.filled import Criterion
from alongside.care.casework.types import CountsAs
from alongside.care.instruments.tables import INSTRUMENTS
from alongside.care.instruments.types import Moment, Result, Risk
from alongside.foundation.lib.datafile import BadDataFile

ON = date(2026, 11, 20)
DASH = INSTRUMENTS["dash", 1]
NEEDS = INSTRUMENTS["needs", 1]


def result(risk, asks=(), review=None):
    return Result(scores=(), risk=risk, review_days=review, asks=asks)


def crimes(*days_ago):
    return {UUID(int=n): ON - timedelta(days=d) for n, d in enumerate(days_ago)}


def found(risk, *days_ago, instrument=DASH):
    return rules.find(
        instrument,
        result(risk),
        crimes=crimes(*days_ago),
        escalations=ESCALATIONS,
        on=ON,
    )


@pytest.mark.parametrize(
    ("days_ago", "incidents", "risk"),
    [
        ((), 0, Risk.STANDARD),
        ((1, 2), 2, Risk.STANDARD),
        ((1, 2, 364), 3, Risk.HIGH),
        ((1, 2, 365), 2, Risk.STANDARD),
        ((0, 0, 0, 0), 4, Risk.HIGH),
        ((1, 2, -1), 2, Risk.STANDARD),
    ],
)
def test_three_incidents_in_a_year_escalate(days_ago, incidents, risk):
    finding = found(Risk.STANDARD, *days_ago)
    assert (finding.incidents, finding.risk) == (incidents, risk)
    assert finding.escalated == (risk is Risk.HIGH)
    assert ("marac" in finding.asks) == finding.escalated


def test_incidents_are_counted_only_where_a_rule_says_so():
    finding = found(Risk.NONE, 1, 2, 3, instrument=NEEDS)
    assert finding.incidents is None and not finding.escalated
    assert finding.risk is Risk.NONE


@pytest.mark.parametrize("risk", Risk)
def test_nothing_but_a_higher_risk_may_be_judged(risk):
    allowed = rules.may_judge(risk)
    assert all(rules.ORDER[one] > rules.ORDER[risk] for one in allowed)
    assert len(allowed) == len(Risk) - 1 - rules.ORDER[risk]


@given(st.sampled_from(Risk), st.lists(st.integers(0, 800), max_size=9))
def test_escalation_never_lowers(risk, days_ago):
    finding = found(risk, *days_ago)
    assert rules.at_least(finding.risk, risk)


@pytest.mark.parametrize(("one", "other"), list(product(Risk, Risk)))
def test_the_higher_of_two_is_one_of_them_and_as_high(one, other):
    high = rules.higher(one, other)
    assert high in {one, other}
    assert rules.at_least(high, one) and rules.at_least(high, other)


@pytest.mark.parametrize(
    ("scored", "escalated", "judged", "why"),
    [
        (Risk.HIGH, False, None, (Criterion.SCORE,)),
        (Risk.MEDIUM, True, None, (Criterion.ESCALATION,)),
        (Risk.MEDIUM, False, Risk.HIGH, (Criterion.JUDGEMENT,)),
        (Risk.MEDIUM, False, None, ()),
        (
            *(Risk.HIGH, True, Risk.HIGH),
            (Criterion.SCORE, Criterion.ESCALATION, Criterion.JUDGEMENT),
        ),
    ],
)
def test_why_it_goes_to_the_meeting(scored, escalated, judged, why):
    assert rules.why_high(scored=scored, escalated=escalated, judged=judged) == why


def test_what_is_asked_at_high_is_what_its_band_asks():
    assert set(rules.asks_at(DASH, Risk.HIGH)) == {"marac", "idva", "supervisor"}
    assert rules.asks_at(NEEDS, Risk.HIGH) == ()


@pytest.mark.parametrize(
    ("age", "below", "start", "fit"),
    [
        (17, 18, None, True),
        (18, 18, None, False),
        (16, None, 16, True),
        (15, None, 16, False),
        (None, 18, 16, True),
    ],
)
def test_for_whom_an_instrument_is(age, below, start, fit):
    instrument = replace(NEEDS, below_age=below, from_age=start)
    assert rules.fits(instrument, age=age, role="contact_worker") is fit


def test_only_the_roles_named_may_ask():
    instrument = replace(NEEDS, who=("specialist_worker",))
    assert not rules.fits(instrument, age=30, role="contact_worker")
    assert rules.fits(instrument, age=30, role="specialist_worker")


@pytest.mark.parametrize(
    ("done", "moment"),
    [
        (set(), Moment.FIRST),
        ({Moment.FIRST}, Moment.REVIEW),
        ({Moment.FIRST, Moment.REVIEW}, Moment.REVIEW),
    ],
)
def test_which_moment_comes_next(done, moment):
    assert rules.next_moment(NEEDS, done) is moment


def test_grounds_are_told_apart_from_what_is_to_be_done():
    asks = ("ground:C1", "marac")
    assert rules.grounds_in(asks) == ("C1",)
    assert [row.code for row in rules.to_do(asks, ASKS)] == ["marac"]


@pytest.mark.parametrize("ending", sorted(set(CountsAs) - {CountsAs.NOT_KNOWN}))
def test_every_ending_has_a_reason_for_no_last_scores(ending):
    fit = rules.reasons_for(ending, EXITS)
    assert fit
    by_itself = [row for row in fit if row.by_itself]
    assert len(by_itself) == (0 if ending is CountsAs.SUPPORTED else 1)


@pytest.mark.parametrize(
    ("load", "path", "was", "becomes"),
    [
        (filled.load_asks, filled.ASKS_FILE, 'code = "marac"', 'code = "other"'),
        (filled.load_escalations, filled.ESCALATION_FILE, '"marac"', '"nobody"'),
        (filled.load_exits, filled.EXITS_FILE, '["signposted"]', '["declined"]'),
        (filled.load_exits, filled.EXITS_FILE, '["signposted"]', '["nothing"]'),
        (filled.load_bands, filled.OUTCOMES_FILE, "below_age = 25", "below_age = 24"),
        (filled.load_limits, filled.OUTCOMES_FILE, '"draft_days"', '"other"'),
    ],
)
def test_a_slip_in_the_data_is_refused(load, path, was, becomes):
    text = path.read_text(encoding="utf-8")
    assert was in text
    load(text)
    with pytest.raises(BadDataFile):
        load(text.replace(was, becomes, 1))
