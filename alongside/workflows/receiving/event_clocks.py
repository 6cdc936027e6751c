"""The promises that an event of the justice process starts."""

from collections.abc import Iterator

from alongside.care.intake.types import Role
from alongside.care.journey import operations as journey
from alongside.care.journey.rules import custody_months, due_on, is_owed
from alongside.care.journey.tables import rules_triggered_by
from alongside.care.journey.types import ClockStart, KeptEvent, MatterFacts
from alongside.care.journey.types.matters import EventMatter
from alongside.foundation.lib.local import local_day
from alongside.foundation.reference.tables import CLOSED_DAYS
from alongside.workflows.receiving.clocks import offence_group


def event_clocks(event: KeptEvent, matter: EventMatter) -> Iterator[journey.NewClock]:
    """What is owed to the person of a matter because the event happened.

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
    )
    for rule in rules_triggered_by(event.event, local_day(event.occurred_at)):
        if not is_owed(rule, facts):
            continue
        received = rule.clock is ClockStart.RECEIVED_AT
        starts_at = event.received_at if received else event.occurred_at
        yield journey.NewClock(
            case_id=matter.case_id,
            victimisation_id=matter.victimisation_id,
            rule=rule,
            starts_at=starts_at,
            due_on=due_on(rule, starts_at, matter.enhanced, CLOSED_DAYS),
            enhanced=matter.enhanced,
            event_id=event.event_id,
        )
