"""Words the assessment package uses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.foundation.lib.provenance import Sourced


class GroundCode(StrEnum):
    """Why enhanced support is owed (Victims' Code, enhanced rights)."""

    MOST_SERIOUS = "A"
    PERSISTENTLY_TARGETED = "B"
    VULNERABLE = "C1"
    INTIMIDATED = "C2"
    DISCRETION = "D"


class BasisKind(StrEnum):
    """What a ground rests on."""

    FLAG = "flag"
    OFFENCE = "offence"
    AGE = "age"
    FIELD = "field"
    WORKER = "worker"
    HISTORY = "history"  # what linking brought together
    ANSWERS = "answers"  # of an assessment


class GroundState(StrEnum):
    """Where a ground stands. It counts until somebody declines it."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    ENDED = "ended"  # what it rested on is no longer so, or it was decided anew


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground(Sourced):
    """One ground of enhanced support."""

    code: GroundCode
    label: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator(Sourced):
    """One thing on a referral that raises a ground.

    For a flag or an offence `value` is its code. For a field, `field` is the
    column and `value` what it says, or `at_least` the number from which it counts.
    For an age, `below` is the age in years at the time of the offence. For what is
    known of other crimes (history), `field` is what is counted, one of COUNTS.
    """

    ground: GroundCode
    basis: BasisKind
    words: str
    value: str = ""
    field: str = ""
    at_least: int | None = None
    below: int | None = None


@dataclass(slots=True)
class CrimeFacts:
    """What a referral says that bears on the grounds.

    `occurred_on` is the last day on which the crime is said to have happened;
    `crimes_lately` counts the crimes against the person that we know of in the time
    that `casework` counts repeats over, this one among them; `suspect_crimes_lately`
    those of them in which the force names the suspect of this one.
    """

    flags: tuple[str, ...]
    offence_code: str
    occurred_on: date | None
    reported_on: date
    date_of_birth: date | None
    repeat_victim: bool | None
    special_measures_discussed: bool | None
    record_type: str
    relationship_to_suspect: str
    dash_yes_count: int | None
    asb_risk: str
    crimes_lately: int | None = None
    suspect_crimes_lately: int | None = None
    address_crimes_lately: int | None = None  # counted after it has arrived


# What crimes against somebody may be counted by, as the names of facts.
COUNTS = ("crimes_lately", "suspect_crimes_lately", "address_crimes_lately")


@dataclass(frozen=True, slots=True)
class GroundFound:
    """A ground and what it rests on. Never holds a date of birth."""

    ground: GroundCode
    basis: BasisKind
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class IndicatorBook:
    """The indicators in force from one day, arranged to be looked up quickly.

    `fields` holds, for each column, what its answers raise; `at_least` the columns
    that count from a number; `below` the ages in years.
    """

    since: date
    flags: Mapping[str, tuple[GroundFound, ...]]
    offences: Mapping[str, tuple[GroundFound, ...]]
    fields: tuple[tuple[str, Mapping[object, tuple[GroundFound, ...]]], ...]
    at_least: tuple[tuple[str, int, GroundFound], ...]
    below: tuple[tuple[int, GroundFound], ...]
