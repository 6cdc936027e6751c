"""One timeline of everything that happened in a case, newest first.

A query over what exists, not a table kept in step: each source is turned into
entries, and the entries are put in order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alongside.care.assessment.queries import GroundLine
from alongside.care.assessment.queries.prompts import AnswerLine
from alongside.care.assessment.tables import GROUNDS
from alongside.care.assessment.types import BasisKind
from alongside.care.assessment.types.filled import AssessmentLine
from alongside.care.casework.queries import (
    CaseFacts,
    ChangeLine,
    CrimeLine,
    NoteLine,
    TaskLine,
)
from alongside.care.casework.types import ChangeKind, NoteKind, TaskState
from alongside.care.code_rights.queries import StepLine
from alongside.care.contact.queries import AttemptLine
from alongside.care.contact.tables import ATTEMPT_RESULTS, CHANNELS
from alongside.care.instruments.types import Risk
from alongside.care.journey.queries import ClockLine, EventLine
from alongside.care.journey.tables import EVENTS
from alongside.care.planning.queries.plans import PlanChangeLine
from alongside.foundation.lib.local import LONDON
from alongside.foundation.reference.tables import OFFENCES, OUTCOMES

SERVICE = "This service"
RISKS = {
    Risk.NONE: "",
    Risk.STANDARD: "Standard risk",
    Risk.MEDIUM: "Medium risk",
    Risk.HIGH: "High risk",
}
NOTE_TITLES = {
    NoteKind.OWN: "Note for the team",
    NoteKind.SHARED: "Note",
    NoteKind.RESTRICTED: "Restricted note",
}


class EntryKind(StrEnum):
    """The families by which the timeline is narrowed."""

    CONTACT = "contact"
    NOTE = "note"
    POLICE = "police"
    CRIME = "crime"
    PROMISE = "promise"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    DECISION = "decision"
    TASK = "task"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened, and on whose word. `detail` may have several lines."""

    at: datetime
    kind: EntryKind
    title: str
    who: str
    detail: str = ""


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Newest first."""
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def case_entries(case: CaseFacts) -> Iterator[Entry]:
    """How the case itself began; its changes say the rest."""
    yield Entry(
        at=case.opened_at,
        kind=EntryKind.DECISION,
        title="Case opened",
        who=SERVICE,
        detail=f"{case.tier.capitalize()} support",
    )


def crime_entries(crimes: Sequence[CrimeLine]) -> Iterator[Entry]:
    """When each crime was reported, and when this service heard of it.

    Referrals that came in one file are one entry.
    """
    arrived: dict[tuple[datetime, str], list[CrimeLine]] = defaultdict(list)
    for crime in crimes:
        if crime.received_at is not None:
            who = f"{crime.sender_name}, in file {crime.extract_id}"
            arrived[crime.received_at, who].append(crime)
        told = "Told to us" if crime.by_hand else "Reported to the police"
        yield Entry(
            at=crime.reported_at,
            kind=EntryKind.CRIME,
            title=f"{told}: {crime.what}",
            who=crime.sender_name or ("" if crime.by_hand else "The police"),
            detail=f"Police reference {crime.crime_ref}" if crime.crime_ref else "",
        )

    for (at, who), together in arrived.items():
        many = f"{len(together)} referrals" if len(together) > 1 else "Referral"
        yield Entry(
            at=at,
            kind=EntryKind.CRIME,
            title=f"{many} received",
            who=who,
            detail="\n".join(f"{one.what} ({one.crime_ref})" for one in together),
        )


def event_entries(
    events: Sequence[EventLine], crimes: Sequence[CrimeLine]
) -> Iterator[Entry]:
    """What the police and the courts told us, and what was written down here.

    What was corrected stays, and says so.
    """
    refs = {crime.victimisation_id: crime.called for crime in crimes}
    for event in events:
        row = EVENTS.get(event.event)
        suspect = f", suspect {event.suspect_ref}" if event.suspect_ref else ""
        about = f"Crime {refs.get(event.victimisation_id, '')}{suspect}"
        label = row.label if row else event.event
        corrected = f"Corrected since: {event.superseded_why}"
        yield Entry(
            at=event.occurred_at,
            kind=EntryKind.POLICE,
            title=f"Corrected: {label}" if event.superseded_by else label,
            who=_told_by(event),
            detail="\n".join(
                filter(
                    None,
                    (
                        corrected if event.superseded_by else "",
                        *(say_detail(event.detail), about),
                    ),
                )
            ),
        )


def _told_by(event: EventLine) -> str:
    """On whose word, and since when whoever owes the news has known."""
    told = event.received_at.astimezone(LONDON).date()
    if event.recorded_by:
        return f"{event.recorded_by}, who wrote it down; known since {_say(told)}"
    return f"{event.source.capitalize()}, who knew of it on {_say(told)}"


def attempt_entries(attempts: Sequence[AttemptLine]) -> Iterator[Entry]:
    """Every attempt to reach the person, and what came of it."""
    for attempt in attempts:
        result = ATTEMPT_RESULTS.get(attempt.result)
        outcome = result.label if result else attempt.result
        yield Entry(
            at=attempt.at,
            kind=EntryKind.CONTACT,
            title=f"{CHANNELS[attempt.channel].label}: {outcome}",
            who=attempt.by,
            detail=attempt.words,
        )


def assessment_entries(lines: Sequence[AssessmentLine]) -> Iterator[Entry]:
    """What was asked and found out, a higher judgement, and what was withdrawn."""
    for line in lines:
        if line.completed_at is not None:
            found = RISKS[line.found] if line.found else ""
            counted = f"{line.incidents} incidents counted" if line.escalated else ""
            yield Entry(
                at=line.completed_at,
                kind=EntryKind.ASSESSMENT,
                title=f"Assessed: {line.title}",
                who=line.completed_by,
                detail="\n".join(filter(None, (found, counted))),
            )
        if line.judged_at is not None and line.judged is not None:
            yield Entry(
                at=line.judged_at,
                kind=EntryKind.ASSESSMENT,
                title=f"Judged: {RISKS[line.judged]}",
                who=line.judged_by,
                detail=line.judged_reason,
            )
        if line.withdrawn_at is not None:
            yield Entry(
                at=line.withdrawn_at,
                kind=EntryKind.ASSESSMENT,
                title=f"Assessment withdrawn: {line.title}",
                who=line.withdrawn_by,
                detail=line.withdrawn_reason,
            )


def plan_entries(changes: Sequence[PlanChangeLine]) -> Iterator[Entry]:
    """How what is planned with them changed."""
    for change in changes:
        yield Entry(
            at=change.at,
            kind=EntryKind.PLAN,
            title=change.words,
            who=change.by,
            detail=change.detail,
        )


def right_entries(lines: Sequence[StepLine]) -> Iterator[Entry]:
    """What was written down about rights of the Code, and what was taken back."""
    for line in lines:
        step = line.step.label if line.step else "taken back"
        since = ", put right since" if line.corrected else ""
        yield Entry(
            at=line.recorded_at,
            kind=EntryKind.PROMISE,
            title=f"{line.kind.title}: {step}{since}",
            who=line.recorded_by,
            detail=line.why or line.words,
        )


def note_entries(notes: Sequence[NoteLine]) -> Iterator[Entry]:
    """What workers wrote down."""
    for note in notes:
        yield Entry(
            at=note.at,
            kind=EntryKind.NOTE,
            title=NOTE_TITLES[note.kind],
            who=note.by,
            detail=note.text,
        )


def change_entries(
    changes: Sequence[ChangeLine], crimes: Sequence[CrimeLine]
) -> Iterator[Entry]:
    """What was decided about the case, and what the force changed or took back.

    That a referral joined the case is told by its arrival, not twice.
    """
    arrivals = {crime.received_at for crime in crimes}
    for change in changes:
        came = change.kind is ChangeKind.REFERRAL_JOINED
        if came and change.at in arrivals:
            continue
        yield Entry(
            at=change.at,
            kind=EntryKind.CRIME if came else EntryKind.DECISION,
            title=change.words,
            who=change.by or SERVICE,
            detail=change.reason,
        )


def clock_entries(clocks: Sequence[ClockLine]) -> Iterator[Entry]:
    """Promises that somebody here settled, and how they know."""
    for clock in clocks:
        if clock.settled_at is None:
            continue
        if clock.met_on is not None:
            late = "kept late" if clock.met_on > clock.due_on else "kept"
            words = f"On {_say(clock.met_on)}. {clock.evidence}"
            title = f"Promise {late}: {clock.label}"
        else:
            title, words = f"Promise not owed: {clock.label}", clock.not_owed
        yield Entry(
            at=clock.settled_at,
            kind=EntryKind.PROMISE,
            title=title,
            who=clock.settled_by or SERVICE,
            detail=words,
        )


def task_entries(tasks: Sequence[TaskLine]) -> Iterator[Entry]:
    """What was done of what was to be done, and what was not needed any more.

    An open task stands above the timeline: it has not happened yet.
    """
    for task in tasks:
        if task.done_at is None:
            continue
        done = task.state is TaskState.DONE
        yield Entry(
            at=task.done_at,
            kind=EntryKind.TASK,
            title=f"{'Done' if done else 'Not needed'}: {task.words}",
            who=task.done_by or SERVICE,
            detail=task.done_words,
        )


def ground_entries(grounds: Sequence[GroundLine]) -> Iterator[Entry]:
    """What somebody said to the grounds of enhanced support, and what has ended.

    That one was found is told by what it was found in.
    """
    for line in grounds:
        label = GROUNDS[line.ground].label
        if line.decided_at is not None:
            said = _ground_said(line)
            yield Entry(
                at=line.decided_at,
                kind=EntryKind.DECISION,
                title=f"Ground {said}: {label}",
                who=line.by or SERVICE,
                detail=line.words
                if line.reason in line.words
                else f"{line.words}\n{line.reason}",
            )
        elif line.basis in {BasisKind.HISTORY, BasisKind.ANSWERS}:
            yield Entry(
                at=line.since,
                kind=EntryKind.DECISION,
                title=f"Ground found: {label}",
                who=SERVICE,
                detail=line.words,
            )


def _ground_said(line: GroundLine) -> str:
    if line.basis is BasisKind.WORKER:
        return "added"
    return "declined" if line.declined else "confirmed"


def answer_entries(answers: Sequence[AnswerLine]) -> Iterator[Entry]:
    """What a case asked for that somebody said is not needed."""
    for answer in answers:
        yield Entry(
            at=answer.at,
            kind=EntryKind.DECISION,
            title=f"Not needed: {answer.words}",
            who=answer.by,
            detail=answer.reason,
        )


def say_detail(detail: Mapping[str, object]) -> str:
    """What an event said besides what it is, as lines of words."""
    lines = []
    for key, value in detail.items():
        words = _say_value(key, value)
        if words:
            label = _LABELS.get(key) or key.replace("_", " ").capitalize()
            lines.append(f"{label}: {words}")
    return "\n".join(lines)


_LABELS = {
    "offence_code": "Offence",
    "instead_of": "In place of",
    "outcome_type": "Outcome",
    "on": "Date",
}


def _say_value(key: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_say_value(key, one) for one in value)
    text = str(value) if value else ""
    if key == "outcome_type" and text in OUTCOMES:
        return OUTCOMES[text].label
    if key in {"offence_code", "instead_of"} and text in OFFENCES:
        return OFFENCES[text].title
    try:
        return _say(date.fromisoformat(text))
    except ValueError:
        return text.replace("_", " ")


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
