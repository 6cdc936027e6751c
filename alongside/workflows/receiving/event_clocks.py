"""The promises that an event of the justice process starts."""

from collections.abc import Iterator

from alongside.care.intake.types import Role
from alongside.care.journey import operations as journey
from alongside.care.journey.operations.planning import PASSED_ON
from alongside.care.journey.rules import (
    custody_months,
    due_on,
    is_owed,
    outcome_of,
    said,
    starts_by_itself,
)
from alongside.care.journey.tables import rules_started
from alongside.care.journey.types import EventTimes, KeptEvent, MatterFacts, MetBy
from alongside.care.journey.types.matters import EventMatter
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.types import Calendar
from alongside.workflows.receiving.clocks import offence_group


def event_clocks(
    event: KeptEvent, matter: EventMatter, calendar: Calendar
) -> Iterator[journey.NewClock]:
    """What is owed to the person of a matter because the event happened; what one body
    owes the next for it; and until when the person may ask for something.

    Nothing while the matter has no case: the clocks start when it has one.
    """
    if matter.case_id is None:
        return
    facts = MatterFacts(
        record_type=matter.record_type,
        gives_evidence=matter.role != Role.VICTIM,
        in_contact_scheme=False,
        offence_group=offence_group(matter.offence_code),
        custody_months=custody_months(event.detail),
        trigger=event.event,
        outcome=outcome_of(event.detail),
        sentence=said(event.detail, "sentence"),
    )
    times = EventTimes(event.occurred_at, event.received_at)
    for rule in rules_started(event.event, times):
        if not starts_by_itself(rule, event.event) or not is_owed(rule, facts):
            continue
        starts_at = times.start_of(rule.clock)
        closed = calendar.closed_for(rule.duty_holder)
        passed_on = rule.met_by is MetBy.RECEIVED_AT
        yield journey.NewClock(
            case_id=matter.case_id,
            victimisation_id=matter.victimisation_id,
            rule=rule,
            starts_at=starts_at,
            due_on=due_on(rule, starts_at, matter.enhanced, closed),
            enhanced=matter.enhanced,
            event_id=event.event_id,
            met_on=local_day(event.received_at) if passed_on else None,
            evidence=PASSED_ON if passed_on else "",
        )
