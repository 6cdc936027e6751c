"""Every code the program names is a row of data, and every row can be met."""

import ast
import re

import pytest

from alongside.care.assessment.tables import BOOKS
from alongside.care.assessment.tables import LIMITS as OUTCOME_LIMITS
from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.casework.tables import LIMITS as CASE_LIMITS
from alongside.care.contact.tables import ATTEMPT_RESULTS, CHANNELS
from alongside.care.contact.types import Channel
from alongside.care.instruments.tables.limits import LIMITS as INSTRUMENT_LIMITS
from alongside.care.intake.tables import HOLDS, LIMITS
from alongside.care.intake.types import HOLD_ORDER
from alongside.care.journey.tables import EVENTS, MOVES, NOT_OWED, RULES, STAGES
from alongside.care.journey.tables import LIMITS as JOURNEY_LIMITS
from alongside.care.journey.types import OwnEvent, ProgressEvent, Trigger
from alongside.care.linking.tables import LIMITS as LINKING_LIMITS
from alongside.care.planning.tables import LIMITS as PLANNING_LIMITS
from alongside.care.referrals.tables import LIMITS as REFERRAL_LIMITS
from alongside.foundation.audit.tables import LIMITS as TRAIL_LIMITS
from tests.architecture.house import PACKAGE, nodes, sources

DEADLINE = re.compile(r"(R\d\d|FC)-[A-Z][A-Z-]+")
# What is asked of a table by name, and the codes the table has.
ASKED = {
    "LIMITS": {
        *(*LIMITS, *CASE_LIMITS, *LINKING_LIMITS, *REFERRAL_LIMITS, *TRAIL_LIMITS),
        *(*INSTRUMENT_LIMITS, *OUTCOME_LIMITS, *PLANNING_LIMITS),
        *JOURNEY_LIMITS,
    },
    "NOT_OWED": NOT_OWED.keys(),
    "DISPOSITIONS": DISPOSITIONS.keys(),
    "ATTEMPT_RESULTS": ATTEMPT_RESULTS.keys(),
}
DEADLINES = {rule.code for rule in RULES}


def named_nowhere(text):
    """Codes that a module names and no table has."""
    for node in nodes(text):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and DEADLINE.fullmatch(node.value)
            and node.value not in DEADLINES
        ):
            yield node.value
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and node.value.id in ASKED
            and isinstance(node.slice, ast.Constant)
            and node.slice.value not in ASKED[node.value.id]
        ):
            yield str(node.slice.value)


def test_every_code_the_program_names_is_in_a_table():
    wrong = {
        f"{path.relative_to(PACKAGE)}: {code}"
        for path in sources("alongside")
        for code in named_nowhere(path.read_text(encoding="utf-8"))
    }
    assert wrong == set()


@pytest.mark.parametrize("text", ['rule = "R99-NOTHING"', 'x = LIMITS["nothing"]'])
def test_a_code_no_table_has_is_caught(text):
    assert list(named_nowhere(text))


def test_every_limit_is_asked_for():
    text = "".join(path.read_text(encoding="utf-8") for path in sources("alongside"))
    assert {
        code
        for code in (*LIMITS, *CASE_LIMITS, *REFERRAL_LIMITS, *INSTRUMENT_LIMITS)
        if f'"{code}"' not in text
    } == set()


def test_every_hold_channel_and_event_has_its_row():
    assert set(HOLDS) == set(HOLD_ORDER)
    assert set(CHANNELS) == set(Channel)
    assert set(EVENTS) == {*ProgressEvent, *OwnEvent}


def test_every_stage_and_trigger_can_be_met():
    reached = {move.to for moves in MOVES.values() for move in moves} - {""}
    assert set(STAGES) - reached == {"S00", "N10"}  # where a matter may begin
    triggers = {trigger for rule in RULES for trigger in rule.triggers}
    assert triggers <= {*ProgressEvent, *Trigger}
    assert BOOKS


def test_every_deadline_has_source_confidence_and_dates():
    for rule in RULES:
        assert rule.source and rule.confidence and rule.in_force_from, rule.code
        until = rule.in_force_until
        assert until is None or until > rule.in_force_from, rule.code
