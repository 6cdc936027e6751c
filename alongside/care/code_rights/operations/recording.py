"""Beginning a right, and writing down the steps that follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.casework.operations import working
from alongside.care.casework.queries import CrimeLine
from alongside.care.casework.types import Tier
from alongside.care.code_rights import rules
from alongside.care.code_rights.models import RightRecord, RightStep
from alongside.care.code_rights.operations.promises import Hung, Matter, apply_step
from alongside.care.code_rights.permissions import (
    BadStep,
    CannotStep,
    RightChanged,
    begin,
)
from alongside.care.code_rights.queries import (
    CaseFound,
    StepLine,
    find_crimes,
    find_live_steps,
    find_window,
    has_record,
    lock_record,
)
from alongside.care.code_rights.tables import kind_at, kinds_on
from alongside.care.code_rights.types import Problem, RightKind, Step, StepAsked
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """What a right is about: a crime of the case, and perhaps one suspect."""

    victimisation_id: int
    suspect_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class StepTaken:
    """A step that was written down. `version` is that of the record afterwards."""

    record_id: UUID
    version: int
    kind: RightKind
    step: Step
    on: date
    fields: dict[str, object]
    victimisation_id: int
    suspect_ref: str


@transaction.atomic
def start_right(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    kind: str,
    about: Whereabouts,
    asked: StepAsked,
    born: date | None,
) -> StepTaken:
    """Begin a right with its first step.

    `born` is the person's date of birth, where it is known: some windows are longer
    for children.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case; or there
            is no such kind or crime.
        CannotStep: it does not begin so, or is there already.
        BadStep: what is written down cannot be kept, or comes too late.
    """
    case = begin(actor=actor, case_id=case_id)
    found, row = find_crimes(case_id=case.pk), kinds_on(local_day(now)).get(kind)
    crime = found.crime(about.victimisation_id)
    if row is None or crime is None:
        raise NotFound("We could not find that right or that crime")
    if not row.again and has_record(
        victimisation_id=crime.victimisation_id,
        kind=kind,
        suspect_ref=about.suspect_ref,
    ):
        raise CannotStep("This is written down already for this crime. Open it there")
    record = RightRecord(
        area_id=case.area_id,
        case=case,
        victimisation_id=crime.victimisation_id,
        suspect_ref=about.suspect_ref,
        kind=row.code,
        kind_version=row.version,
        state="",
        state_on=asked.on,
        opened_at=now,
        opened_by_id=actor.user_id,
    )
    check = Checked(record=record, crime=crime, found=found, born=born, before=())
    step = check.see(asked, now=now)
    record.save(force_insert=True)
    return _take(check, step, asked, case=case, actor=actor, now=now)


@transaction.atomic
def add_step(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    record_id: UUID,
    version: int,
    asked: StepAsked,
    born: date | None,
) -> StepTaken:
    """Write down the next step of a right.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        RightChanged: it is not at that version any more.
        CannotStep: that step does not follow.
        BadStep: what is written down cannot be kept, or comes too late.
    """
    case = begin(actor=actor, case_id=case_id)
    record = lock_record(case, record_id)
    if record.version != version:
        raise RightChanged
    check = read_checked(case, record, born=born)
    step = check.see(asked, now=now)
    record.version += 1
    return _take(check, step, asked, case=case, actor=actor, now=now)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A record, with everything a new step of it is held against."""

    record: RightRecord
    crime: CrimeLine
    found: CaseFound
    born: date | None
    before: tuple[StepLine, ...]

    @property
    def kind(self) -> RightKind:
        """The version of the kind the record goes by."""
        return kind_at(self.record.kind, self.record.kind_version)

    def see(self, asked: StepAsked, *, now: datetime) -> Step:
        """The step that is asked for.

        Raises:
            CannotStep: it does not follow.
            BadStep: what is written down cannot be kept, or comes too late.
        """
        state = self.before[-1].step if self.before else None
        if not rules.may_follow(self.kind, state.code if state else "", asked.step):
            raise CannotStep("That does not follow from how things stand now")
        step = self.kind.step(asked.step)
        self.see_fields(step, asked, after=self.before[-1:], now=now)
        return step

    def see_fields(
        self, step: Step, asked: StepAsked, *, after: Sequence[StepLine], now: datetime
    ) -> None:
        """Refuse what cannot be kept. `after` holds the step before it, if any.

        Raises:
            BadStep: with every problem.
        """
        problems = tuple(self._problems(step, asked, after, now))
        if problems:
            raise BadStep(problems)

    def _problems(
        self, step: Step, asked: StepAsked, after: Sequence[StepLine], now: datetime
    ) -> Iterator[Problem]:
        began = self.crime.occurred_from
        floor = after[-1].on if after else (local_day(began) if began else None)
        yield from rules.find_problems(step, asked, on=local_day(now), not_before=floor)
        late = self._late(step, asked)
        if late:
            yield late

    def _late(self, step: Step, asked: StepAsked) -> Problem | None:
        if not step.asks or self.kind.window is None:
            return None
        stands = find_window(
            self.kind,
            self.crime,
            self.found,
            suspect_ref=self.record.suspect_ref,
            told_on=_day(asked.fields.get(self.kind.window.told)),
            born=self.born,
        )
        return rules.late_problem(
            self.kind.window,
            stands.until if stands else None,
            on=asked.on,
            explained=bool(asked.words.strip()),
        )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def read_checked(case: "Case", record: RightRecord, *, born: date | None) -> Checked:
    """A record with what its steps are held against. Four statements."""
    found = find_crimes(case_id=case.pk)
    crime = found.crime(record.victimisation_id)
    if crime is None:
        raise NotFound("We could not find that crime")
    before = find_live_steps(record_key=record.pk)
    return Checked(
        record=record, crime=crime, found=found, born=born, before=tuple(before)
    )


