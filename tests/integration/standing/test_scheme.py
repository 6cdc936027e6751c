"""Promises with a day to those in the contact scheme: one by one and all at once."""

from dataclasses import replace

import pytest

from alongside.care.casework.models import Victimisation
from alongside.care.journey import queries as journey
from alongside.care.journey.models import Clock
from alongside.care.journey.operations import planning
from alongside.care.journey.tables import RULES
from alongside.care.journey.types import Length, RuleKind, Unit
from alongside.foundation.organisations.queries import NO_ADDITION
from alongside.workflows.receiving import event_clocks
from tests.support.receiving import receiver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]


@pytest.fixture
def promise_of_the_scheme(monkeypatch):
    """A promise with a day to those in the scheme, which the data has none of yet."""
    stages = next(rule for rule in RULES if rule.code == "R11-STAGES")
    days = Length(5, Unit.WORKING_DAYS)
    rule = replace(
        stages,
        code="R11-TEST",
        kind=RuleKind.PROMISE,
        standard=days,
        enhanced=days,
        in_force_until=None,
    )
    monkeypatch.setattr(event_clocks, "rules_started", lambda *_: (rule,))
    monkeypatch.setattr(event_clocks, "OF_SCHEME", rule.triggers)
    return rule


@pytest.mark.parametrize("row", [(5, True), (4, False), (None, False)])
def test_who_is_in_the_scheme_is_owed_what_it_promises_either_way(
    promise_of_the_scheme, right, happened, row
):
    joined, owed = row
    if joined is not None:
        right("contact_scheme", "joined", days=joined, how="phone")
    event = happened("released_on_licence", days=5)
    (kept,) = journey.list_kept(victimisation_id=event.victimisation_id)
    matter = journey.find_victims(victimisation_ids=[event.victimisation_id])
    new = event_clocks.event_clocks(
        kept,
        matter[event.victimisation_id],
        NO_ADDITION,
        in_scheme_since=event_clocks.find_scheme([kept]).get(event.victimisation_id),
    )
    assert [one.rule.code for one in new] == ["R11-TEST"] * owed
    planned = planned_at_once(promise_of_the_scheme, event)
    assert planned == ["R11-TEST"] * owed


def planned_at_once(rule, event):
    now = event.recorded_at
    case_key = Victimisation.objects.get(pk=event.victimisation_id).case_id
    assert case_key is not None
    planning.plan_lot(
        actor=receiver(),
        now=now,
        limits=[rule],
        calendar=NO_ADDITION,
        low=case_key,
        high=case_key + 1,
    )
    rows = Clock.objects.filter(event_id=event.pk, rule=rule.code)
    return list(rows.values_list("rule", flat=True))
