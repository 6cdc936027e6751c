"""Words for what happens, and for the stages of a matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alongside.care.journey.types.holders import DutyHolder
from alongside.foundation.lib.provenance import Sourced


class ProgressEvent(StrEnum):
    """What the police and the courts can tell us has happened (feed, version 1)."""

    NOT_INVESTIGATED = "not_investigated"
    SUSPECT_ARRESTED = "suspect_arrested"
    SUSPECT_INTERVIEWED = "suspect_interviewed"
    SUSPECT_BAILED = "suspect_bailed"
    SUSPECT_RELEASED_UNDER_INVESTIGATION = "suspect_released_under_investigation"
    BAIL_CONDITIONS_CHANGED = "bail_conditions_changed"
    SUSPECT_RELEASED_NO_CHARGE = "suspect_released_no_charge"
    CHARGED = "charged"
    OUT_OF_COURT_DISPOSAL = "out_of_court_disposal"
    NO_FURTHER_ACTION = "no_further_action"
    CHARGE_ALTERED = "charge_altered"
    CASE_STOPPED = "case_stopped"
    FIRST_HEARING_LISTED = "first_hearing_listed"
    HEARING_LISTED = "hearing_listed"
    HEARING_CHANGED = "hearing_changed"
    PLEA_ENTERED = "plea_entered"
    BAIL_HEARING_OUTCOME = "bail_hearing_outcome"
    WITNESS_REQUIRED = "witness_required"
    WARRANT_ISSUED = "warrant_issued"
    WARRANT_EXECUTED = "warrant_executed"
    TRIAL_VERDICT = "trial_verdict"
    SENTENCED = "sentenced"
    APPEAL_LODGED = "appeal_lodged"
    APPEAL_DECIDED = "appeal_decided"
    CUSTODY_RELEASE_PLANNED = "custody_release_planned"
    RELEASED_ON_LICENCE = "released_on_licence"
    RECALLED = "recalled"
    PAROLE_HEARING = "parole_hearing"


class OwnEvent(StrEnum):
    """What no feed tells: a worker writes it down, or an outcome code says it."""

    REPORTED = "reported"
    INVESTIGATED = "investigated"
    TAKEN_INTO_CONSIDERATION = "taken_into_consideration"
    TRANSFERRED = "transferred"
    SENT_FOR_DECISION = "sent_for_decision"
    REVIEW_SUCCEEDED = "review_succeeded"
    TRIAL_STARTED = "trial_started"
    RETRIAL_ORDERED = "retrial_ordered"
    SENTENCE_STARTED = "sentence_started"
    JUSTICE_OVER = "justice_over"
    INCIDENT_ACTED_ON = "incident_acted_on"
    INCIDENT_CRIMED = "incident_crimed"
    INCIDENT_CLOSED = "incident_closed"
    TAKEN_BACK = "taken_back"


class StagePart(StrEnum):
    """The parts of the way that stages belong to."""

    NOT_REPORTED = "not_reported"
    REPORT = "report"
    INVESTIGATION = "investigation"
    DECISION = "decision"
    ENDED = "ended"  # by the police or before a charge
    COURT = "court"
    STOPPED = "stopped"
    TRIAL = "trial"
    NOT_CONVICTED = "not_convicted"
    SENTENCE = "sentence"
    APPEAL = "appeal"
    SERVING = "serving"
    OVER = "over"
    INCIDENT = "incident"
    INCIDENT_OVER = "incident_over"


class DetailKind(StrEnum):
    """How a question about an event is answered."""

    WORDS = "words"
    DAY = "day"
    CHOICE = "choice"
    NUMBER = "number"
    OFFENCE = "offence"
    OUTCOME = "outcome"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage(Sourced):
    """One stage of a matter on its way through the justice system."""

    code: str
    part: StagePart
    label: str
    who_tells: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EventRow(Sourced):
    """What an event is called, and who tells the person of it.

    `code` is a `ProgressEvent` or an `OwnEvent`.
    """

    code: str
    label: str
    who_tells: DutyHolder


@dataclass(frozen=True, kw_only=True, slots=True)
class Move(Sourced):
    """Where an event takes a matter: from any of `origins` to `to`.

    `to` is empty where the event is expected and changes nothing. With `field` it
    holds only where that detail says one of `said`. `again` says why a matter may go
    back.
    """

    event: str
    field: str
    said: frozenset[str]
    origins: frozenset[str]
    to: str
    again: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DetailRow(Sourced):
    """What is asked about an event that somebody writes down."""

    code: str
    events: frozenset[str]
    label: str
    kind: DetailKind
    options: dict[str, str]
    needed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRow(Sourced):
    """The event that an outcome code of the Home Office says."""

    code: str
    event: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusRow(Sourced):
    """The event that the status of a referral says that took its outcome back."""

    code: str
    event: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JourneyLimit(Sourced):
    """One number that following a journey depends on."""

    code: str
    number: int
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that counts, as far as the stage of a matter depends on it.

    `suspect_ref` and `offence_code` are empty where it names none.
    """

    event_id: int
    event: str
    suspect_ref: str
    offence_code: str
    occurred_at: datetime
    detail: Mapping[str, object]
    content_hash: UUID


@dataclass(frozen=True, slots=True)
class Step:
    """One event on the way of a matter.

    `stage` is where the matter was after it. `moved` says that it brought it there,
    `again` why it might go back, `unexpected` that it came where nobody expects it.
    """

    event_id: int
    stage: str
    at: datetime
    moved: bool = False
    again: str = ""
    unexpected: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a matter has come, by which event and since when. No event: from the
    start."""

    stage: str
    event_id: int | None
    since: datetime


@dataclass(slots=True)
class KeptEvent:
    """Something that happened in one person's matter, as it is kept."""

    event_id: int
    victimisation_id: int
    row_id: int | None
    event: str
    suspect_ref: str
    occurred_at: datetime
    received_at: datetime
    detail: dict[str, object]
    content_hash: UUID
    offence_code: str = ""
