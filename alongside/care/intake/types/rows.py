"""Rows on their way through a delivery, and what is told of them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.care.intake.types.words import (
    Action,
    Code,
    DeliveryKind,
    DeliveryState,
    RecordType,
    Role,
)


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
