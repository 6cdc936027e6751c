"""Words the intake package uses: what a force sends and what becomes of each row."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alongside.foundation.lib.provenance import Sourced


class Fate(StrEnum):
    """What became of one row. Rows in = accepted + held + rejected."""

    ACCEPTED = "accepted"
    HELD = "held"
    REJECTED = "rejected"


class Code(StrEnum):
    """Why a row met its fate (the table in the feed format)."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"

    CHILD_PROTECTION_DO_NOT_CONTACT = "child_protection_do_not_contact"
    UNKNOWN_OFFENCE_CODE = "unknown_offence_code"
    NATIONALLY_COMMISSIONED = "nationally_commissioned"
    NO_CONSENT = "no_consent"
    INSUFFICIENT_CONTACT_DETAILS = "insufficient_contact_details"
    OUT_OF_AREA = "out_of_area"
    CHILD_WITHOUT_GUARDIAN = "child_without_guardian"
    NO_SAFE_CONTACT = "no_safe_contact"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    EXCLUDED_OFFENCE = "excluded_offence"

    BAD_ROW = "bad_row"
    STALE = "stale"
    UNKNOWN_RECORD = "unknown_record"


# Where several reasons to hold apply, the first of these is the row's code.
HOLD_ORDER: tuple[Code, ...] = (
    Code.CHILD_PROTECTION_DO_NOT_CONTACT,
    Code.UNKNOWN_OFFENCE_CODE,
    Code.NATIONALLY_COMMISSIONED,
    Code.NO_CONSENT,
    Code.INSUFFICIENT_CONTACT_DETAILS,
    Code.OUT_OF_AREA,
    Code.CHILD_WITHOUT_GUARDIAN,
    Code.NO_SAFE_CONTACT,
    Code.POSSIBLE_DUPLICATE,
    Code.EXCLUDED_OFFENCE,
)

FATE_OF: dict[Code, Fate] = {
    Code.CREATED: Fate.ACCEPTED,
    Code.UPDATED: Fate.ACCEPTED,
    Code.UNCHANGED: Fate.ACCEPTED,
    Code.WITHDRAWN: Fate.ACCEPTED,
    **dict.fromkeys(HOLD_ORDER, Fate.HELD),
    Code.BAD_ROW: Fate.REJECTED,
    Code.STALE: Fate.REJECTED,
    Code.UNKNOWN_RECORD: Fate.REJECTED,
}


class Action(StrEnum):
    NEW = "new"
    UPDATE = "update"
    WITHDRAW = "withdraw"


class RecordType(StrEnum):
    CRIME = "crime"
    INCIDENT = "incident"


class Role(StrEnum):
    VICTIM = "victim"
    WITNESS = "witness"
    VICTIM_WITNESS = "victim_witness"


class DeliveryKind(StrEnum):
    REFERRALS = "referrals"
    PROGRESS = "progress"


class ColumnKind(StrEnum):
    """How the text of a column is read."""

    TEXT = "text"  # as it stands, up to a length
    CODE = "code"  # one of a closed list
    YES_NO = "yes_no"
    FLAGS = "flags"
    OFFENCE = "offence"
    OUTCOME = "outcome"  # a number, perhaps with a letter
    NUMBER = "number"
    LANGUAGE = "language"
    TIMESTAMP = "timestamp"
    MOMENT = "moment"  # a date or a timestamp
    DATE = "date"
    BIRTH = "birth"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    OBJECT = "object"  # a JSON object in a string


class About(StrEnum):
    """What a column speaks of: the file it came in, the person, or the matter."""

    EXTRACT = "extract"
    PERSON = "person"
    MATTER = "matter"


class Section(StrEnum):
    """Under which heading a page shows what the force said."""

    EXTRACT = "extract"
    PERSON = "person"
    CRIME = "crime"
    CONTACT = "contact"
    CONSENT = "consent"


class DeliveryState(StrEnum):
    """A delivery is waiting, or whole and visible, or refused whole."""

    RECEIVED = "received"
    VISIBLE = "visible"
    REFUSED = "refused"


class ReferralState(StrEnum):
    LIVE = "live"
    HELD = "held"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class HoldDecision(StrEnum):
    """How a hold ended."""

    ACCEPTED = "accepted"  # worked anyway, with a reason
    RETURNED = "returned"  # sent back to the force with a code
    SUPERSEDED = "superseded"  # a later row from the force settled it


