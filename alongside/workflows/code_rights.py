"""Rights of the Code: what applies now, what is open, and what is written down."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CrimeLine
from alongside.care.code_rights import operations, queries, rules
from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.queries import (
    CaseFound,
    RecordLine,
    RegisterFilter,
    StepLine,
)
from alongside.care.code_rights.queries.due import DueNext, find_due
from alongside.care.code_rights.queries.windows import offence_group
from alongside.care.code_rights.tables import kinds_on
from alongside.care.code_rights.types import (
    RightKind,
    Step,
    StepAsked,
    StepTaken,
    WindowNow,
)
from alongside.care.journey.queries.tied import TiedClock, list_tied
from alongside.care.people import queries as people
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import TeamChoice
from alongside.workflows.code_rights_news import tell_journey
from alongside.workflows.read_case import CaseBrief, read_brief

PURPOSE = "rights of the Code"


@dataclass(frozen=True, kw_only=True)
class MayAsk:
    """A right that somebody may use now for one crime."""

    kind: RightKind
    crime: CrimeLine
    window: WindowNow | None


@dataclass(frozen=True, kw_only=True)
class RightsView:
    """The rights of one case: those used, and those that may be asked for now.

    `stages` are the stages of the matters of each crime, by victimisation.
    """

    brief: CaseBrief
    found: CaseFound
    records: tuple[RecordLine, ...]
    windows: dict[UUID, WindowNow]
    may_ask: tuple[MayAsk, ...]
    stages: dict[int, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """One right, every step that was written down of it, and what hangs on them."""

    brief: CaseBrief
    record: RecordLine
    crime: CrimeLine
    window: WindowNow | None
    steps: tuple[StepLine, ...]
    clocks: tuple[TiedClock, ...]
    next_steps: tuple[Step, ...]
    last: UUID | None  # the step that may be taken back


@dataclass(frozen=True, kw_only=True)
class Begin:
    """What somebody needs to begin a right: the crimes, and the kinds of today."""

    brief: CaseBrief
    found: CaseFound
    kinds: dict[str, RightKind]


@dataclass(frozen=True, kw_only=True)
class Register:
    """Rights across cases, with the names of the people by key, and what is due next
    of each right by its key."""

    lines: tuple[RecordLine, ...]
    due: dict[int, DueNext]
    has_more: bool
    names: dict[int, str]
    teams: tuple[TeamChoice, ...]


def read_rights(*, actor: Actor, now: datetime, case_id: UUID) -> RightsView:
    """The rights of one case. Seven statements, whatever is in it.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    found = queries.find_crimes(case_id=brief.case.case_id)
    records = queries.list_records(case_id=brief.case.case_id)
    born = brief.label.date_of_birth
    return RightsView(
        brief=brief,
        found=found,
        records=tuple(records),
        windows={
            line.record_id: window
            for line in records
            if line.ended_on is None
            and (window := _window_of(line, found, born)) is not None
        },
        may_ask=tuple(_may_ask(found, records, born=born, on=local_day(now))),
        stages=found.stages,
    )


def _window_of(
    line: RecordLine, found: CaseFound, born: date | None
) -> WindowNow | None:
    """The window of a right that has not been asked for yet."""
    crime = found.crime(line.victimisation_id)
    if crime is None or _has_asked(line):
        return None
    return queries.find_window(
        line.kind, crime, found, suspect_ref=line.suspect_ref, born=born
    )


def _has_asked(line: RecordLine) -> bool:
    """Whether the step that uses the window can no longer come, or has come."""
    follows = rules.next_steps(line.kind, line.state.code if line.state else "")
    return not any(step.asks for step in follows)


def _may_ask(
    found: CaseFound, records: Sequence[RecordLine], *, born: date | None, on: date
) -> Iterator[MayAsk]:
    """What may be used now and is not, crime by crime."""
    used = {
        (line.kind.code, line.victimisation_id)
        for line in records
        if line.state is not None and not (line.kind.again and line.ended_on)
    }
    for crime in found.crimes:
        for kind in kinds_on(on).values():
            if (kind.code, crime.victimisation_id) in used or not crime.live:
                continue
            if not _applies(kind, crime, found):
                continue
            window = queries.find_window(kind, crime, found, born=born)
            if window is None or (window.until and window.is_open(on)):
                yield MayAsk(kind=kind, crime=crime, window=window)


def _applies(kind: RightKind, crime: CrimeLine, found: CaseFound) -> bool:
    offered = rules.is_offered(
        kind,
        happened=found.happened[crime.victimisation_id],
        record_type=crime.record_type,
        role=crime.role,
        offence_group=offence_group(crime),
    )
    return offered and any(
        rules.applies(kind, stage=stage, role=crime.role, record_type=crime.record_type)
        for stage in found.stages[crime.victimisation_id]
    )


