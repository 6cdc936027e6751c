"""What may become of a plan: truth tables, and data that is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.care.planning import rules, tables
from alongside.care.planning.types import Attendance, PlanState
from alongside.foundation.lib.datafile import BadDataFile

DRAFT, WAITING = PlanState.DRAFT, PlanState.WAITING
AGREED, CLOSED = PlanState.AGREED, PlanState.CLOSED
ON = date(2026, 11, 20)
MAY = {
    *((DRAFT, WAITING), (DRAFT, AGREED), (DRAFT, CLOSED)),
    *((WAITING, DRAFT), (WAITING, AGREED), (WAITING, CLOSED)),
    *((AGREED, DRAFT), (AGREED, CLOSED), (CLOSED, DRAFT)),
}


@pytest.mark.parametrize("now", PlanState)
@pytest.mark.parametrize("then", PlanState)
def test_every_move_of_a_plan(now, then):
    assert rules.can_move(now, then) is ((now, then) in MAY)


@pytest.mark.parametrize(
    ("tier", "high_risk", "needed"),
    [
        ("standard", False, False),
        ("standard", True, True),
        ("enhanced", False, True),
        ("enhanced", True, True),
    ],
)
def test_whose_plan_is_approved(tier, high_risk, needed):
    asked = {"tier": tier, "high_risk": high_risk, "on": ON}
    assert rules.needs_approval(area="llr", rows=tables.APPROVALS, **asked) is needed
    assert rules.needs_approval(area="llr", rows=(), **asked) is True


OWN = """
[[approval]]
area = "llr"
tier = "standard"
high_risk = false
needed = true
"""


def test_an_areas_own_rule_goes_before_everybodys():
    text = (tables.FOLDER / "approval.toml").read_text(encoding="utf-8") + OWN
    rows = tables.load_approvals(text)

    def asked(area):
        return rules.needs_approval(
            area=area, rows=rows, tier="standard", high_risk=False, on=ON
        )

    assert asked("llr") is True
    assert asked("kent") is False


@pytest.mark.parametrize("approver", range(1, 5))
def test_nobody_approves_their_own_plan(approver):
    may = rules.may_approve(approver=approver, asked_by=1, opened_by=2, worker=3)
    assert may is (approver == 4)


@pytest.mark.parametrize("state", Attendance)
@pytest.mark.parametrize("begun", [True, False])
def test_nobody_came_to_what_has_not_begun(state, begun):
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    begins = now - timedelta(hours=1) if begun else now + timedelta(hours=1)
    allowed = rules.ending_allowed(state, begins=begins, now=now)
    assert allowed is (begun or state is Attendance.CANCELLED)


def test_points_weigh_cases_by_tier_and_risk():
    cases = {("standard", False): 3, ("enhanced", True): 2}
    assert rules.points(cases, tables.WEIGHTS) == 3 * 1 + 2 * 4
    assert rules.points({}, tables.WEIGHTS) == 0


@pytest.mark.parametrize(
    ("load", "name", "missing"),
    [
        (tables.load_limits, "limits.toml", 'code = "plan_days"'),
        (tables.load_weights, "weights.toml", 'tier = "standard"'),
        (tables.load_approvals, "approval.toml", 'tier = "standard"'),
        (tables.load_sections, "sections.toml", 'paper = "exit"'),
    ],
)
def test_data_that_lacks_something_is_refused(load, name, missing):
    text = (tables.FOLDER / name).read_text(encoding="utf-8")
    assert load(text)
    with pytest.raises(BadDataFile):
        load(text.replace(missing, missing.split('"')[0] + '"zz"'))
