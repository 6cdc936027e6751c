"""The words of a feed and of what becomes of its rows, and rows of their tables."""

from dataclasses import dataclass
from enum import StrEnum

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
    ERASED = "erased"  # sent before, and erased since

    BAD_ROW = "bad_row"
    STALE = "stale"
    UNKNOWN_RECORD = "unknown_record"
    WAITING_FOR_REFERRAL = "waiting_for_referral"  # news of a crime not yet referred


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
    Code.ERASED,
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
    Code.WAITING_FOR_REFERRAL: Fate.HELD,
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
