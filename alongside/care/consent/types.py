"""Words the consent package uses: what somebody agreed to, and how we know."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.foundation.lib.provenance import Sourced


class EntryKind(StrEnum):
    """What one line of the ledger says."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RELIED_ON = "relied_on"  # we share on another lawful basis than consent


class BasisCode(StrEnum):
    """The lawful bases; their rows are in `data/bases.toml`."""

    CONSENT = "consent"
    EXPLICIT_CONSENT = "explicit_consent"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"


class Way(StrEnum):
    """How somebody said it."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    ONLINE = "online"
    POLICE = "police"  # told by the police with the referral


class Giver(StrEnum):
    """Who said it."""

    PERSON = "person"
    GUARDIAN = "guardian"
    ATTORNEY = "attorney"
    COURT = "court"


class Standing(StrEnum):
    """How one purpose with one recipient stands now."""

    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Purpose(Sourced):
    """What information is used for. `facets` are offered first on a form.

    `to_others` is false for what only this service itself does.
    """

    code: str
    label: str
    meaning: str
    facets: frozenset[str]
    to_others: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis(Sourced):
    """A lawful basis and its article.

    `against_wishes`: it holds although the person has refused or withdrawn.
    """

    code: BasisCode
    label: str
    meaning: str
    article: str
    is_consent: bool
    against_wishes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GivingRule(Sourced):
    """Who may consent for whom, from an age up to another (exclusive).

    `needs_assessment`: somebody who knows them must have found that they understand.
    `needs_unsafe`: only where asking a parent or guardian would not be safe.
    """

    giver: Giver
    from_age: int
    below_age: int | None
    needs_assessment: bool
    needs_unsafe: bool
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Who gave consent, how old the person was, and what was made sure of.

    `assessed_by` says who found that a young person understands: a name or an office.
    `guardian_checked`: the one who recorded it made sure that the parent or guardian
    is not suspected of the crime. `unsafe_to_ask`: asking a guardian would put the
    child at risk.
    """

    giver: Giver
    age: int
    assessed_by: str = ""
    guardian_checked: bool = False
    unsafe_to_ask: bool = False
