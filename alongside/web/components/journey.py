"""How far somebody has come: a picture, and the same as a table."""

from dataclasses import dataclass
from typing import ClassVar

from alongside.web.components.lists import Column, DataTable


@dataclass(frozen=True, kw_only=True)
class TravelLine:
    """One question's numbers, oldest first; none where it was not answered.

    `least` and `most` are the ends of its scale.
    """

    words: str
    least: int
    most: int
    numbers: tuple[int | None, ...]
    more_is_better: bool = True

    @property
    def ends(self) -> tuple[int, int] | None:
        """The first and the newest number; none unless there are two."""
        known = [number for number in self.numbers if number is not None]
        return (known[0], known[-1]) if len(known) > 1 else None

    @property
    def change(self) -> str:
        """What changed between the first and the newest, in words."""
        if self.ends is None:
            return "Asked once"
        first, newest = self.ends
        if first == newest:
            return "The same"
        up = newest > first
        better = "Better" if up is self.more_is_better else "Worse"
        return f"{better} by {abs(newest - first)}"


@dataclass(frozen=True, kw_only=True)
class DrawnTravel:
    """A line of the picture: where its marks lie, in hundredths and pixels."""

    words: str
    text_y: int
    mark_y: int
    first: str
    newest: str
    left: str
    width: str


@dataclass(frozen=True, kw_only=True)
class Travel:
    """The distance travelled, question by question. `key` is unique on the page."""

    template: ClassVar[str] = "components/travel.html"
    line: ClassVar[int] = 46
    inset: ClassVar[float] = 2.0  # so that a mark at the end of a scale is whole

    key: str
    moments: tuple[str, ...]
    lines: tuple[TravelLine, ...]

    @property
    def height(self) -> int:
        """How high the picture is, in pixels."""
        return self.line * len(self.drawn)

    @property
    def drawn(self) -> tuple[DrawnTravel, ...]:
        """The lines that have two numbers."""
        known = [line for line in self.lines if line.ends is not None]
        return tuple(self._draw(line, place) for place, line in enumerate(known))

    @property
    def table(self) -> DataTable:
        """The same as a table."""
        return DataTable(
            caption="How things were at each moment",
            columns=(
                Column(heading="Question"),
                *(Column(heading=moment, numeric=True) for moment in self.moments),
                Column(heading="Change"),
            ),
            rows=tuple(
                (
                    line.words,
                    *("-" if n is None else f"{n}" for n in line.numbers),
                    line.change,
                )
                for line in self.lines
            ),
        )

    def _draw(self, line: TravelLine, place: int) -> DrawnTravel:
        first, newest = line.ends or (line.least, line.least)
        at = [self._across(line, number) for number in (first, newest)]
        return DrawnTravel(
            words=f"{line.words} {first} to {newest}",
            text_y=place * self.line + 18,
            mark_y=place * self.line + 32,
            first=f"{at[0]:.2f}%",
            newest=f"{at[1]:.2f}%",
            left=f"{min(at):.2f}%",
            width=f"{abs(at[1] - at[0]):.2f}%",
        )

    def _across(self, line: TravelLine, number: int) -> float:
        room = 100 - 2 * self.inset
        return self.inset + room * (number - line.least) / max(
            line.most - line.least, 1
        )


@dataclass(frozen=True, kw_only=True)
class WayStep:
    """One stage on a way: what it is called, since when, and why it came there."""

    label: str
    since: str
    words: str = ""
    now: bool = False


@dataclass(frozen=True, kw_only=True)
class Way:
    """How far one matter has come: its stages in order, the last where it is now.

    `about` says whose way it is, `meaning` what the stage means, and `who_tells` who
    tells the person what is next.
    """

    template: ClassVar[str] = "components/way.html"

    heading: str
    about: str
    steps: tuple[WayStep, ...]
    meaning: str
    who_tells: str
