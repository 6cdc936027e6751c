"""What a step does to promises: it starts some and shows that others were kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.care.code_rights.queries import StepLine, find_live_steps, keys_of
from alongside.care.code_rights.rules.promises import Matter, begins, evidence
from alongside.care.code_rights.types import RightKind, Step
from alongside.care.journey.operations import NewClock
from alongside.care.journey.operations.tied import (
    Redone,
    end_tied,
    keep_standing,
    meet_tied,
    redo_tied,
    start_tied,
)
from alongside.care.journey.queries.tied import (
    TiedClock,
    find_running_of,
    has_kept,
    list_tied,
)
from alongside.care.journey.rules import due_on, is_owed
from alongside.care.journey.tables import RULES, rule_for, rules_triggered_by
from alongside.care.journey.types import MatterFacts, RuleKind
from alongside.foundation.accounts.types import Actor
from alongside.foundation.organisations.queries import read_calendar
from alongside.foundation.organisations.types import Calendar
from alongside.foundation.reference.tables import OFFENCES

MISTAKE = "written_by_mistake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """The clocks that hang on a step: those it started and those it met."""

    started: list[int]
    met: list[int]


def apply_step(
    *,
    actor: Actor,
    now: datetime,
    matter: Matter,
    kind: RightKind,
    step: Step,
    on: date,
    before: Sequence[StepLine],
) -> Hung:
    """Start, meet and end promises as the step says."""
    started = start_tied(actor=actor, now=now, clocks=[*_promised(matter, step, on=on)])
    met = find_running_of(
        case_id=matter.case_key,
        victimisation_id=matter.victimisation_id,
        rules=step.meets,
    )
    meet_tied(
        actor=actor,
        now=now,
        clock_ids=met,
        met_on=on,
        evidence=evidence(kind, step),
    )
    met += _keep(actor, now, matter, step, on=on, shows=evidence(kind, step))
    if step.lapses:
        running = [one.clock_id for one in list_tied(clock_ids=_started(before))]
        end_tied(actor=actor, now=now, clock_ids=running, reason=step.lapses)
    return Hung(started=started, met=met)


def _keep(
    actor: Actor, now: datetime, matter: Matter, step: Step, *, on: date, shows: str
) -> list[int]:
    """Promises with no day set that the step shows to be kept: a row for each."""
    kept = []
    for rule in RULES:
        standing = rule.code in step.meets and rule.kind is RuleKind.STANDING
        if not standing or not rule.holds_on(on):
            continue
        # News of the sentence is owed for each event: one telling keeps no other.
        again = rule.each_event
        if again or not has_kept(
            victimisation_id=matter.victimisation_id, rule=rule.code
        ):
            kept.append(
                keep_standing(
                    actor=actor,
                    now=now,
                    case_id=matter.case_key,
                    victimisation_id=matter.victimisation_id,
                    rule=rule,
                    met_on=on,
                    evidence=shows,
                )
            )
    return kept


def _started(before: Sequence[StepLine]) -> list[int]:
    return [key for line in before for key in line.started]


def _promised(matter: Matter, step: Step, *, on: date) -> Iterator[NewClock]:
    """What the step promises. Whoever uses the right has it: what makes somebody
    eligible for it was decided before."""
    if not step.starts:
        return
    offence = OFFENCES.get(matter.offence_code)
    facts = MatterFacts(
        record_type=matter.record_type,
        gives_evidence=True,
        in_contact_scheme=True,
        offence_group=offence.group if offence else "",
        custody_months=None,
    )
    calendar = read_calendar()
    for rule in rules_triggered_by(step.starts, on):
        if is_owed(rule, facts):
            closed = calendar.closed_for(rule.duty_holder)
            yield NewClock(
                case_id=matter.case_key,
                victimisation_id=matter.victimisation_id,
                rule=rule,
                starts_at=begins(on),
                due_on=due_on(rule, on, matter.enhanced, closed),
                enhanced=matter.enhanced,
            )


def undo_step(*, actor: Actor, now: datetime, line: StepLine) -> None:
    """Take back what a step that never was did to promises.

    What it started is not owed; what it met runs again.
    """
    started = {one.clock_id for one in list_tied(clock_ids=line.started)}
    end_tied(actor=actor, now=now, clock_ids=sorted(started), reason=MISTAKE)
    for one in list_tied(clock_ids=line.met):
        if one.met_on is not None:
            redo_tied(actor=actor, now=now, clock_id=one.clock_id, redone=Redone())
    _revive(actor, now, line)


def _revive(actor: Actor, now: datetime, line: StepLine) -> None:
    """Let what lapsed with a step that never was run again."""
    if line.step is None or not line.step.lapses:
        return
    others = find_live_steps(record_key=line.record_key)
    for one in list_tied(clock_ids=keys_of(others)):
        if one.not_owed_reason == line.step.lapses:
            redo_tied(actor=actor, now=now, clock_id=one.clock_id, redone=Redone())


def move_step(*, actor: Actor, now: datetime, line: StepLine, on: date) -> Hung:
    """Plan anew what a step did to promises, where it was on another day."""
    calendar = read_calendar()
    started = [
        redo_tied(
            actor=actor,
            now=now,
            clock_id=one.clock_id,
            redone=Redone(
                starts_at=begins(on),
                due_on=_due(one, on, calendar),
                met_on=one.met_on,
                evidence=one.evidence,
            ),
        )
        for one in list_tied(clock_ids=line.started)
        if not one.not_owed_reason
    ]
    met = [
        redo_tied(
            actor=actor,
            now=now,
            clock_id=one.clock_id,
            redone=Redone(met_on=on, evidence=one.evidence),
        )
        for one in list_tied(clock_ids=line.met)
        if one.met_on is not None
    ]
    return Hung(
        started=[key for key in started if key is not None],
        met=[key for key in met if key is not None],
    )


def _due(one: TiedClock, on: date, calendar: Calendar) -> date:
    rule = rule_for(one.rule, one.rule_from)
    return due_on(rule, on, one.enhanced, calendar.closed_for(rule.duty_holder))
