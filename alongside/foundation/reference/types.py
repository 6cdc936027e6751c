"""Words the reference package uses: coded national lists and places."""

from dataclasses import dataclass
from datetime import date

from alongside.foundation.lib.provenance import Sourced


@dataclass(frozen=True, kw_only=True, slots=True)
class Offence(Sourced):
    """One Home Office offence code, under today's group names."""

    code: str
    title: str
    group: str
    subgroup: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(Sourced):
    """One Home Office outcome type. Type 0 is not an outcome and is never counted."""

    code: str
    label: str
    group: str
    open_data_label: str
    positive: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Ethnicity(Sourced):
    """One of the 18+1 self-defined ethnicity codes."""

    code: int
    label: str
    group: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Gender(Sourced):
    """One gender value of the feed. `also` is a short form forces send instead."""

    code: str
    label: str
    also: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag(Sourced):
    """One flag a force may put on a crime, and what follows from it."""

    code: str
    label: str
    high_risk: bool
    needs_explicit_consent: bool
    nationally_commissioned: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BankHoliday(Sourced):
    """One public holiday of England and Wales."""

    on: date
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DistrictRow(Sourced):
    """One local authority district; `area` is the policing area it belongs to."""

    code: str
    name: str
    area: str


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """One unit postcode, without its space, and the district it lies in.

    `quality` is the publisher's positional quality: 10 is best, 90 is none.
    """

    postcode: str
    district_code: str
    quality: int


@dataclass(frozen=True, slots=True)
class Geography:
    """What is needed to tell whether a postcode lies in an area.

    `in_area` and `elsewhere` hold full postcodes, `outwards` the outward codes
    (the part before the space) that occur in the area. All without spaces, upper
    case.
    """

    in_area: frozenset[str]
    elsewhere: frozenset[str]
    outwards: frozenset[str]
