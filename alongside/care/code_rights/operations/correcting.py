"""Putting right what was written down of a right. Nothing is edited or taken away."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.code_rights.operations.promises import (
    Hung,
    move_step,
    undo_step,
)
from alongside.care.code_rights.operations.recording import stand_at, write_step
from alongside.care.code_rights.permissions import (
    BadStep,
    CannotStep,
    Checked,
    RightChanged,
    WhyNeeded,
    begin,
    read_checked,
)
from alongside.care.code_rights.queries import StepLine, lock_record
from alongside.care.code_rights.types import Problem, Step, StepAsked, StepTaken
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound


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
    born: date | None,
) -> StepTaken:
    """Write down a step again as it really was; what was said before is kept.

    It stays the same step: one that never was is taken back.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        RightChanged: the right is not at that version any more.
        WhyNeeded: nothing says why.
        BadStep: what is written down cannot be kept.
    """
    case = begin(actor=actor, case_id=case_id)
    record = lock_record(case, record_id)
    check = read_checked(case, record, born=born)
    place, line, step = _find(check, version, step_id, why)
    same = replace(asked, step=step.code)
    _see(check, place, step, same, now=now)
    hung = Hung(started=list(line.started), met=list(line.met))
    if asked.on != line.on:
        hung = move_step(actor=actor, now=now, line=line, on=asked.on)
    record.version += 1
    name = write_step(
        actor=actor,
        now=now,
        record=record,
        step=step,
        asked=same,
        hung=hung,
        corrects=line.key,
        why=why,
    )
    newest = check.before[-1]
    last_on = asked.on if line is newest else newest.on
    stand_at(
        actor=actor, now=now, case=case, record=record, step=newest.step, on=last_on
    )
    return check.taken(step, same, step_id=name)


def _see(
    check: Checked, place: int, step: Step, asked: StepAsked, *, now: datetime
) -> None:
    """Refuse what cannot be kept, between the step before it and the one after."""
    before = check.before[max(place - 1, 0) : place]
    check.see_fields(step, asked, after=before, now=now)
    later = check.before[place + 1 :]
    if later and asked.on > later[0].on:
        words = "The day cannot be after that of the step that followed"
        raise BadStep((Problem(field="on", words=words),))


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
) -> StepTaken:
    """Say that the newest step never was. What it did to promises is taken back.

    What is told is the step that never was.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        RightChanged: the right is not at that version any more.
        WhyNeeded: nothing says why.
        CannotStep: another step followed, which is taken back first.
    """
    case = begin(actor=actor, case_id=case_id)
    record = lock_record(case, record_id)
    check = read_checked(case, record, born=None)
    place, line, step = _find(check, version, step_id, why)
    if place != len(check.before) - 1:
        raise CannotStep("Take back what followed it first")
    undo_step(actor=actor, now=now, line=line)
    record.version += 1
    nothing = StepAsked(step="", on=line.on, by=line.by, fields={})
    write_step(
        actor=actor,
        now=now,
        record=record,
        step=None,
        asked=nothing,
        hung=Hung(started=[], met=[]),
        corrects=line.key,
        why=why,
    )
    before = check.before[place - 1] if place else None
    stand_at(
        actor=actor,
        now=now,
        case=case,
        record=record,
        step=before.step if before else None,
        on=before.on if before else line.on,
    )
    never = replace(nothing, step=step.code, fields=line.fields)
    return check.taken(step, never, step_id=line.step_id)


def _find(
    check: Checked, version: int, step_id: UUID, why: str
) -> tuple[int, StepLine, Step]:
    """The step that is put right, and its place among those that count."""
    if check.record.version != version:
        raise RightChanged
    if not why.strip():
        raise WhyNeeded
    for place, line in enumerate(check.before):
        if line.step_id == step_id and line.step is not None:
            return place, line, line.step
    raise NotFound("We could not find that step, or it was put right already")
