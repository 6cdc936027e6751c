"""How good a feed is, as a bar that is also words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Pattern(StrEnum):
    """How a part of a bar is filled: the pattern says what the colour says."""

    PLAIN = "plain"
    STRIPED = "striped"
    DOTTED = "dotted"


@dataclass(frozen=True, kw_only=True)
class SharePart:
    """One part of a whole, counted."""

    label: str
    count: int
    pattern: Pattern


@dataclass(frozen=True, kw_only=True)
class DrawnPart:
    """A part with where it lies: `start` and `width` in hundredths of the bar."""

    label: str
    count: str
    share: str
    pattern: Pattern
    start: str
    width: str


@dataclass(frozen=True, kw_only=True)
class ShareBar:
    """Parts of a whole as one bar. `key` is unique on the page (letters, digits)."""

    template: ClassVar[str] = "components/share_bar.html"

    key: str
    sentence: str
    parts: tuple[SharePart, ...]

    @property
    def drawn(self) -> tuple[DrawnPart, ...]:
        """Each part with its place; a bar of nothing has parts without width."""
        total = sum(part.count for part in self.parts) or 1
        start, drawn = 0.0, []
        for part in self.parts:
            width = 100 * part.count / total
            drawn.append(
                DrawnPart(
                    label=part.label,
                    count=f"{part.count:,}",
                    share=_percent(part.count, total),
                    pattern=part.pattern,
                    start=f"{start:.2f}%",
                    width=f"{width:.2f}%",
                )
            )
            start += width
        return tuple(drawn)


def _percent(count: int, total: int) -> str:
    share = 100 * count / total
    if 0 < share < 0.1:
        return "under 0.1%"
    return f"{share:.1f}%"
