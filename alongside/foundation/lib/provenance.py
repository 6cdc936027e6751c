"""Where a row of data comes from, how sure we are of it, and when it holds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Confidence(StrEnum):
    """How far a row may be trusted, strongest first."""

    OFFICIAL = "official"  # read in the official text itself
    OPEN_DATA = "open_data"  # carried over from a published open data file
    SECOND_HAND = "second_hand"  # read in a page that re-tells the official text
    MEMORY = "memory"  # professional knowledge, to be checked against the text
    LOCAL = "local"  # this service's own choice, not a national rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Sourced:
    """What every row of data carries besides its own words.

    `in_force_until` is exclusive: the first day on which the row no longer holds.
    """

    source: str
    confidence: Confidence
    in_force_from: date
    in_force_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on the day."""
        until = self.in_force_until
        return self.in_force_from <= day and (until is None or day < until)
