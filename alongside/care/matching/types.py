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
    INITIAL = "initial"
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


class Limits(NamedTuple):
    """The numbers of matching; what each means is said in `data/limits.toml`."""

    link: float
    link_apart: float
    review: float
    review_apart: float
    clear: float
    reviews: int
    crowd: int
    name_alike: float
    address_alike: float
    short_name: int
    longest_name: int
    longest_text: int
    alike_letters: int
    phone_digits: int
    phone_longest: int
    first_year: int
    last_year: int


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


class Part(NamedTuple):
    """What one field adds to the weight. `level` is as in `Levels`.

    The fields are those of `Levels`, before them "prior", and "rarity": what a rare
    or a common name adds or takes.
    """

    field: str
    level: int
    weight: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Who an arrival is.

    `person` is None where it is somebody new. `best` is what it was linked by, where
    it was; or the person it fits but must not be linked with. `reviews` are the
    people it might be, for somebody to look at, best first; `household` are people
    who seem to live with them.
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


@dataclass(frozen=True, kw_only=True, slots=True)
class NameFamily(Sourced):
    """Given names that are forms of one name, `root`.

    A `prefix` is a name that comes before the one a person is called by, as Mohammed
    in "Mohammed Hassan".
    """

    root: str
    forms: frozenset[str]
    origin: str
    prefix: bool


class FillerKind(StrEnum):
    """What a list of words that say nothing, or say one thing, is about."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    NAME_START = "name_start"
    TITLE = "title"
    AFTER_NAME = "after_name"
    NAME_ENDING = "name_ending"
    DATE = "date"
    FEMALE = "female"
    MALE = "male"
    POSTCODE = "postcode"
    POSTCODE_START = "postcode_start"
    ADDRESS = "address"
    ADDRESS_PART = "address_part"
    PHONE = "phone"
    EMAIL_NAME = "email_name"
    EMAIL_DOMAIN = "email_domain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Filler(Sourced):
    """What people and systems write where they know nothing, of one kind."""

    kind: FillerKind
    values: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Street(Sourced):
    """A word of addresses and its short form."""

    short: str
    full: str


class BadModel(ValueError):
    """Weights that cannot be used: one sentence says why."""
