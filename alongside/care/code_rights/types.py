"""Words for rights that have a way of their own: kinds, steps, fields, windows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from alongside.foundation.lib.provenance import Sourced


class FieldKind(StrEnum):
    """What is written down in a field of a step, and how it is kept.

    DATE "YYYY-MM-DD"; CHOICE a code; MANY a list of codes; TEXT text; NUMBER a whole
    number; MONEY pence, a whole number; YES_NO true or false.
    """

    DATE = "date"
    CHOICE = "choice"
    MANY = "many"
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"


class Days(StrEnum):
    """Which days a date may be."""

    PAST = "past"  # today or before
    FUTURE = "future"  # on the day of the step or after
    ANY = "any"


class Late(StrEnum):
    """What becomes of asking after the window has closed."""

    REFUSE = "refuse"
    EXPLAIN = "explain"  # the body may take it all the same: say why


class Scheme(StrEnum):
    """What a step does to somebody's place in the Victim Contact Scheme."""

    SAME = ""
    JOINS = "joins"
    LEAVES = "leaves"


class ChildRule(StrEnum):
    """A window that is longer for whoever was a child."""

    NONE = ""
    CRIMINAL_INJURIES = "criminal_injuries"


@dataclass(frozen=True, kw_only=True, slots=True)
class Body(Sourced):
    """Somebody who takes a step: who they are to the worker who writes it down."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildLimit(Sourced):
    """Until when somebody who was a child may claim: a birthday, or months counted
    from the report where it was made from the age of majority on."""

    code: ChildRule
    majority: int
    birthday: int
    months: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One of the answers to choose from."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StepField:
    """One thing that is written down with a step.

    `least` and `most` are the ends of a number or of money in pence, both included.
    `only_if` names an earlier field of the step and the codes with which this one is
    asked; otherwise it is left out. `days` is for dates. More than `aim` is kept, and
    said to be too much in the words `aim_words`.
    """

    code: str
    kind: FieldKind
    label: str
    help: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    days: Days = Days.ANY
    least: int | None = None
    most: int | None = None
    aim: int | None = None
    aim_words: str = ""
    only_if: tuple[str, tuple[str, ...]] | None = None

    def option(self, code: str) -> str:
        """The words of one of its options; the code itself where there is none."""
        return next((one.label for one in self.options if one.code == code), code)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Something that is done about a right.

    `by` are the bodies that may do it, the usual one first. `moves` are the steps
    that may follow; none ends the record. `starts` is a trigger of journey that the
    step is, `meets` the limits that it shows to be kept, `reopens` says that a
    decision to stop was overturned. `asks` marks the step that uses the window.
    `lapses` is why the running promises of the record are not owed from then on.
    `scheme` is whether the person joins or leaves the Victim Contact Scheme with it.
    """

    code: str
    label: str
    act: str
    help: str
    by: tuple[str, ...]
    moves: tuple[str, ...]
    fields: tuple[StepField, ...]
    starts: str = ""
    meets: tuple[str, ...] = ()
    asks: bool = False
    reopens: bool = False
    lapses: str = ""
    scheme: Scheme = Scheme.SAME

    @property
    def ends(self) -> bool:
        """Whether nothing follows."""
        return not self.moves

    def field(self, code: str) -> StepField | None:
        """The field of that code, if the step has it."""
        return next((one for one in self.fields if one.code == code), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Until when something may be asked for.

    `rule` is a limit of journey of the kind window. `told` names the date field of
    the asking step from which it is counted where it is known: the day on which the
    person was told. `child` is a longer rule for children.
    """

    rule: str
    late: Late
    told: str = ""
    child: ChildRule = ChildRule.NONE


@dataclass(frozen=True, kw_only=True, slots=True)
class RightKind(Sourced):
    """One version of one kind of right, and the steps it goes by.

    `right` is its number in the Code, `owner` the body that owes it. `stages` are
    those of a matter in which it may be asked for, `roles` the parts in a crime that
    have it. `crime_only`: not for incidents. `again`: there may be several at once.
    `owed_by` is a limit of journey that must be owed for it to be offered; empty where
    none need be.
    """

    code: str
    version: int
    title: str
    right: int
    owner: str
    meaning: str
    offer: str
    stages: frozenset[str]
    roles: frozenset[str]
    crime_only: bool
    again: bool
    first: tuple[str, ...]
    steps: Mapping[str, Step]
    window: Window | None
    owed_by: str = ""

    def step(self, code: str) -> Step:
        """A step by its code. KeyError where it has none."""
        return self.steps[code]


@dataclass(frozen=True, kw_only=True, slots=True)
class StepAsked:
    """A step as somebody writes it down: which, on what day, by whom, and what of it.

    `fields` are by code, kept as `FieldKind` says.
    """

    step: str
    on: date
    by: str
    fields: Mapping[str, Any]
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong with a step, in words, and the field it belongs to ("on" and "by"
    among them); empty where it belongs to none."""

    field: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowNow:
    """How a window stands: the last day, or none where nothing has opened it."""

    until: date | None
    late: Late

    def is_open(self, on: date) -> bool:
        """Whether it may be asked for on the day. Unknown counts as open."""
        return self.until is None or on <= self.until


@dataclass(frozen=True, kw_only=True, slots=True)
class StepTaken:
    """A step that was written down. `version` is that of the record afterwards."""

    step_id: UUID
    record_id: UUID
    version: int
    kind: RightKind
    step: Step
    on: date
    fields: Mapping[str, Any]
    victimisation_id: int
    suspect_ref: str
