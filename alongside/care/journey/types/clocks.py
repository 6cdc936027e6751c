"""Words for promises with a limit."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alongside.care.journey.types.holders import DutyHolder
from alongside.foundation.lib.provenance import Sourced


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    NO_NUMBER = "no_number"  # owed, and no length of time is set for it


class ClockStart(StrEnum):
    """The time from which a limit runs."""

    OCCURRED_AT = "occurred_at"
    RECEIVED_AT = "received_at"  # when the body that owes the news got it
    REPORTED_AT = "reported_at"
    TOLD_AT = "told_at"  # when the person was told; until somebody says, as it happened


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
    STANDING = "standing"  # owed, with no day set: asked about, never late by days
    FREQUENCY = "frequency"  # as often as was agreed with the person


class Suppression(StrEnum):
    """A fact that says that a promise need not be kept towards this person.

    Each is the code of the reason that is kept (`data/not_owed.toml`).
    """

    OPTED_OUT = "asked_not_to_be_told"
    NO_SAFE_CHANNEL = "unsafe_to_contact"
    UNCONTACTABLE = "uncontactable"


class WishKind(StrEnum):
    """How much somebody wants to hear of their case."""

    EVERY = "every"  # every so many days, news or no news
    BIG_NEWS = "big_news"
    NOTHING = "nothing"


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
    OFFERED_ON = "offered_on"
    ASSESSED_ON = "assessed_on"
    RETURNED_ON = "returned_on"
    STATEMENT_OFFERED = "statement_offered"  # the referral says so, or somebody does


class ClockState(StrEnum):
    """Three ends, not two: not owed is neither met nor missed. Met late is missed."""

    DUE = "due"
    MET = "met"
    MISSED = "missed"
    OWED = "owed"  # and no day is set by which it must be kept
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


@dataclass(frozen=True, slots=True)
class Length:
    """How long a limit is."""

    length: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class EventTimes:
    """When something happened, and when whoever owes the news of it received it.

    For a report they are when it was made; a promise that counts from the crime itself
    has that as when it happened.
    """

    occurred_at: datetime
    received_at: datetime
    reported_at: datetime | None = None

    def start_of(self, clock: ClockStart) -> datetime:
        """The moment from which a limit of that kind runs."""
        if clock is ClockStart.RECEIVED_AT:
            return self.received_at
        if clock is ClockStart.REPORTED_AT and self.reported_at is not None:
            return self.reported_at
        return self.occurred_at


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineRule(Sourced):
    """One promise of one version of the Code (or one local target).

    `triggers` are progress events or `Trigger` values. `clock` says which time of
    the trigger the limit runs from, `met_by` which fact shows that it was kept.
    `right` is the number of the right in the Code; 0 for a local target.
    `custody_months` narrows it, to so long in custody or one of `sentences`; so do
    `offence_groups` and `flags`, of which any one is enough: no narrowing when None or
    empty. `only_outcomes` and `not_outcomes` narrow single triggers by the outcome code
    that they say: (trigger, code). `suppress_if` are the facts for which it is not
    owed; `small_news` is left out for somebody who asked for big news only.
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
    sentences: frozenset[str]
    only_outcomes: frozenset[tuple[str, str]]
    not_outcomes: frozenset[tuple[str, str]]
    offence_groups: frozenset[str]
    flags: frozenset[str]
    suppress_if: frozenset[Suppression]
    small_news: bool
    verified_on: date | None

    def length(self, *, enhanced: bool) -> Length:
        """The limit for the tier of support."""
        return self.enhanced if enhanced else self.standard

    @property
    def runs(self) -> bool:
        """Whether what triggers it starts a clock by itself."""
        return self.kind not in (RuleKind.STANDING, RuleKind.FREQUENCY)

    @property
    def each_event(self) -> bool:
        """Whether a promise with no day set is owed anew for every event: news of it,
        not something that is done once."""
        told = self.met_by is MetBy.TOLD_ON and Trigger.REPORT not in self.triggers
        return self.kind is RuleKind.STANDING and told

    @property
    def has_length(self) -> bool:
        """Whether the rule itself sets a length of time."""
        return self.standard.unit is not Unit.NO_NUMBER


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterFacts:
    """What decides whether a rule is owed to this person in this matter.

    `trigger` is what happened; `outcome` the code and `sentence` what was passed, where
    it says one. Custody without `custody_months`: nobody said for how long.
    """

    record_type: str
    gives_evidence: bool
    in_contact_scheme: bool
    offence_group: str
    custody_months: int | None
    flags: frozenset[str] = frozenset()
    trigger: str = ""
    outcome: str = ""
    sentence: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotOwedReason(Sourced):
    """Why a promise need not be kept towards this person, in words.

    `from_fact`: it follows from a fact about the person, and is never settled promise
    by promise. `of_the_news`: it holds of what was told, and not of what stands in its
    place when that says something else.
    """

    code: str
    label: str
    from_fact: bool
    of_the_news: bool
