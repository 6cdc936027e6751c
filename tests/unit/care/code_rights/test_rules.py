"""What can be written down of a step, and when a window closes."""

from datetime import UTC, date, datetime

import pytest

from alongside.care.code_rights.rules import (
    Happened,
    applies,
    child_until,
    find_openings,
    find_problems,
    kept_fields,
    late_problem,
    window_until,
)
from alongside.care.code_rights.tables import CHILD_LIMITS, kinds_on
from alongside.care.code_rights.types import ChildRule, StepAsked
from alongside.foundation.organisations.types import Calendar

TODAY = date(2026, 11, 20)  # a Friday
KINDS = kinds_on(TODAY)
NEVER_CLOSED = Calendar(frozenset())


def problems(kind, step, *, on=TODAY, by=None, not_before=None, **fields):
    row = KINDS[kind].step(step)
    asked = StepAsked(step=step, on=on, by=by or row.by[0], fields=fields)
    return [
        (one.field, one.words)
        for one in find_problems(row, asked, on=TODAY, not_before=not_before)
    ]


WAITED = {"waited": 30, "apart": True, "evidence": True}
SCREENS = {"basis": "intimidated", "measures_17": ["screens"]}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        ({"on": date(2026, 11, 21)}, "on"),  # tomorrow
        ({"not_before": date(2026, 11, 20)}, None),
        ({"not_before": date(2026, 11, 21)}, "on"),
        ({"by": "parole_board"}, "by"),
        ({"waited": None}, "waited"),
        ({"waited": -1}, "waited"),
        ({"waited": 721}, "waited"),
        ({"waited": 720}, None),
        ({"waited": "long"}, "waited"),
        ({"apart": "yes"}, "apart"),  # yes or no is kept as true or false
        ({"evidence": False}, "reason"),  # then it says why not
        ({"evidence": False, "reason": "plea"}, None),
        ({"evidence": False, "reason": "bored"}, "reason"),
        ({"unknown": 1}, ""),
    ],
)
def test_a_day_at_court(given, field):
    found = problems("court_day", "attended", **{**WAITED, **given})
    assert [one for one, _ in found] == ([] if field is None else [field])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        # An intermediary is not for those who are only intimidated (sections 29, 30).
        ({"measures_17": ["screens", "intermediary"]}, "measures_17"),
        ({"basis": "child", "measures_child": ["intermediary"]}, None),
        ({"basis": "vulnerable", "measures_adult": ["aids", "screens"]}, None),
        ({"basis": "child"}, "measures_child"),
        ({"measures_17": []}, "measures_17"),
    ],
)
def test_special_measures_by_ground(given, field):
    found = problems("special_measures", "wanted", **{**SCREENS, **given})
    assert [one for one, _ in found] == ([] if field is None else [field])


def test_an_answer_that_is_not_asked_for_is_not_kept():
    step = KINDS["court_day"].step("attended")
    assert kept_fields(step, {**WAITED, "reason": "plea"}) == WAITED


@pytest.mark.parametrize(
    ("days", "field"), [("2026-11-19", "from"), ("2026-11-20", None)]
)
def test_dates_to_avoid_are_to_come(days, field):
    given = {"from": days, "until": "2026-12-01", "reason": "work"}
    found = problems("dates_to_avoid", "given", **given)
    assert [one for one, _ in found] == ([] if field is None else [field])


def opened(kind, *happened, suspect_ref="", crime="2026-01-10", group=""):
    window = KINDS[kind].window
    assert window
    return list(
        find_openings(
            window,
            happened=[
                Happened(event=event, at=moment(day), suspect_ref=suspect)
                for event, day, suspect in happened
            ],
            crime_at=moment(crime),
            offence_group=group,
            suspect_ref=suspect_ref,
        )
    )


def moment(day):
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


# Counted by hand: kind, what happened and when, told on, the last day to ask.
WINDOWS = [
    ("vrr_police", "no_further_action", "2026-08-20", None, "2026-11-20"),
    ("vrr_police", "no_further_action", "2025-11-30", None, "2026-02-28"),
    ("vrr_police", "no_further_action", "2026-08-20", "2026-09-01", "2026-12-01"),
    ("vrr_police", "case_stopped", "2026-08-20", None, None),
    ("vrr_police", "no_further_action", "2015-03-31", None, None),  # before the scheme
    ("vrr_cps", "case_stopped", "2026-03-31", None, "2026-06-30"),
    ("lenient_sentence", "sentenced", "2026-02-03", None, "2026-03-03"),
    ("lenient_sentence", "sentenced", "2026-12-10", None, "2027-01-07"),
]


@pytest.mark.parametrize("row", WINDOWS)
def test_when_a_window_closes(row):
    kind, event, day, told, last = row
    openings = opened(kind, (event, day, ""))
    until = window_until(
        openings,
        told_on=date.fromisoformat(told) if told else None,
        calendar=NEVER_CLOSED,
    )
    assert until == (date.fromisoformat(last) if last else None)


# When it happened, when they were first told, the last day to ask. A sentence may be
# asked about by anyone, told or not.
TOLD = [
    ("vrr_police", "no_further_action", "2026-08-20", "2026-09-30", "2026-12-30"),
    ("vrr_police", "no_further_action", "2015-04-01", "2015-06-02", "2015-09-02"),
    ("vrr_cps", "case_stopped", "2026-03-31", "2026-11-30", "2027-02-28"),
    ("lenient_sentence", "sentenced", "2026-02-03", "2026-02-20", "2026-03-03"),
]


