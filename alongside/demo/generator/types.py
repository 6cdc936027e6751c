"""Words of the generator: people who never lived, and what is written of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What somebody is in their household; each is a trap for whoever links."""

    ADULT = "adult"
    PARTNER = "partner"
    CHILD = "child"
    TWIN = "twin"
    SENIOR = "senior"  # a parent with a child of the same name
    JUNIOR = "junior"
    ELDER = "elder"
    LODGER = "lodger"
    RESIDENT = "resident"  # of a hostel


class Arrival(NamedTuple):
    """One record as somebody wrote it down; any field but `id` may be empty."""

    id: str
    given_names: str
    surname: str
    date_of_birth: str
    gender: str
    postcode: str
    address: str
    phone: str
    email: str


class Truth(NamedTuple):
    """Whose record it is. Nobody but a test may look."""

    id: str
    person: int
    household: int
    role: str


class Home(NamedTuple):
    """Where somebody lives."""

    address: str
    postcode: str


@dataclass(slots=True)
class Human:
    """Somebody, and the one change that may come in each thing about them.

    Times are parts of the span that the records cover, from 0 to 1; a change at 2
    never comes.
    """

    number: int
    household: int
    role: Role
    origin: str
    female: bool
    given: str
    middle: str
    surname: str
    born: date
    home: Home
    phone: str
    email: str
    next_surname: str = ""
    marries: float = 2.0
    next_home: Home | None = None
    moves: float = 2.0
    next_phone: str = ""
    changes_phone: float = 2.0
    next_email: str = ""
    changes_email: float = 2.0