def read_begin(*, actor: Actor, now: datetime, case_id: UUID) -> Begin:
    """What is needed to begin a right. Five statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    return Begin(
        brief=brief,
        found=queries.find_crimes(case_id=brief.case.case_id),
        kinds=kinds_on(local_day(now)),
    )


def read_record(
    *, actor: Actor, now: datetime, case_id: UUID, record_id: UUID
) -> RecordView:
    """One right and every step of it. Eight statements at most.

    Raises:
        NotFound: there is no such case or right that the actor may know of.
    """
    begin = read_begin(actor=actor, now=now, case_id=case_id)
    key = begin.brief.case.case_id
    record = queries.get_record(case_id=key, record_id=record_id)
    crime = begin.found.crime(record.victimisation_id)
    if crime is None:
        raise NotFound("We could not find that crime")
    steps = queries.list_steps(case_id=key, record_key=record.key)
    live = [line for line in steps if line.counts]
    state = record.state.code if record.state else ""
    return RecordView(
        brief=begin.brief,
        record=record,
        crime=crime,
        window=_window_of(record, begin.found, begin.brief.label.date_of_birth),
        steps=tuple(steps),
        clocks=tuple(list_tied(clock_ids=queries.keys_of(live))),
        next_steps=rules.next_steps(record.kind, state),
        last=queries.newest_live(steps),
    )


@transaction.atomic
def begin_right(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    kind: str,
    about: Whereabouts,
    asked: StepAsked,
) -> StepTaken:
    """Begin a right with its first step, and see to what follows from it.

    Raises:
        As `operations.start_right`.
    """
    taken = operations.start_right(
        actor=actor,
        now=now,
        case_id=case_id,
        kind=kind,
        about=about,
        asked=asked,
        born=_born(actor, now, case_id),
    )
    tell_journey(actor=actor, now=now, taken=taken)
    return taken


@transaction.atomic
def take_step(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    record_id: UUID,
    version: int,
    asked: StepAsked,
) -> StepTaken:
    """Write down the next step of a right, and see to what follows from it.

    Raises:
        As `operations.add_step`.
    """
    taken = operations.add_step(
        actor=actor,
        now=now,
        case_id=case_id,
        record_id=record_id,
        version=version,
        asked=asked,
        born=_born(actor, now, case_id),
    )
    tell_journey(actor=actor, now=now, taken=taken)
    return taken


@transaction.atomic
def correct_step(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    record_id: UUID,
    version: int,
    step_id: UUID,
    asked: StepAsked,
    why: str,
) -> StepTaken:
    """Write down a step again as it really was.

    Raises:
        As `operations.correct_step`.
    """
    taken = operations.correct_step(
        actor=actor,
        now=now,
        case_id=case_id,
        record_id=record_id,
        version=version,
        step_id=step_id,
        asked=asked,
        why=why,
        born=_born(actor, now, case_id),
    )
    tell_journey(actor=actor, now=now, taken=taken, instead_of=step_id, why=why)
    return taken


@transaction.atomic
def take_back_step(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    record_id: UUID,
    version: int,
    step_id: UUID,
    why: str,
) -> None:
    """Say that the newest step of a right never was, and see to what followed from it.

    Raises:
        As `operations.take_back_step`.
    """
    taken = operations.take_back_step(
        actor=actor,
        now=now,
        case_id=case_id,
        record_id=record_id,
        version=version,
        step_id=step_id,
        why=why,
    )
    tell_journey(actor=actor, now=now, taken=taken, why=why, never=True)


class _Undone(Exception):
    """Nothing of what was tried out stays."""


def tried_out(do: Callable[[], StepTaken]) -> StepTaken:
    """Do something and undo it, to hear what would be wrong with it."""
    taken: list[StepTaken] = []
    with suppress(_Undone), transaction.atomic():
        taken.append(do())
        raise _Undone
    return taken[0]


def _born(actor: Actor, now: datetime, case_id: UUID) -> date | None:
    """The person's date of birth; looking at it is written down."""
    case = casework.get_case(actor=actor, public_id=case_id)
    labels = people.open_labels(person_ids=[case.person_id], purpose=PURPOSE, now=now)
    label = labels.get(case.person_id)
    return label.date_of_birth if label else None


def read_register(
    *, actor: Actor, now: datetime, chosen: RegisterFilter, start: int, size: int
) -> Register:
    """Rights across the cases of the actor's agency, and whose they are. Four
    statements, whatever the number."""
    lines = queries.list_register(
        actor=actor, chosen=chosen, start=start, limit=size + 1
    )
    shown = lines[:size]
    labels = people.open_labels(
        person_ids=[line.person_key for line in shown], purpose=PURPOSE, now=now
    )
    return Register(
        lines=tuple(shown),
        due=find_due(record_keys=[line.key for line in shown]),
        has_more=len(lines) > size,
        names={key: label.name for key, label in labels.items()},
        teams=tuple(organisations.list_teams(agency_id=actor.agency_id)),
    )