class ReturnCode(StrEnum):
    """What the force is asked to put right (reference 4.4)."""

    WRONG_DETAILS = "wrong_details"
    INSUFFICIENT_CONTACT_DETAILS = "insufficient_contact_details"
    NO_SAFE_CONTACT = "no_safe_contact"
    CONSENT_NEEDED = "consent_needed"
    GUARDIAN_NEEDED = "guardian_needed"
    OUT_OF_AREA = "out_of_area"
    DUPLICATE = "duplicate"
    NATIONALLY_COMMISSIONED = "nationally_commissioned"
    OFFENCE_CODE = "offence_code"
    UNSAFE_THIRD_PARTY_ANSWERED = "unsafe_third_party_answered"


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedColumn(Sourced):
    """One column of the feed: what it may hold.

    `lowest` and `highest` bound a number, and the length of a text. A page shows
    the column under its `section`, by its `label`.
    """

    message: DeliveryKind
    name: str
    kind: ColumnKind
    required: bool
    about: About
    lowest: int
    highest: int
    label: str
    section: Section


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedValue(Sourced):
    """One value a coded column may hold, and what it is read as."""

    column: str
    value: str
    means: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldReason(Sourced):
    """One reason to hold, and the usual way forward.

    `label` is for a list and `words` are one or two plain sentences. `return_code`
    is what the force is asked for, where that is of use.
    """

    code: Code
    label: str
    words: str
    way_forward: str
    return_code: ReturnCode | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnReason(Sourced):
    """What a force is asked to put right. It reads the `words`."""

    code: ReturnCode
    label: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit(Sourced):
    """One number that reading a feed depends on."""

    code: str
    number: int
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row cannot be read: the column and what is wrong, in words.

    `reason` never repeats the value: it may be personal.
    """

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a referral is, in the force's own numbers."""

    force_code: str
    source_system: str
    crime_ref: str
    person_ref: str


@dataclass(slots=True)
class ReadRow:
    """One row of the feed, read and checked. Absent values are None or empty.

    Times are aware, in UTC; phones are E.164 or None; postcodes are "LE1 5YA" or
    partial. What cannot be read as a phone, an e-mail address or a home postcode
    is None or empty there and stands in the `_as_given` field. `address_lines`
    keeps its places: an empty first line stays, empty last ones go.
    `content_hash` covers everything the row says about the matter, not which
    extract said it (feed_version, extract_id, extracted_at, action left out).
    `person_hash` covers the columns about the person. `holds` are the reasons
    to hold that can be told from the row alone, in HOLD_ORDER.
    """

    identity: Identity
    action: Action
    record_type: RecordType
    role: Role
    reported_at: datetime
    recorded_at: datetime | None
    occurred_from: datetime | None
    occurred_to: datetime | None
    offence_code: str
    offence_title: str
    flags: tuple[str, ...]
    location_postcode: str
    status: str
    outcome_type: str
    outcome_on: date | None
    officer_contact: str
    title: str
    given_names: str
    surname: str
    date_of_birth: date | None
    gender: str
    ethnicity_self: int | None
    language: str
    interpreter_needed: bool | None
    adjustments: str
    address_lines: tuple[str, ...]
    town: str
    postcode: str
    postcode_verified: bool
    mobile_phone: str | None
    home_phone: str | None
    mobile_phone_as_given: str
    home_phone_as_given: str
    email: str
    email_as_given: str
    postcode_as_given: str
    safe_phone: bool | None
    safe_voicemail: bool | None
    safe_sms: bool | None
    safe_email: bool | None
    safe_letter: bool | None
    contact_times: str
    preferred_method: str
    do_not_contact: bool | None
    do_not_contact_reason: str
    consent_referral: str
    consent_on: date | None
    guardian_name: str
    guardian_phone: str
    relationship_to_suspect: str
    suspect_same_address: bool | None
    suspect_ref: str
    repeat_victim: bool | None
    dash_yes_count: int | None
    asb_risk: str
    special_measures_discussed: bool | None
    vps_offered: bool | None
    acknowledged_on: date | None
    needs_assessed_on: date | None
    high_risk: bool
    content_hash: UUID
    person_hash: UUID
    holds: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stood in the file, before anyone judged it.

    `number` counts rows from 1 in file order. `text` is the row's own text
    (what is kept, encrypted, with its checksum). Either `values` (one text for
    each column of the format, in the format's order) or `fault` is set.
    """

    number: int
    text: str
    values: tuple[str, ...] | None
    fault: RowFault | None


@dataclass(frozen=True, slots=True)
class ExtractHead:
    """What every row of one delivery says about the delivery itself."""

    force_code: str
    extract_id: str
    extracted_at: datetime


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What a row is judged against. Plain values: no database, no clock.

    `now` is the time of receipt. `offence_codes` is the national list;
    `excluded_offences` the area's own. `in_area` holds the full postcodes of the
    area's districts, `elsewhere` full postcodes known to lie outside, `outwards`
    the outward codes that occur in the area (all without spaces, upper case).
    """

    head: ExtractHead
    now: datetime
    offence_codes: frozenset[str]
    excluded_offences: frozenset[str]
    in_area: frozenset[str]
    elsewhere: frozenset[str]
    outwards: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressRow:
    """One progress message, read and checked."""

    force_code: str
    source_system: str
    crime_ref: str
    suspect_ref: str
    event: str
    occurred_at: datetime
    received_at: datetime
    detail: dict[str, object]
    content_hash: UUID


@dataclass(frozen=True, kw_only=True)
class DeliveryReport:
    """What became of a delivery, as the command and the API tell it."""

    delivery_id: UUID | None
    kind: DeliveryKind
    extract_id: str
    state: DeliveryState
    rows: int
    accepted: int
    held: int
    rejected: int
    codes: dict[str, int]
    already_received: bool = False
    refusal: str = ""
