"""The small parts that the larger components share."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Tone(StrEnum):
    """What a tag means. The colour only repeats what its word says."""

    PLAIN = "grey"
    GOOD = "green"
    SOON = "yellow"
    LATE = "red"
    INFO = "teal"
    SPECIAL = "purple"


@dataclass(frozen=True, kw_only=True)
class Tag:
    """One or two words that sort a row or a person."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, kw_only=True)
class Link:
    """Somewhere to go. `about` tells apart links that read the same."""

    text: str
    href: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """A button that opens the page where something is done."""

    text: str
    href: str
    about: str = ""
    primary: bool = False


@dataclass(frozen=True, kw_only=True)
class EmptyState:
    """What stands where a list would, and what to do about it."""

    template: ClassVar[str] = "components/empty_state.html"

    heading: str
    text: str = ""
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Stat:
    """A count, and what it counts. `attention` marks one that should be nought."""

    number: str
    words: str
    href: str = ""
    attention: bool = False


@dataclass(frozen=True, kw_only=True)
class StatRow:
    """A few counts side by side."""

    template: ClassVar[str] = "components/stat_row.html"

    label: str
    stats: tuple[Stat, ...]
