"""Words for assessments: what was asked of one person, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from alongside.care.casework.types import CountsAs
from alongside.care.instruments.types import Moment, Risk
from alongside.foundation.lib.provenance import Sourced


class AssessmentState(StrEnum):
    """Where an assessment stands. Only a complete one is scored."""

    DRAFT = "draft"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


class How(StrEnum):
    """How an assessment was done."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    WRITING = "writing"


class Criterion(StrEnum):
    """Why a case goes to the meeting about high risk (MARAC)."""

    SCORE = "score"
    JUDGEMENT = "judgement"
    ESCALATION = "escalation"


class TellWhom(StrEnum):
    """Who is told of a result at once."""

    NOBODY = "nobody"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, kw_only=True, slots=True)
class AskRow(Sourced):
    """What one thing that a result asks for means: a task, and who is told.

    `task` is the kind of the task, nothing where none is made; `due_days` working
    days until it is due; `form` is true where it comes with the referral form for the
    meeting about high risk.
    """

    code: str
    words: str
    task: str
    due_days: int
    needs_supervisor: bool
    tells: TellWhom
    form: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation(Sourced):
    """So many incidents in so many days raise what an instrument finds to a risk,
    and ask for what is to be done at that risk."""

    instrument: str
    incidents: int
    days: int
    raises_to: Risk
    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoExitReason(Sourced):
    """Why a case closes without a last set of scores.

    `endings`: the headings of endings it may be given with. `by_itself`: it is put
    down without asking, for cases in which nobody was supported.
    """

    code: str
    label: str
    endings: frozenset[CountsAs]
    by_itself: bool
    needs_words: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRow(Sourced):
    """An instrument whose numbers are counted as outcomes."""

    instrument: str
    label: str
    order: int
    closes: bool  # its completion at the exit is what closing asks for


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeBand(Sourced):
    """An age band of reports, from an age in whole years up to another, excluded."""

    code: str
    label: str
    from_age: int
    below_age: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeLimit(Sourced):
    """A number that reports of outcomes go by."""

    code: str
    number: int
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit(Sourced):
    """What an instrument fits: crimes with one of these flags, parts in a crime, or
    everybody."""

    instrument: str
    flags: frozenset[str]
    roles: frozenset[str]
    everybody: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What is known when an assessment begins, so that it can be counted by it.

    `age` in whole years; `district` is the code of the local authority; nothing where
    it is not known.
    """

    age: int | None
    offence_code: str
    district: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentLine:
    """One assessment as lists show it.

    `risk` is what counts: the one found, or a higher one that somebody judged.
    """

    public_id: UUID
    assessment_id: int
    case_id: int
    instrument: str
    instrument_version: int
    title: str
    moment: Moment
    state: AssessmentState
    started_at: datetime
    started_by: str
    saved_at: datetime
    saved_by: str
    completed_at: datetime | None
    completed_by: str
    found: Risk | None
    judged: Risk | None
    judged_reason: str
    judged_at: datetime | None
    judged_by: str
    risk: Risk | None
    incidents: int | None
    escalated: bool
    review_on: date | None
    asks: tuple[str, ...]
    how: str
    accompanied: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str
    result: Mapping[str, Any]
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LastAssessment:
    """The newest complete assessment of a case by one instrument."""

    case_id: int
    instrument: str
    title: str
    completed_at: datetime
    review_on: date | None
    risk: Risk


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An unfinished assessment, for lists of work. `case_id` is the public one."""

    public_id: UUID
    case_id: UUID
    title: str
    started_at: datetime
    saved_at: datetime


class GroupBy(StrEnum):
    """By what outcomes are counted, besides by question."""

    NOTHING = "nothing"
    CRIME_GROUP = "crime_group"
    AGE_BAND = "age_band"
    DISTRICT = "district"
    TEAM = "team"
    AGENCY = "agency"
    PROVIDER = "provider"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeAsked:
    """Which outcomes to count: those with an assessment completed from a day until
    another, excluded. `agency_id` and `team_id` narrow it."""

    since: date
    until: date
    by: GroupBy
    team_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeCount:
    """How people answered one question, in cases. Never a bare percentage.

    `asked` were asked it, `answered` gave a number at least once, `again` gave one at
    two times that can be compared; of these `better`, `same` and `worse` add up.
    """

    group: str
    instrument: str
    question: str
    asked: int
    answered: int
    again: int
    better: int
    same: int
    worse: int
