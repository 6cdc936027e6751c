"""Words for what happens, and for the stages of a matter."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage(Sourced):
    """One stage of a matter on its way through the justice system."""

    code: str
    label: str
    who_tells: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EventRow(Sourced):
    """What a progress event is called and the stage it brings.

    `stage` is empty where the event does not move the matter. Where the stage
    depends on what the event says, `detail_field` names the detail and
    `detail_stages` the stage of each of its values.
    """

    code: ProgressEvent
    label: str
    stage: str
    who_tells: DutyHolder
    detail_field: str
    detail_stages: dict[str, str]


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
