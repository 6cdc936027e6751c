"""The referral form for the meeting about high risk (MARAC), filled in from the record.

The same words as a page to print and as data. What the record does not say is left to
be written by hand, and the form says so. Opening it is a look at the person.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from alongside.care.assessment import queries as assessment
from alongside.care.assessment.rules.filled import to_do, why_high
from alongside.care.assessment.tables import ASKS
from alongside.care.assessment.types.filled import AssessmentLine, Criterion
from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CaseFacts, CrimeLine
from alongside.care.instruments.rules.showing import shown
from alongside.care.instruments.types import Instrument, Question, Risk
from alongside.care.people import queries as people
from alongside.care.people.types import (
    ChannelMark,
    ContactDetail,
    ContactKind,
    OpenedPerson,
    SafetyState,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day

FORMAT = "marac-referral/1"
PURPOSE = "referral form for the meeting about high risk"
CRITERIA = {
    Criterion.SCORE: "Visible high risk: so many of the answers were yes",
    Criterion.ESCALATION: "Escalation: incidents are coming closer together",
    Criterion.JUDGEMENT: "Professional judgement",
}
BY_HAND = (
    ("suspect", "Who is feared: name, date of birth, address"),
    ("children", "Children in the home: names, dates of birth, schools"),
    ("consent", "Have they agreed to this referral? If not, why is it made?"),
    ("knows", "Do they know that this referral is made?"),
    ("asked", "What is asked of the meeting"),
    ("diversity", "Anything the meeting should know to treat them fairly"),
)


@dataclass(frozen=True, kw_only=True)
class FormAnswer:
    """One question of the assessment, in words, as it was answered."""

    question: str
    words: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class FormCrime:
    """One crime or incident that the police told us of."""

    reference: str
    what: str
    reported: date
    relationship: str
    high_risk: bool


@dataclass(frozen=True, kw_only=True)
class MaracForm:
    """Everything the form holds. `by_hand` is left to be written: field and words."""

    made_on: date
    made_by: str
    agency: str
    case_reference: str
    name: str
    date_of_birth: date | None
    address: str
    phones: tuple[str, ...]
    safe: tuple[str, ...]
    not_safe: tuple[str, ...]
    times: str
    language: str
    interpreter: bool
    adjustments: str
    instrument: str
    instrument_version: int
    assessed_on: date
    assessed_by: str
    count: str
    found: str
    judged: str
    judged_reason: str
    incidents: int | None
    criteria: tuple[str, ...]
    answers: tuple[FormAnswer, ...]
    crimes: tuple[FormCrime, ...]
    by_hand: tuple[tuple[str, str], ...] = BY_HAND


def read_form(*, actor: Actor, now: datetime, assessment_id: UUID) -> MaracForm:
    """The form of one assessment. Seven statements; the look is audited.

    Raises:
        NotFound: there is no such assessment, or its result asks for no form.
    """
    row = assessment.get_assessment(public_id=assessment_id)
    if not any(ask.form for ask in to_do(row.asks, ASKS)):
        raise NotFound("This result asks for no referral form")
    case = casework.find_case_facts(case_id=row.case_id)
    if case is None or case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    person = _open(case, now)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.ASSESSMENT_FORM_MADE,
        subject=Subject(
            kind="assessment",
            public_id=assessment_id,
            person_ids=(person.label.public_id,),
        ),
    )
    answers = assessment.find_answers(assessment_ids=[row.pk]).get(row.pk, {})
    return _form(
        actor=actor,
        on=local_day(now),
        case=case,
        person=person,
        line=assessment.assessment_line(row),
        instrument=assessment.instrument_of(row),
        answers=answers,
        crimes=casework.list_crimes(case_ids=[case.case_id]),
    )


def as_data(form: MaracForm) -> dict[str, Any]:
    """The form as data, each field by its name; what is not known is null."""
    told = asdict(form)
    told["by_hand"] = [{"field": field, "asks": words} for field, words in form.by_hand]
    return {"format": FORMAT, **told}


def say_answer(question: Question, value: Any) -> str:
    """An answer in the words in which it was offered."""
    words = {option.code: option.words for option in question.options}
    if value is None or value in ("", []):
        return "Not answered"
    if isinstance(value, Mapping):
        rows = {row.code: row.words for row in question.rows}
        pairs = (f"{rows.get(k, k)}: {words.get(v, v)}" for k, v in value.items() if v)
        return "; ".join(pairs) or "Not answered"
    if isinstance(value, list):
        return ", ".join(words.get(one, str(one)) for one in value)
    if question.kind == "date":
        day = date.fromisoformat(str(value))
        return f"{day.day} {day:%B %Y}"
    return words.get(value, str(value)) if isinstance(value, str) else str(value)


def _form(
    *,
    actor: Actor,
    on: date,
    case: CaseFacts,
    person: OpenedPerson,
    line: AssessmentLine,
    instrument: Instrument,
    answers: Mapping[str, Any],
    crimes: Iterable[CrimeLine],
) -> MaracForm:
    newest = person.records[0]
    return MaracForm(
        made_on=on,
        made_by=actor.label,
        agency=actor.agency_name,
        case_reference=str(case.public_id)[:8].upper(),
        name=person.label.name,
        date_of_birth=person.label.date_of_birth,
        address=next((one.value for one in person.contacts if _is_address(one)), ""),
        phones=tuple(one.value for one in person.contacts if _is_phone(one)),
        safe=tuple(_name(m) for m in person.marks if m.state == SafetyState.SAFE),
        not_safe=tuple(_name(m) for m in person.marks if m.state == SafetyState.UNSAFE),
        times=newest.contact_times,
        language=newest.language,
        interpreter=bool(newest.interpreter_needed),
        adjustments=newest.adjustments,
        instrument=line.title,
        instrument_version=line.instrument_version,
        assessed_on=local_day(line.completed_at or line.started_at),
        assessed_by=line.completed_by,
        count=_count(line),
        found=(line.found or Risk.NONE).value,
        judged=line.judged.value if line.judged else "",
        judged_reason=line.judged_reason,
        incidents=line.incidents,
        criteria=tuple(_criteria(line)),
        answers=tuple(_answers(instrument, answers)),
        crimes=tuple(_crime(crime) for crime in crimes),
    )


def _criteria(line: AssessmentLine) -> Iterator[str]:
    scored = Risk(line.result.get("risk", Risk.NONE.value))
    found = why_high(scored=scored, escalated=line.escalated, judged=line.judged)
    return (CRITERIA[criterion] for criterion in found)


def _count(line: AssessmentLine) -> str:
    totals = [
        f"{one['total']} ({one['words']})" if one["words"] else str(one["total"])
        for one in line.result.get("scores", [])
        if one["total"] is not None
    ]
    return ", ".join(totals)


def _answers(
    instrument: Instrument, answers: Mapping[str, Any]
) -> Iterator[FormAnswer]:
    for question in shown(instrument, answers):
        yield FormAnswer(
            question=question.code,
            words=question.words,
            answer=say_answer(question, answers.get(question.code)),
        )


def _crime(crime: CrimeLine) -> FormCrime:
    return FormCrime(
        reference=crime.crime_ref,
        what=crime.what,
        reported=local_day(crime.reported_at),
        relationship=crime.relationship_to_suspect,
        high_risk=crime.high_risk,
    )


def _name(mark: ChannelMark) -> str:
    return str(mark.channel.label)


def _is_address(detail: ContactDetail) -> bool:
    return detail.confirmed and detail.kind is ContactKind.ADDRESS


def _is_phone(detail: ContactDetail) -> bool:
    phones = {ContactKind.MOBILE, ContactKind.HOME_PHONE}
    return detail.confirmed and detail.kind in phones


def _open(case: CaseFacts, now: datetime) -> OpenedPerson:
    public_id, shown_record = people.get_person_key_by_id(person_id=case.person_id)
    return people.open_person(
        person_id=case.person_id,
        public_id=public_id,
        shown_record_id=shown_record,
        purpose=PURPOSE,
        now=now,
    )