@pytest.mark.parametrize("row", TOLD)
def test_a_window_runs_from_when_they_were_told(row):
    kind, event, day, told, last = row
    window = KINDS[kind].window
    assert window
    openings = [
        *find_openings(
            window,
            happened=[Happened(event=event, at=moment(day), told_at=moment(told))],
            crime_at=moment("2015-01-01"),
        )
    ]
    until = window_until(openings, told_on=None, calendar=NEVER_CLOSED)
    assert until == date.fromisoformat(last)
    if kind != "lenient_sentence":
        said = date(2026, 12, 24)
        asked = window_until(openings, told_on=said, calendar=NEVER_CLOSED)
        assert asked == date(2027, 3, 24)


def test_the_newest_decision_opens_the_window_again():
    found = opened(
        "vrr_police",
        ("no_further_action", "2026-01-05", ""),
        ("no_further_action", "2026-06-05", ""),
    )
    until = window_until(found, told_on=None, calendar=NEVER_CLOSED)
    assert until == date(2026, 9, 5)


def test_a_window_of_one_suspect_is_not_opened_by_another():
    told = ("no_further_action", "2026-06-05", "S-2")
    assert opened("vrr_police", told, suspect_ref="S-1") == []
    assert opened("vrr_police", told, suspect_ref="S-2")
    assert opened(
        "vrr_police", ("no_further_action", "2026-06-05", ""), suspect_ref="S-1"
    )


def test_a_claim_for_injuries_runs_from_the_crime():
    assert opened("criminal_injuries", group="Theft offences") == []
    assert opened("criminal_injuries", group="Robbery")
    violence = "Violence against the person"
    found = opened("criminal_injuries", crime="2024-02-29", group=violence)
    until = window_until(found, told_on=None, calendar=NEVER_CLOSED)
    assert until == date(2026, 2, 28)


# Born, crime, report -> the last day; None where the rule for children is not theirs.
CHILDREN = [
    ("2010-05-01", "2024-01-01", "2024-02-01", "2030-05-01"),
    ("2008-05-01", "2026-04-30", "2026-04-30", "2028-05-01"),
    ("2008-05-01", "2026-05-01", "2026-05-01", None),  # 18 on the day
    ("2000-05-01", "2010-01-01", "2026-03-15", "2028-03-15"),  # told as an adult
    ("2004-02-29", "2012-01-01", "2012-02-01", "2024-02-29"),
    ("2008-05-01", "2020-01-01", "2026-04-30", "2028-05-01"),  # told the day before 18
    ("2008-05-01", "2020-01-01", "2026-05-01", "2028-05-01"),  # told on the day itself
    ("2004-06-01", "2021-06-01", "2024-02-29", "2026-02-28"),  # no such day in 2026
    ("2008-02-29", "2026-02-28", "2026-02-28", "2028-02-29"),  # 18 on 1 March 2026
]


@pytest.mark.parametrize(("born", "crime", "report", "last"), CHILDREN)
def test_until_when_a_child_may_claim(born, crime, report, last):
    until = child_until(
        CHILD_LIMITS[ChildRule.CRIMINAL_INJURIES],
        born=date.fromisoformat(born),
        reported_on=date.fromisoformat(report),
        occurred_on=date.fromisoformat(crime),
    )
    assert until == (date.fromisoformat(last) if last else None)


def test_nobody_is_a_child_without_a_date_of_birth():
    rule = CHILD_LIMITS[ChildRule.CRIMINAL_INJURIES]
    assert child_until(rule, born=None, reported_on=TODAY, occurred_on=TODAY) is None


@pytest.mark.parametrize(
    ("kind", "on", "explained", "field"),
    [
        ("vrr_police", date(2026, 11, 20), False, None),
        ("vrr_police", date(2026, 11, 21), False, "on"),
        ("vrr_police", date(2026, 11, 21), True, "on"),  # no reason opens it again
        ("lenient_sentence", date(2026, 11, 21), True, "on"),
        ("criminal_injuries", date(2026, 11, 21), False, "words"),
        ("criminal_injuries", date(2026, 11, 21), True, None),
    ],
)
def test_asking_after_the_window(kind, on, explained, field):
    window = KINDS[kind].window
    assert window
    found = late_problem(window, date(2026, 11, 20), on=on, explained=explained)
    assert (found.field if found else None) == field
    assert late_problem(window, None, on=on, explained=False) is None


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("vps", "S20 victim crime", True),
        ("vps", "S61 victim crime", False),  # the sentence has been passed
        ("vps", "S20 witness crime", False),
        ("vps", "S20 victim incident", False),
        ("vrr_police", "S31 victim crime", True),
        ("vrr_police", "S33 victim crime", False),
        ("court_day", "S50 witness crime", True),
        ("contact_scheme", "S61 victim_witness crime", True),
        ("complaint", "S90 witness incident", True),
    ],
)
def test_when_a_right_applies(kind, given, expected):
    stage, role, record = given.split()
    found = applies(KINDS[kind], stage=stage, role=role, record_type=record)
    assert found is expected
