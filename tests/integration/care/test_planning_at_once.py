"""Promises planned in a few statements are those planned one by one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from alongside.care.intake.types import DeliveryKind
from alongside.care.journey.operations.planning import Planned
from alongside.care.journey.rules import due_on
from alongside.care.journey.tables import RULES, rule_for
from alongside.care.journey.types import Length, Unit
from alongside.demo.sample import REFERRALS
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries import NO_ADDITION
from alongside.foundation.organisations.types import EVERYBODY
from alongside.foundation.reference.tables import CLOSED_DAYS
from alongside.workflows.receive_delivery import receive_source
from alongside.workflows.replan_clocks import replan
from tests.support.feed import LIMIT
from tests.support.receiving import NOW, ask, count, receive_bytes, receiver

PROGRESS = Path(__file__).parents[2] / "data" / "sample-progress.csv"
# When the force recorded a crime is in the sealed row alone: planned from nothing, that
# promise runs. Every other fact is compared.
COMPARED = """
    SELECT case_id, coalesce(victimisation_id, 0), coalesce(event_id, 0), rule,
           rule_from, starts_at, due_on, enhanced, holder, not_owed_reason,
           CASE WHEN rule <> 'R02-RECORD' THEN met_on END,
           CASE WHEN rule <> 'R02-RECORD' THEN evidence END
      FROM journey_clock WHERE replaced_by_id IS NULL ORDER BY 1, 2, 3, 4, 5