def matter_of(case: "Case", crime: CrimeLine) -> Matter:
    """What promises go by."""
    return Matter(
        case_key=case.pk,
        victimisation_id=crime.victimisation_id,
        record_type=crime.record_type,
        offence_code=crime.offence_code,
        enhanced=case.tier == Tier.ENHANCED,
    )


def _take(
    check: Checked,
    step: Step,
    asked: StepAsked,
    *,
    case: "Case",
    actor: Actor,
    now: datetime,
) -> StepTaken:
    record = check.record
    hung = apply_step(
        actor=actor,
        now=now,
        matter=matter_of(case, check.crime),
        kind=check.kind,
        step=step,
        on=asked.on,
        before=check.before,
    )
    write_step(actor, now, record, step=step, asked=asked, hung=hung)
    stand(record, step=step, on=asked.on)
    note(actor=actor, now=now, case=case, record=record)
    return taken(check, step, asked)


def taken(check: Checked, step: Step, asked: StepAsked) -> StepTaken:
    """What was written down."""
    return StepTaken(
        record_id=check.record.public_id,
        version=check.record.version,
        kind=check.kind,
        step=step,
        on=asked.on,
        fields=rules.kept_fields(step, asked.fields),
        victimisation_id=check.record.victimisation_id,
        suspect_ref=check.record.suspect_ref,
    )


def write_step(
    actor: Actor,
    now: datetime,
    record: RightRecord,
    *,
    step: Step | None,
    asked: StepAsked,
    hung: Hung,
    corrects: int | None = None,
    why: str = "",
) -> None:
    """Put in one line of a record's history."""
    RightStep.objects.create(
        area_id=record.area_id,
        case_id=record.case_id,
        record=record,
        step=step.code if step else "",
        on=asked.on,
        by=asked.by,
        fields=rules.kept_fields(step, asked.fields) if step else {},
        words=asked.words.strip(),
        recorded_at=now,
        recorded_by_id=actor.user_id,
        corrects_id=corrects,
        why=why.strip(),
        started=hung.started,
        met=hung.met,
    )


def stand(record: RightRecord, *, step: Step | None, on: date) -> None:
    """Let a record stand where its newest step has brought it."""
    record.state = step.code if step else ""
    record.state_on = on
    record.ended_on = on if step and step.ends else None
    record.save(update_fields=["state", "state_on", "ended_on", "version"])


def note(*, actor: Actor, now: datetime, case: "Case", record: RightRecord) -> None:
    """Say on the trail that a right of the case was written about."""
    working.touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CODE_RIGHT_RECORDED,
        subject=Subject(kind="case", public_id=case.public_id),
        purpose=record.kind,
    )
