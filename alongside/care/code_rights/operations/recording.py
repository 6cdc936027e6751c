"""Beginning a right, and writing down the steps that follow."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.casework.operations import working
from alongside.care.code_rights import rules
from alongside.care.code_rights.models import RightRecord, RightStep
from alongside.care.code_rights.operations.promises import Hung, apply_step
from alongside.care.code_rights.permissions import (
    CannotStep,
    Checked,
    RightChanged,
    begin,
    matter_of,
    read_checked,
)
from alongside.care.code_rights.queries import (
    find_crimes,
    find_live_steps,
    has_record,
    lock_record,
)
from alongside.care.code_rights.tables import kinds_on
from alongside.care.code_rights.types import Step, StepAsked, StepTaken
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
    name = write_step(
        actor=actor, now=now, record=record, step=step, asked=asked, hung=hung
    )
    stand_at(actor=actor, now=now, case=case, record=record, step=step, on=asked.on)
    return check.taken(step, asked, step_id=name)


def write_step(
    *,
    actor: Actor,
    now: datetime,
    record: RightRecord,
    step: Step | None,
    asked: StepAsked,
    hung: Hung,
    corrects: int | None = None,
    why: str = "",
) -> UUID:
    """Put in one line of a record's history; its name."""
    line = RightStep.objects.create(
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
    line.refresh_from_db(fields=["public_id"])
    name: UUID = line.public_id
    return name


def stand_at(
    *,
    actor: Actor,
    now: datetime,
    case: "Case",
    record: RightRecord,
    step: Step | None,
    on: date,
) -> None:
    """Let a record stand where its newest step has brought it, and say so on the
    trail."""
    record.state = step.code if step else ""
    record.state_on = on
    record.ended_on = on if step and step.ends else None
    taken = [(one.step, one.on) for one in find_live_steps(record_key=record.pk)]
    record.in_scheme_since = rules.in_scheme_since(taken)
    record.save(
        update_fields=["state", "state_on", "ended_on", "in_scheme_since", "version"]
    )
    working.touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CODE_RIGHT_RECORDED,
        subject=Subject(kind="case", public_id=case.public_id),
        purpose=record.kind,
    )
