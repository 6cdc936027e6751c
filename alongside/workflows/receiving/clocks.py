"""The promises that a report and a referral start."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache

from alongside.care.intake.types import Role
from alongside.care.journey import operations as journey
from alongside.care.journey import queries as clocks
from alongside.care.journey.rules import due_on, is_owed
from alongside.care.journey.tables import rule_for, rules_triggered_by
from alongside.care.journey.types import (
    ClockStart,
    DeadlineRule,
    MatterFacts,
    MetBy,
    RuleKind,
    Trigger,
)
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries import read_calendar
from alongside.foundation.organisations.types import Calendar
from alongside.foundation.reference.tables import OFFENCES
from alongside.workflows.receiving.piece import Incoming, Receiving, Reception

FIRST_CONTACT = "FC-FIRST"
NO_LONGER_OWED = "referral_withdrawn"


# By (rule, day, enhanced, closed days of whoever owes it). Keyed by the rule's own
# identity: rules live as long as the process, and to hash one field by field takes
# longer than to count.
_DUE: dict[tuple[int, date, bool, frozenset[date]], date] = {}


def _due(
    rule: DeadlineRule, start: date, *, enhanced: bool, calendar: Calendar
) -> date:
    closed = calendar.closed_for(rule.duty_holder)
    where = (id(rule), start, enhanced, closed)
    found = _DUE.get(where)
    if found is None:
        found = _DUE[where] = due_on(rule, start, enhanced, closed)
    return found


@lru_cache(maxsize=1024)
def _triggered(trigger: Trigger, day: date) -> tuple[DeadlineRule, ...]:
    return rules_triggered_by(trigger, day)


def first_contact_due(
    workable_at: datetime, *, enhanced: bool, calendar: Calendar
) -> date:
    """By when the service tries to reach somebody it has just heard of."""
    day = local_day(workable_at)
    rule = rule_for(FIRST_CONTACT, day)
    return _due(rule, day, enhanced=enhanced, calendar=calendar)


def start_first_clocks(
    receiving: Receiving,
    incoming: Sequence[Incoming],
    *,
    enhanced_cases: frozenset[int],
    settled: bool = False,
) -> None:
    """Start what the report and the referral promise, for every matter that is new
    to its case. First contact is promised once a case.

    What was an incident and is a crime is promised at once what a crime is. With
    `settled`, somebody lets in what was held, which may have changed meanwhile.
    """
    begun: set[int] = set()
    new: list[journey.NewClock] = []
    became: list[Incoming] = []
    for one in incoming:
        if not one.live or one.case_id is None or one.same_as_id is not None:
            continue
        if one.matter is not None and one.matter.case_id is not None:
            if settled or one.matter.record_type != one.plan.row.record_type:
                became.append(one)
            continue
        enhanced = one.case_id in enhanced_cases
        new.extend(_report_clocks(receiving, one, enhanced=enhanced))
        if one.new_case and one.case_id not in begun:
            begun.add(one.case_id)
            new.extend(contact_clocks(receiving, one, enhanced=enhanced))
    new.extend(_became(receiving, became, enhanced_cases=enhanced_cases))
    journey.start_clocks(actor=receiving.actor, now=receiving.now, clocks=new)


def _became(
    receiving: Receiving,
    became: Sequence[Incoming],
    *,
    enhanced_cases: frozenset[int],
) -> Iterator[journey.NewClock]:
    """What the report promises now and nobody was promised yet. One statement, where
    anything became something else."""
    if not became:
        return
    known = clocks.list_rules_of_report(case_ids=[one.case_id or 0 for one in became])
    for one in became:
        begun = known.get(one.victimisation_id, frozenset())
        enhanced = one.case_id in enhanced_cases
        for new in _report_clocks(receiving, one, enhanced=enhanced):
            if new.rule.code not in begun:
                yield new


def _report_clocks(
    receiving: Receiving, one: Incoming, *, enhanced: bool
) -> Iterator[journey.NewClock]:
    row = one.plan.row
    for rule, due in _promised(
        local_day(row.reported_at),
        record_type=row.record_type,
        gives_evidence=row.role is not Role.VICTIM,
        group=offence_group(row.offence_code),
        enhanced=enhanced,
        calendar=receiving.calendar,
    ):
        met_on, evidence = _evidence(receiving, one, rule)
        yield journey.NewClock(
            case_id=one.case_id or 0,
            victimisation_id=one.victimisation_id,
            rule=rule,
            starts_at=row.reported_at,
            due_on=due,
            enhanced=enhanced,
            met_on=met_on,
            evidence=evidence,
        )


# Thousands of referrals of a delivery are promised the same few things.
@lru_cache(maxsize=16_384)
def _promised(
    reported_on: date,
    *,
    record_type: str,
    gives_evidence: bool,
    group: str,
    enhanced: bool,
    calendar: Calendar,
) -> tuple[tuple[DeadlineRule, date], ...]:
    """What a report of that day promises such a person, and by when."""
    facts = MatterFacts(
        record_type=record_type,
        gives_evidence=gives_evidence,
        in_contact_scheme=False,
        offence_group=group,
        custody_months=None,
    )
    return tuple(
        (rule, _due(rule, reported_on, enhanced=enhanced, calendar=calendar))
        for rule in rules_triggered_by(Trigger.REPORT, reported_on)
        if rule.clock is ClockStart.REPORTED_AT and is_owed(rule, facts)
    )


def _evidence(
    receiving: Receiving, one: Incoming, rule: DeadlineRule
) -> tuple[date | None, str]:
    """The fact in the referral that shows a promise was kept, if it is there."""
    row = one.plan.row
    if rule.met_by is MetBy.RECEIVED_AT:
        received = receiving.delivery.received_at
        return local_day(received), "The referral was received by this service"
    if rule.met_by is MetBy.ACKNOWLEDGED_ON and row.acknowledged_on:
        return row.acknowledged_on, "The force says that it wrote to them"
    if rule.met_by is MetBy.RECORDED_AT and row.recorded_at:
        return local_day(row.recorded_at), "The force says that it was recorded"
    return None, ""


def contact_clocks(
    receiving: Reception, one: Incoming, *, enhanced: bool
) -> Iterator[journey.NewClock]:
    """What a new case promises from the day on which the service may work it."""
    received = receiving.workable_at
    day = local_day(received)
    for rule in _triggered(Trigger.REFERRAL_RECEIVED, day):
        yield journey.NewClock(
            case_id=one.case_id or 0,
            victimisation_id=None,
            rule=rule,
            starts_at=received,
            due_on=_due(rule, day, enhanced=enhanced, calendar=receiving.calendar),
            enhanced=enhanced,
        )


@lru_cache(maxsize=512)
def offence_group(offence_code: str) -> str:
    """The national group of an offence; empty for an incident or unknown code."""
    offence = OFFENCES.get(offence_code)
    return offence.group if offence else ""


def find_replacements(
    *, case_ids: Sequence[int], enhanced: bool = True, due_from: date | None = None
) -> list[tuple[int, journey.NewClock]]:
    """The running clocks of cases now owed enhanced support, with shorter ones; or
    those of cases owed it no more, with longer ones.

    With `due_from`, what was due before that day is left as it is: late stays late.
    """
    if not case_ids:
        return []
    replacements = []
    calendar = read_calendar()
    running = clocks.list_running(
        case_ids=case_ids, enhanced=not enhanced, due_from=due_from
    )
    for old in running:
        rule = rule_for(old.rule, old.rule_from)
        if not rule.has_length or rule.kind is RuleKind.FREQUENCY:
            continue
        new = journey.NewClock(
            case_id=old.case_id,
            victimisation_id=old.victimisation_id,
            event_id=old.event_id,
            rule=rule,
            starts_at=old.starts_at,
            due_on=_due(
                rule, local_day(old.starts_at), enhanced=enhanced, calendar=calendar
            ),
            enhanced=enhanced,
            holder=old.holder,
            not_owed_reason=old.not_owed_reason,
        )
        replacements.append((old.clock_id, new))
    return replacements


def end_withdrawn(receiving: Receiving, incoming: Sequence[Incoming]) -> None:
    """What was promised about a referral that was taken back is not owed."""
    journey.end_clocks(
        actor=receiving.actor,
        now=receiving.now,
        victimisation_ids=[
            one.victimisation_id
            for one in incoming
            if one.withdrawn and one.matter is not None
        ],
        reason=NO_LONGER_OWED,
    )
