"""How a referral moves, and the rows it goes by."""

import pytest

from alongside.care.referrals import tables
from alongside.care.referrals.rules import ANSWERS, MOVES, can_move
from alongside.care.referrals.types import ReferralState
from alongside.foundation.lib.datafile import BadDataFile

OVER = {ReferralState.DECLINED, ReferralState.WITHDRAWN, ReferralState.ENDED}


def test_every_state_has_its_moves_and_three_are_the_end():
    assert MOVES.keys() == set(ReferralState)
    assert {state for state, moves in MOVES.items() if not moves} == OVER


def test_an_answer_comes_first():
    assert all(can_move(ReferralState.SENT, answer) for answer in ANSWERS)
    assert not can_move(ReferralState.DECLINED, ReferralState.ACCEPTED)


def test_another_reason_needs_words():
    assert [r.code for r in tables.DECLINES.values() if r.needs_words] == ["other"]


def test_a_missing_limit_is_caught():
    text = tables.FILE.read_text(encoding="utf-8")
    with pytest.raises(BadDataFile):
        tables.load_limits(text.replace("answer_working_days", "answer_days"))
