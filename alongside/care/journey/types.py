"""Words the journey package uses: events, stages, and promises with a limit."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alongside.foundation.lib.provenance import Sourced


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class ClockStart(StrEnum):
    """The time from which a limit runs."""

    OCCURRED_AT = "occurred_at"
    RECEIVED_AT = "received_at"  # when the body that owes the news got it
    REPORTED_AT = "reported_at"


class DutyHolder(StrEnum):
    """Who owes the promise."""

    POLICE = "police"
    WCU = "wcu"
    CPS = "cps"
    HMCTS = "hmcts"
    PROBATION = "probation"
    SERVICE = "service"
    ANY_PROVIDER = "any_provider"
    VICTIM = "victim"  # only for a window in which the victim may ask


class Eligible(StrEnum):
    """Who the promise is made to."""

    ALL_VICTIMS = "all_victims"
    WITNESSES = "witnesses"
    CONTACT_SCHEME = "contact_scheme"  # victims in the Victim Contact Scheme


class RuleKind(StrEnum):
    """What a limit is to the person."""

    PROMISE = "promise"  # somebody owes the person something by a day
    UPSTREAM = "upstream"  # one body owes it to the body that owes the promise
    WINDOW = "window"  # the victim may ask for something until a day


class MetBy(StrEnum):
    """The fact that shows that a promise was kept (or a window used)."""

    RECORDED_AT = "recorded_at"
    ACKNOWLEDGED_ON = "acknowledged_on"
    RECEIVED_AT = "received_at"  # by this service, or by the body further down
    FIRST_CONTACT_ATTEMPT = "first_contact_attempt"
    TOLD_ON = "told_on"
    CONTACT_SCHEME_REFERRAL = "contact_scheme_referral"
    PAID_ON = "paid_on"
    CLAIM_MADE = "claim_made"
    REVIEW_REQUESTED = "review_requested"


class ClockState(StrEnum):
    """Three ends, not two: not owed is neither met nor missed. Met late is missed."""

    DUE = "due"
    MET = "met"
    MISSED = "missed"
    NOT_OWED = "not_owed"


class Trigger(StrEnum):
    """What starts a clock and is not a progress event of the feed."""

    REPORT = "report"
    REFERRAL_RECEIVED = "referral_received"
    REVIEW_REQUESTED_POLICE = "review_requested_police"
    REVIEW_REQUESTED_CPS = "review_requested_cps"
    EXPENSES_CLAIMED = "expenses_claimed"
    CONTACT_SCHEME_REFERRAL = "contact_scheme_referral"
    COMPLAINT_RECEIVED = "complaint_received"


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


@dataclass(frozen=True, slots=True)
class Length:
    """How long a limit is."""

    length: int
    unit: Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineRule(Sourced):
    """One promise of one version of the Code (or one local target).

    `triggers` are progress events or `Trigger` values. `clock` says which time of
    the trigger the limit runs from, `met_by` which fact shows that it was kept.
    `right` is the number of the right in the Code; 0 for a local target.
    `custody_months` and `offence_groups` narrow it: no narrowing when None or
    empty.
    """

    code: str
    code_version: str
    kind: RuleKind
    right: int
    label: str
    why: str
    triggers: frozenset[str]
    clock: ClockStart
    met_by: MetBy
    duty_holder: DutyHolder
    standard: Length
    enhanced: Length
    eligible: Eligible
    record_types: frozenset[str]
    custody_months: int | None
    offence_groups: frozenset[str]
    verified_on: date | None

    def length(self, *, enhanced: bool) -> Length:
        """The limit for the tier of support."""
        return self.enhanced if enhanced else self.standard


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterFacts:
    """What decides whether a rule is owed to this person in this matter."""

    record_type: str
    gives_evidence: bool
    in_contact_scheme: bool
    offence_group: str
    custody_months: int | None


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


@dataclass(frozen=True, kw_only=True, slots=True)
class NotOwedReason(Sourced):
    """Why a promise need not be kept towards this person, in words."""

    code: str
    label: str


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
