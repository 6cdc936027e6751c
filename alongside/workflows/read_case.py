"""Everything the case page shows, and what its forms need to know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from alongside.care.assessment import queries as assessment
from alongside.care.assessment.queries import GroundLine
from alongside.care.assessment.types.filled import AssessmentLine
from alongside.care.assessment.types.prompts import Prompt
from alongside.care.casework import queries as casework
from alongside.care.casework.queries import (
    CaseFacts,
    CrimeLine,
    HouseholdLine,
    TaskLine,
)
from alongside.care.casework.rules import compartments_in
from alongside.care.casework.tables import COMPARTMENT_ROWS
from alongside.care.casework.types import Repeat, TaskState
from alongside.care.code_rights.queries import list_steps
from alongside.care.contact import queries as contact
from alongside.care.contact.queries import AttemptLine
from alongside.care.information_requests.queries import RequestNote
from alongside.care.information_requests.queries import list_notes as list_requested
from alongside.care.journey import queries as journey
from alongside.care.journey.queries import ClockLine
from alongside.care.journey.queries.escalation import list_told
from alongside.care.journey.queries.reach import list_facts
from alongside.care.journey.queries.silence import find_silent
from alongside.care.journey.rules.facts import stands_on
from alongside.care.journey.types.escalation import EscalationLine
from alongside.care.journey.types.reach import Fact
from alongside.care.journey.types.silence import SilenceRule
from alongside.care.linking.queries import reviews as linking
from alongside.care.linking.types import Question
from alongside.care.people import queries as people
from alongside.care.people.types import OpenedPerson, PersonLabel, RelationLine
from alongside.care.planning.queries.meetings import WarningLine, list_warnings
from alongside.care.planning.queries.plans import list_plan_changes
from alongside.care.telling.queries import list_updates
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.local import local_day
from alongside.foundation.vault import queries as vault
from alongside.foundation.vault.types import HeldDetails
from alongside.workflows import case_timeline as timeline
from alongside.workflows.case_timeline import Entry, EntryKind
from alongside.workflows.log_contact import (
    ATTEMPTS_LOOKED_AT,
    ChannelView,
    view_channels,
)
from alongside.workflows.prompts import find_prompts
from alongside.workflows.told_timeline import update_entries

PURPOSE = "case page"
Kind = EntryKind | None
# Open tasks first: more than these nobody can look after, or has done in one case.
MOST_TASKS = 500


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One case as its page shows it.

    `entries` are the newest of the timeline that the filter lets through, and
    `has_older` says that there are more. `others` are the person's other cases;
    `questions` are what a reviewer wants asked at the next contact; `tasks` those that
    are open, soonest due first, `prompts` what it asks for by itself, and `silent`
    in which ways nothing was heard for too long, and since when.
    """

    case: CaseFacts
    person: OpenedPerson
    channels: ChannelView
    grounds: tuple[GroundLine, ...]
    clocks: tuple[ClockLine, ...]
    tasks: tuple[TaskLine, ...]
    assessments: tuple[AssessmentLine, ...]
    prompts: tuple[Prompt, ...]
    silent: tuple[tuple[SilenceRule, date], ...]
    crimes: tuple[CrimeLine, ...]
    others: tuple[CaseFacts, ...]
    entries: tuple[Entry, ...]
    has_older: bool
    household: tuple[HouseholdLine, ...]
    repeats: tuple[Repeat, ...]
    questions: tuple[Question, ...]
    held: HeldDetails
    warnings: tuple[WarningLine, ...] = ()
    relations: tuple[RelationLine, ...] = ()
    requested: tuple[RequestNote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseBrief:
    """A case and whose it is: what stands above each of its forms."""

    case: CaseFacts
    label: PersonLabel


@dataclass(frozen=True, kw_only=True)
class Promises:
    """Every promise of a case, soonest due first, with the crimes they come from; and
    by promise who was told that it passed its day, the first first, and since when the
    fact stands that frees from it."""

    brief: CaseBrief
    clocks: tuple[ClockLine, ...]
    crimes: tuple[CrimeLine, ...]
    told: Mapping[int, Sequence[EscalationLine]]
    freed_since: Mapping[int, datetime]


def read_case(
    *, actor: Actor, now: datetime, case_id: UUID, limit: int, kind: Kind = None
) -> CaseView:
    """One case, whole. A fixed number of statements; the look is audited.

    Raises NotFound where there is no such case that the actor may know of.
    """
    case = casework.case_facts(casework.get_case(actor=actor, public_id=case_id))
    person, on = _open(actor, case, now), local_day(now)
    crimes = casework.list_crimes(case_ids=[case.case_id])
    clocks = journey.list_clocks(case_id=case.case_id, on=on)
    tasks = casework.list_tasks(case_id=case.case_id, limit=MOST_TASKS)
    grounds = assessment.list_every_ground(case_id=case.case_id)
    asked = tuple(assessment.list_assessments(case_ids=[case.case_id]))
    prompts, answered = find_prompts(cases=[case], on=on)
    told = (
        *(*timeline.case_entries(case), *timeline.crime_entries(crimes)),
        *(*timeline.clock_entries(clocks), *timeline.task_entries(tasks)),
        *(*timeline.ground_entries(grounds), *timeline.assessment_entries(asked)),
        *timeline.answer_entries(answered.get(case.case_id, ())),
    )
    attempts = _attempts(case, limit)
    newest = tuple(_newest(actor, case, crimes, attempts, limit=limit + 1))
    entries = _in_order((told, *newest), kind)
    return CaseView(
        case=case,
        person=person,
        channels=_channels(case, person, attempts),
        grounds=tuple(line for line in grounds if line.counts),
        clocks=tuple(clocks),
        tasks=tuple(task for task in tasks if task.state is TaskState.OPEN),
        assessments=asked,
        prompts=prompts.get(case.case_id, ()),
        silent=find_silent(case_ids=[case.case_id], on=on).get(case.case_id, ()),
        crimes=tuple(crimes),
        others=_others(actor, case),
        entries=tuple(entries[:limit]),
        has_older=_has_older(limit, entries, *newest),
        repeats=_repeats(case.person_id, now),
        household=tuple(casework.list_household(person_id=case.person_id, now=now)),
        questions=linking.list_questions(actor=actor, person_id=case.person_id),
        held=vault.get_held(person_id=person.label.public_id),
        warnings=tuple(list_warnings(person_id=case.person_id, ended=False)),
        relations=_around(case.person_id, now),
        requested=tuple(list_requested(case_key=case.case_id)),
    )


def _has_older(limit: int, *parts: Sequence[Entry]) -> bool:
    return any(len(part) > limit for part in parts)


def _in_order(
    parts: Sequence[tuple[Entry, ...]], kind: EntryKind | None
) -> list[Entry]:
    """The entries that the filter lets through, newest first."""
    return timeline.in_order(
        one for part in parts for one in part if kind in {None, one.kind}
    )


def _around(person_id: int, now: datetime) -> tuple[RelationLine, ...]:
    found = people.open_relations(person_id=person_id, purpose=PURPOSE, now=now)
    return tuple(found)


def read_brief(*, actor: Actor, now: datetime, case_id: UUID) -> CaseBrief:
    """A case and its person's name. Two statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    case = casework.case_facts(casework.get_case(actor=actor, public_id=case_id))
    labels = people.open_labels(person_ids=[case.person_id], purpose=PURPOSE, now=now)
    return CaseBrief(case=case, label=labels[case.person_id])


def read_walls(
    *, actor: Actor, now: datetime, case_id: UUID
) -> tuple[CaseBrief, tuple[str, ...]]:
    """A case, its person's name and the walls it stands behind. Two statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    return brief, compartments_in(brief.case.compartments, COMPARTMENT_ROWS)


def read_promises(*, actor: Actor, now: datetime, case_id: UUID) -> Promises:
    """Every promise of a case. Six statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    key = brief.case.case_id
    clocks = tuple(journey.list_clocks(case_id=key, on=local_day(now)))
    return Promises(
        brief=brief,
        clocks=clocks,
        crimes=tuple(casework.list_crimes(case_ids=[key])),
        told=list_told(clock_ids=[clock.clock_id for clock in clocks]),
        freed_since=_freed_since(clocks, list_facts([key]).get(key, [])),
    )


def _freed_since(
    clocks: Sequence[ClockLine], facts: Sequence[Fact]
) -> dict[int, datetime]:
    """Since when the fact stands because of which each promise is not owed."""
    found = {}
    for clock in clocks:
        if clock.is_freed:
            about = (fact for fact in facts if fact.reason == clock.reason)
            fact = stands_on(about, clock.due_on)
            if fact is not None:
                found[clock.clock_id] = fact.since
    return found


def read_news(
    *, actor: Actor, now: datetime, case_id: UUID, since: datetime, limit: int
) -> list[Entry]:
    """What happened in a case since a moment, newest first."""
    view = read_case(actor=actor, now=now, case_id=case_id, limit=limit)
    return [entry for entry in view.entries if entry.at > since]


def _channels(
    case: CaseFacts, person: OpenedPerson, attempts: list[AttemptLine]
) -> ChannelView:
    return view_channels(
        person=person, attempts_made=attempts, high_risk=case.high_risk
    )


def _attempts(case: CaseFacts, limit: int) -> list[AttemptLine]:
    most = max(limit + 1, ATTEMPTS_LOOKED_AT)
    return contact.list_attempts(case_id=case.case_id, limit=most)


def _repeats(person_id: int, now: datetime) -> tuple[Repeat, ...]:
    counted = casework.count_repeats(person_ids=[person_id], now=now)
    return counted.get(person_id, ())


def _others(actor: Actor, case: CaseFacts) -> tuple[CaseFacts, ...]:
    cases = casework.list_person_cases(actor=actor, person_id=case.person_id)
    return tuple(one for one in cases if one.case_id != case.case_id)


def _open(actor: Actor, case: CaseFacts, now: datetime) -> OpenedPerson:
    """The person, opened for this case; who looked is written down."""
    public_id, shown = people.get_person_key_by_id(person_id=case.person_id)
    person = people.open_person(
        person_id=case.person_id,
        public_id=public_id,
        shown_record_id=shown,
        purpose=PURPOSE,
        now=now,
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CASE_SEEN,
        subject=Subject(
            kind="case",
            public_id=case.public_id,
            person_ids=(person.label.public_id,),
        ),
    )
    return person


def _newest(
    actor: Actor,
    case: CaseFacts,
    crimes: list[CrimeLine],
    attempts: list[AttemptLine],
    *,
    limit: int,
) -> Iterator[tuple[Entry, ...]]:
    """The sources that may be long: the newest of each."""
    matters = [crime.victimisation_id for crime in crimes]
    events = journey.list_events(victimisation_ids=matters, limit=limit)
    notes = casework.list_notes(actor=actor, case_id=case.case_id, limit=limit)
    changes = casework.list_changes(case_id=case.case_id, limit=limit)
    yield tuple(islice(timeline.attempt_entries(attempts), limit))
    yield tuple(timeline.event_entries(events, crimes))
    yield tuple(timeline.note_entries(notes))
    yield tuple(timeline.change_entries(changes, crimes))
    planned = list_plan_changes(case_id=case.case_id, limit=limit)
    yield tuple(timeline.plan_entries(planned))
    rights = list_steps(case_id=case.case_id, limit=limit)
    yield tuple(timeline.right_entries(rights))
    updates = list_updates(case_key=case.case_id, limit=limit)
    yield tuple(update_entries(updates))
