"""Words of matching: whether two records are about one human being.

Nothing here knows of a database. A record in its standard form, what comparing two
of them came to, and what is to be done about it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from alongside.foundation.lib.provenance import Sourced

NOT_COMPARED = -1


class Standard(NamedTuple):
    """One record as it is compared: folded to ASCII, placeholders taken out.

    Every field is text; empty where it is not known. `given` and `surname` are in
    lower case; `root` is the first given name in its common form ("bill" is
    "william"); the codes say how they sound. `born` is an ISO date, `sex` "f" or "m".
    """

    given: str = ""
    surname: str = ""
    root: str = ""
    given_code: str = ""
    surname_code: str = ""
    born: str = ""
    sex: str = ""
    postcode: str = ""
    address: str = ""
    phone: str = ""
    other_phone: str = ""
    email: str = ""


class Levels(NamedTuple):
    """How far two records agree, field by field: 0 is best, -1 not to be compared."""

    name: int
    born: int
    sex: int
    place: int
    phone: int
    email: int


class Compared(NamedTuple):
    """The weight of the evidence that two records are one person, and its parts.

    `weight` is log2 of the odds, the prior included.
    """

    weight: float
    levels: Levels


class Band(StrEnum):
    """What is done about two records."""

    LINK = "link"
    REVIEW = "review"
    NEW = "new"


class Why(StrEnum):
    """Which rule of the guards decided. The words are in `data/guards.toml`."""

    AGREE = "agree"
    WEAK = "weak"
    TWIN = "twin"
    HOUSEHOLD = "household"
    NAMESAKE = "namesake"
    BORN_DIFFERS = "born_differs"
    BORN_MISSING = "born_missing"
    NAME_MISSING = "name_missing"
    SEX_DIFFERS = "sex_differs"
    SURNAME_DIFFERS = "surname_differs"
    ONE_FACT = "one_fact"
    TWO_FIT = "two_fit"
    CONTRADICTED = "contradicted"
    NEVER_LINK = "never_link"
    OTHER_SIDE = "other_side"
    TOO_COMMON = "too_common"


class Judged(NamedTuple):
    """What the guards say of two records."""

    band: Band
    why: Why


class Candidate(NamedTuple):
    """A record that is known already, which an arrival may be another record of."""

    person: int
    record: int
    standard: Standard


class Likeness(NamedTuple):
    """One person an arrival may be: by which of their records, and how alike."""

    person: int
    record: int
    compared: Compared
    judged: Judged


@dataclass(frozen=True, slots=True)
class Decision:
    """Who an arrival is.

    `person` is None where it is somebody new. `best` is what it was linked by, where
    it was. `reviews` are the people it might be, for somebody to look at, best first;
    `household` are people who seem to live with them.
    """

    band: Band
    person: int | None
    best: Likeness | None
    reviews: tuple[Likeness, ...]
    household: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GuardRow(Sourced):
    """One rule of the guards in words, for the reviewer and the documents."""

    code: Why
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchLimit(Sourced):
    """One number of matching; `meaning` says in what unit."""

    code: str
    number: float
    meaning: str
