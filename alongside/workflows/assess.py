"""Assessing one person: what can be asked, filling it in, and what was asked before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.care.assessment import operations
from alongside.care.assessment import queries as assessment
from alongside.care.assessment.rules import age_on
from alongside.care.assessment.rules.filled import fits, next_moment
from alongside.care.assessment.rules.fitting import fitting
from alongside.care.assessment.tables.fitting import FITS
from alongside.care.assessment.types.filled import (
    About,
    AssessmentLine,
    AssessmentState,
    How,
)
from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CrimeLine
from alongside.care.instruments import queries as instruments
from alongside.care.instruments.types import Instrument, Moment
from alongside.care.people import queries as people
from alongside.care.people.types import OpenedPerson
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.reference.queries import find_district
from alongside.workflows.read_case import CaseBrief, read_brief
from alongside.workflows.read_sharing import read_own_brief

PURPOSE = "assessment"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """An instrument that may be asked of a person now.

    `last` is the newest complete one of it, `draft` one that is unfinished; `due` says
    that the day to ask again has come, `fits` that it is for what happened, `moment`
    which moment it would be.
    """

    instrument: Instrument
    moment: Moment
    last: AssessmentLine | None
    draft: AssessmentLine | None
    due: bool
    fits: bool


@dataclass(frozen=True, kw_only=True)
class Assessments:
    """What was asked of a person in a case, and what can be asked now: what is due or
    begun first, then what fits what happened."""

    brief: CaseBrief
    lines: tuple[AssessmentLine, ...]
    offered: tuple[Offered, ...]


@dataclass(frozen=True, kw_only=True)
class Filled:
    """One assessment with its instrument and answers, and those before it.

    `earlier` are the complete ones by the same instrument in the same case, oldest
    first, and `answers_then` what each was answered with.
    """

    brief: CaseBrief
    line: AssessmentLine
    instrument: Instrument
    answers: Mapping[str, Any]
    earlier: tuple[AssessmentLine, ...]


def read_assessments(*, actor: Actor, now: datetime, case_id: UUID) -> Assessments:
    """The assessments of a case, and what can be asked. Six statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    lines = assessment.list_assessments(case_ids=[brief.case.case_id])
    on = local_day(now)
    born = brief.label.date_of_birth
    age = age_on(on, born) if born else None
    fit = _fitting(casework.list_crimes(case_ids=[brief.case.case_id]), now)
    offered = [
        _offer(instrument, lines, now, fit=fit)
        for instrument in instruments.list_in_use(area_id=actor.area_id, on=on)
        if fits(instrument, age=age, role=actor.role.value)
    ]
    offered.sort(key=lambda one: _place(one, fit))
    return Assessments(brief=brief, lines=tuple(lines), offered=tuple(offered))


def find_next(*, actor: Actor, now: datetime, case_id: UUID) -> Offered | None:
    """The assessment that a case calls for now: one that is due or was begun, else the
    first that fits what happened. None where nothing can be asked. Six statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    found = read_assessments(actor=actor, now=now, case_id=case_id).offered
    return next((one for one in found if one.due or one.draft or one.fits), None)


def find_offered(
    *, actor: Actor, now: datetime, case_id: UUID, code: str
) -> tuple[CaseBrief, Offered]:
    """One instrument that may be asked of a person.

    Raises:
        NotFound: there is no such case, or the instrument is not for them.
    """
    found = read_assessments(actor=actor, now=now, case_id=case_id)
    for offered in found.offered:
        if offered.instrument.code == code:
            return found.brief, offered
    raise NotFound("We could not find that assessment")


@transaction.atomic
def start(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    code: str,
    moment: Moment,
    how: How | None = None,
    accompanied: str = "",
) -> UUID:
    """Begin an assessment of the person of a case; its public id.

    Their age, district and crime are noted as they stand, to be counted by.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        AssessmentOver: the case is closed.
    """
    brief = read_own_brief(actor=actor, now=now, case_id=case_id)
    instrument = instruments.get_instrument(
        area_id=actor.area_id, code=code, on=local_day(now)
    )
    crimes = casework.list_crimes(case_ids=[brief.case.case_id])
    person_id, shown = people.get_person_key_by_id(person_id=brief.case.person_id)
    person = people.open_person(
        person_id=brief.case.person_id,
        public_id=person_id,
        shown_record_id=shown,
        purpose=PURPOSE,
        now=now,
    )
    return operations.start_assessment(
        actor=actor,
        now=now,
        case_id=case_id,
        instrument=instrument,
        moment=moment,
        about=_about(person, crimes, now),
        how=how,
        accompanied=accompanied,
    )


def read_filled(*, actor: Actor, now: datetime, assessment_id: UUID) -> Filled:
    """One assessment, whole. Six statements; the look is audited.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    row = assessment.get_assessment(public_id=assessment_id)
    brief = read_brief(actor=actor, now=now, case_id=row.case.public_id)
    lines = assessment.list_assessments(case_ids=[row.case_id])
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.ASSESSMENT_SEEN,
        subject=Subject(
            kind="assessment",
            public_id=assessment_id,
            person_ids=(brief.label.public_id,),
        ),
    )
    return Filled(
        brief=brief,
        line=assessment.assessment_line(row),
        instrument=assessment.instrument_of(row),
        answers=assessment.find_answers(assessment_ids=[row.pk]).get(row.pk, {}),
        earlier=_earlier(lines, row.public_id, row.instrument),
    )


def _earlier(
    lines: Collection[AssessmentLine], public_id: UUID, code: str
) -> tuple[AssessmentLine, ...]:
    same = [
        line
        for line in lines
        if line.instrument == code
        and line.state is AssessmentState.COMPLETE
        and line.public_id != public_id
        and line.completed_at is not None
    ]
    return tuple(sorted(same, key=lambda line: (line.started_at, line.assessment_id)))


def _fitting(crimes: Collection[CrimeLine], now: datetime) -> tuple[str, ...]:
    live = [crime for crime in crimes if crime.live]
    return fitting(
        FITS,
        flags={flag for crime in live for flag in crime.flags},
        roles={crime.role for crime in live},
        on=local_day(now),
    )


def _place(one: Offered, fit: Sequence[str]) -> tuple[bool, int]:
    code = one.instrument.code
    return not (one.due or one.draft), fit.index(code) if one.fits else len(fit)


def _offer(
    instrument: Instrument,
    lines: Collection[AssessmentLine],
    now: datetime,
    *,
    fit: Collection[str],
) -> Offered:
    own = [line for line in lines if line.instrument == instrument.code]
    done = [line for line in own if line.state is AssessmentState.COMPLETE]
    last = done[0] if done else None
    review = last.review_on if last else None
    return Offered(
        instrument=instrument,
        moment=next_moment(instrument, {line.moment for line in done}),
        last=last,
        draft=next((ln for ln in own if ln.state is AssessmentState.DRAFT), None),
        due=review is not None and review <= local_day(now),
        fits=instrument.code in fit,
    )


def _about(person: OpenedPerson, crimes: Collection[CrimeLine], now: datetime) -> About:
    born = person.label.date_of_birth
    main = next((crime for crime in crimes if crime.live), None)
    postcodes = [one.postcode for one in person.contacts if one.postcode]
    if main and main.location_postcode:
        postcodes.append(main.location_postcode)
    return About(
        age=age_on(local_day(now), born) if born else None,
        offence_code=main.offence_code if main else "",
        district=find_district(postcodes[0]) if postcodes else "",
    )
