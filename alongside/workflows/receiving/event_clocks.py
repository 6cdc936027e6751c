"""The promises that an event of the justice process starts."""

from collections.abc import Iterator, Sequence
from datetime import date

from alongside.care.code_rights.queries.scheme import find_in_scheme
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
from alongside.care.journey.tables import RULES, rules_started
from alongside.care.journey.types import (
    Eligible,
    EventTimes,
    KeptEvent,
    MatterFacts,
    MetBy,
)
from alongside.care.journey.types.matters import EventMatter
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.types import Calendar
from alongside.workflows.receiving.clocks import offence_group

# Events for which something is owed by itself to those in the contact scheme alone.
OF_SCHEME = frozenset(
    trigger
    for rule in RULES
    if rule.eligible is Eligible.CONTACT_SCHEME
    for trigger in rule.triggers
    if starts_by_itself(rule, trigger)
)


def find_scheme(events: Sequence[KeptEvent]) -> dict[int, date]:
    """Since when the people of these events are in the contact scheme, as far as
    anything is owed for it. One statement, or none."""
    keys = {one.victimisation_id for one in events if one.event in OF_SCHEME}
    return find_in_scheme(victimisation_ids=sorted(keys)) if keys else {}


def event_clocks(
    event: KeptEvent,
    matter: EventMatter,
    calendar: Calendar,
    *,
    in_scheme_since: date | None = None,
) -> Iterator[journey.NewClock]:
    """What is owed to the person of a matter because the event happened; what one body
    owes the next for it; and until when the person may ask for something.

    Nothing while the matter has no case: the clocks start when it has one.
    `in_scheme_since`: from when the person is in the Victim Contact Scheme.
    """
    if matter.case_id is None:
        return
    facts = MatterFacts(
        record_type=matter.record_type,
        gives_evidence=matter.role != Role.VICTIM,
        in_contact_scheme=in_scheme_since is not None
        and in_scheme_since <= local_day(event.occurred_at),
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
