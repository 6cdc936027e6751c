"""Words the linking package uses: who is who, and how that was told."""

from dataclasses import dataclass
from enum import StrEnum


class KeyKind(StrEnum):
    """What two records share besides name and date of birth. Values are words."""

    PHONE = "phone number"
    EMAIL = "e-mail address"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """Rows that are about one person, in the order they came.

    `known_person` is who it is among people already known, the longest known where
    the rows meet several; `known_people` are all of them: more than one means that
    one human being may be held twice. `matched_on` says for each of `rows` what it
    shares with another row or a known person: nothing, where the person is new and
    has that row alone.
    """

    rows: tuple[int, ...]
    known_person: int | None
    known_people: tuple[int, ...]
    matched_on: tuple[tuple[KeyKind, ...], ...]


class ReviewState(StrEnum):
    """What has been said about two records that may be one person's."""

    OPEN = "open"
    ASKED = "asked"  # somebody is being asked: a supervisor, or the person
    SAME = "same"
    NOT_SAME = "not_same"
    SETTLED = "settled"  # by something else: a merge, an erasure, a newer record


class HouseholdSaid(StrEnum):
    """What somebody who knows said of a hint that two people live together."""

    TOGETHER = "together"
    NOT = "not"