"""
OPEN = "met_on IS NULL AND not_owed_reason = '' AND replaced_by_id IS NULL"


def owner_runs(reach, statement):
    with psycopg.connect(reach.owner.conninfo()) as owner:
        owner.execute(statement)


def again(**changes):
    return replan(actor=receiver(), now=NOW, why="a test", lot=1000, **changes)


def with_length(code, length, unit):
    new = Length(length, unit)
    return [
        replace(rule, standard=new, enhanced=new) if rule.code == code else rule
        for rule in RULES
    ]


def close(reach, day, *holders):
    owner_runs(
        reach,
        "INSERT INTO organisations_closedday"
        ' (area_id, "on", title, reason, holders, added_at, added_by)'
        f" SELECT id, '{day}', 'Flood', 'Under water', ARRAY{[*holders]}, now(), 'x'"
        " FROM organisations_area",
    )


@pytest.fixture
def sample(fresh_database):
    receive_bytes(REFERRALS.read_bytes())
    with PROGRESS.open("rb") as source:
        receive_source(
            source=source, now=NOW, max_bytes=LIMIT, kind=DeliveryKind.PROGRESS
        )
    return fresh_database


def test_the_sample_planned_from_nothing_is_the_sample_planned_one_by_one(sample):
    one_by_one = ask(COMPARED)
    owner_runs(sample, "DELETE FROM journey_clock")

    done = again()

    assert ask(COMPARED) == one_by_one
    assert done == Planned(begun=len(one_by_one))
    assert again() == Planned()  # and there is nothing left to do
    _what_is_only_tried_is_not_kept(sample)
    _a_changed_limit_touches_its_own_running_promises_alone()
    _every_unit_is_counted_as_the_rules_count_it()
    _a_closed_day_moves_what_runs_across_it(sample)
    _the_day_of_some_moves_what_they_owe_and_is_taken_back(sample)


def _what_is_only_tried_is_not_kept(sample):
    owner_runs(sample, "DELETE FROM journey_clock WHERE rule = 'R04-REFER'")
    before = ask(COMPARED)

    found = again(dry_run=True, codes=["R04-REFER"])

    assert found.begun > 0
    assert ask(COMPARED) == before
    assert again(codes=["R06-ARREST"]) == Planned()  # another limit lacks nothing
    assert again(begin=False) == Planned()
    assert again() == found


def _a_changed_limit_touches_its_own_running_promises_alone():
    others = ask("SELECT * FROM journey_clock WHERE rule <> 'R06-CHARGE' ORDER BY id")
    settled = ask(f"SELECT * FROM journey_clock WHERE NOT ({OPEN}) ORDER BY id")
    running = count("journey_clock", f"{OPEN} AND rule = 'R06-CHARGE'")
    assert running > 100

    done = again(
        codes=["R06-CHARGE"], limits=with_length("R06-CHARGE", 7, Unit.WORKING_DAYS)
    )

    assert done == Planned(changed=running)
    assert others == ask(
        "SELECT * FROM journey_clock WHERE rule <> 'R06-CHARGE' ORDER BY id"
    )
    assert set(settled) <= set(ask("SELECT * FROM journey_clock"))
    assert count("journey_clock", f"{OPEN} AND rule = 'R06-CHARGE'") == running
    kept = ask(
        "SELECT k.due_on < n.due_on, n.starts_at = k.starts_at, k.settled_at"
        " FROM journey_clock k JOIN journey_clock n ON n.id = k.replaced_by_id"
        " WHERE k.rule = 'R06-CHARGE' AND n.due_on <> k.due_on AND k.settled_at = %s",
        NOW,
    )
    assert kept == [(True, True, NOW)] * len(kept)
    assert len(kept) == running


def _every_unit_is_counted_as_the_rules_count_it():
    for length, unit in (
        *((3, Unit.MONTHS), (28, Unit.DAYS), (25, Unit.HOURS)),
        *((30, Unit.WORKING_DAYS), (1, Unit.WORKING_DAYS)),
    ):
        again(codes=["R06-BAIL"], limits=with_length("R06-BAIL", length, unit))
        found = ask(
            "SELECT rule_from, starts_at, due_on FROM journey_clock"
            f" WHERE {OPEN} AND rule = 'R06-BAIL'"
        )
        assert len(found) > 50
        for rule_from, starts_at, due in found:
            rule = replace(
                rule_for("R06-BAIL", rule_from), standard=Length(length, unit)
            )
            assert due == due_on(rule, local_day(starts_at), False, CLOSED_DAYS)
    again(codes=["R06-BAIL"])


def _a_closed_day_moves_what_runs_across_it(sample):
    again()  # as the limits are
    assert again() == Planned()
    ((due,),) = ask(
        "SELECT due_on FROM journey_clock WHERE rule = 'R06-ARREST'"
        f" AND {OPEN} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    close(sample, due, EVERYBODY)
    before = ask(f"SELECT id, rule, starts_at, due_on FROM journey_clock WHERE {OPEN}")

    done = again(begin=False, across=(due, due))

    closed = CLOSED_DAYS | {due}
    assert done.changed > 0
    found = ask(
        "SELECT k.id, n.due_on FROM journey_clock k"
        " JOIN journey_clock n ON n.id = k.replaced_by_id"
    )
    running = {key for key, *_ in before}
    moved = {key: due for key, due in found if key in running}
    assert len(moved) == done.changed
    for key, _, starts_at, was in before:
        runs_across = starts_at.date() - timedelta(days=1) <= due <= was
        assert key not in moved or runs_across
        assert key not in moved or moved[key] > was
    on_it = [key for key, rule, _, was in before if was == due and rule == "R06-ARREST"]
    assert on_it
    assert all(moved[key] not in closed for key in on_it)
    assert again() == Planned()  # nothing beside it was to be planned anew


def _the_day_of_some_moves_what_they_owe_and_is_taken_back(sample):
    owner_runs(sample, "DELETE FROM organisations_closedday")
    again(begin=False)
    before = ask(f"SELECT holder, due_on, id FROM journey_clock WHERE {OPEN}")
    day = max(due for holder, due, _ in before if holder == "wcu")
    close(sample, day, "wcu", "probation")

    done = again(begin=False, across=(day, day))

    assert done.changed > 0
    moved = ask(
        "SELECT DISTINCT k.holder FROM journey_clock k"
        " JOIN journey_clock n ON n.id = k.replaced_by_id"
        f" WHERE k.id = ANY (ARRAY{[key for *_, key in before]}) ORDER BY 1"
    )
    assert moved == [("wcu",)]
    _every_running_promise_is_due_as_the_rules_say(
        NO_ADDITION.with_days([(day, ["wcu", "probation"])])
    )
    assert again() == Planned()
    owner_runs(sample, "UPDATE organisations_closedday SET withdrawn_at = now()")
    assert again(begin=False, across=(day, day)) == done
    after = ask(f"SELECT holder, due_on FROM journey_clock WHERE {OPEN}")
    assert sorted(after) == sorted((holder, due) for holder, due, _ in before)


def _every_running_promise_is_due_as_the_rules_say(calendar):
    for code, rule_from, starts_at, enhanced, due in ask(
        "SELECT rule, rule_from, starts_at, enhanced, due_on FROM journey_clock"
        f" WHERE {OPEN} AND due_on IS NOT NULL AND rule <> 'R06-FREQ'"
    ):
        rule = rule_for(code, rule_from)
        closed = calendar.closed_for(rule.duty_holder)
        assert due == due_on(rule, starts_at, enhanced, closed), code
