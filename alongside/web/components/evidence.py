"""Two records side by side, and how much each agreement says: a picture, and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from alongside.web.components.feed import Pattern
from alongside.web.components.lists import Column, DataTable


class Agreement(StrEnum):
    """How far two values agree."""

    SAME = "same"
    NEARLY = "nearly"
    DIFFERENT = "different"
    NOT_KNOWN = "not_known"

    @property
    def sign(self) -> str:
        """The mark a sighted reader sees."""
        return _SIGNS[self]

    @property
    def words(self) -> str:
        """The words that stand beside it."""
        return _WORDS[self]


_SIGNS = {
    Agreement.SAME: "=",
    Agreement.NEARLY: "≈",
    Agreement.DIFFERENT: "≠",
    Agreement.NOT_KNOWN: "?",
}
_WORDS = {
    Agreement.SAME: "The same",
    Agreement.NEARLY: "Partly the same",
    Agreement.DIFFERENT: "Different",
    Agreement.NOT_KNOWN: "Not known",
}


@dataclass(frozen=True, kw_only=True)
class Value:
    """What one record says, line by line. `note` is what else there is to know."""

    lines: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One field of both records. `agreement` is None where none was worked out."""

    name: str
    first: Value
    second: Value
    agreement: Agreement | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """Two records, field by field. The headings say which is which and who said it."""

    template: ClassVar[str] = "components/side_by_side.html"

    first: Value
    second: Value
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one part of the evidence adds or takes."""

    label: str
    detail: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class DrawnStep:
    """A step with where its bar lies: in hundredths of the width, and in pixels."""

    words: str
    pattern: Pattern
    start: str
    width: str
    text_y: int
    bar_y: int


@dataclass(frozen=True, kw_only=True)
class WeightFall:
    """How the weight of the evidence comes together, step by step, to its sum.

    `enough` is from which sum on two records may be linked without anybody looking.
    `key` is unique on the page.
    """

    template: ClassVar[str] = "components/weight_fall.html"
    line: ClassVar[int] = 46

    key: str
    steps: tuple[Step, ...]
    enough: float

    @property
    def total(self) -> float:
        """The sum of all steps."""
        return sum(step.weight for step in self.steps)

    @property
    def height(self) -> int:
        """How high the picture is, in pixels."""
        return self.line * (len(self.steps) + 1)

    @property
    def description(self) -> str:
        """The picture in one sentence."""
        said = "above" if self.total >= self.enough else "below"
        return (
            f"Each bar starts where the one above it ends. All together they come to"
            f" {_signed(self.total)}, {said} {_signed(self.enough)}, the line from"
            " which on the evidence alone would be enough."
        )

    @property
    def drawn(self) -> tuple[DrawnStep, ...]:
        """Each step's bar, from where the one before ended; the sum last."""
        at = 0.0
        drawn: list[DrawnStep] = []
        for step in self.steps:
            pattern = Pattern.PLAIN if step.weight >= 0 else Pattern.STRIPED
            ends = (at, at + step.weight)
            drawn.append(self._bar(step, pattern, len(drawn), ends))
            at += step.weight
        last = Step(label="All together", detail="", weight=at)
        return (*drawn, self._bar(last, Pattern.DOTTED, len(drawn), (0.0, at)))

    @property
    def enough_at(self) -> str:
        """Where the line stands."""
        return self._across(self.enough)

    @property
    def nought_at(self) -> str:
        """Where neither more nor less is said."""
        return self._across(0.0)

    @property
    def table(self) -> DataTable:
        """The same as a table."""
        rows = [(step.label, step.detail, _signed(step.weight)) for step in self.steps]
        return DataTable(
            caption="What each part says",
            columns=(
                Column(heading="What"),
                Column(heading="How it agrees"),
                Column(heading="Weight", numeric=True),
            ),
            rows=(*rows, ("All together", "", _signed(self.total))),
        )

    def _bar(
        self, step: Step, pattern: Pattern, place: int, ends: tuple[float, float]
    ) -> DrawnStep:
        left, right = sorted(ends)
        least, most = self._range
        width = max(100 * (right - left) / (most - least), 0.4)
        return DrawnStep(
            words=f"{step.label} {_signed(step.weight)}",
            pattern=pattern,
            start=self._across(left),
            width=f"{width:.2f}%",
            text_y=place * self.line + 18,
            bar_y=place * self.line + 25,
        )

    @property
    def _range(self) -> tuple[float, float]:
        sums, at = [0.0, self.enough], 0.0
        for step in self.steps:
            at += step.weight
            sums.append(at)
        least, most = min(sums), max(sums)
        return least, max(most, least + 1)

    def _across(self, weight: float) -> str:
        least, most = self._range
        return f"{100 * (weight - least) / (most - least):.2f}%"


@dataclass(frozen=True, kw_only=True)
class MonthParts:
    """One month's counts, in the order of the chart's `labels`."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DrawnMonth:
    """A month with its bars: (pattern, start, width) in hundredths."""

    words: str
    parts: tuple[tuple[Pattern, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class MonthChart:
    """Counts by month, or by another group, as bars of up to three parts. The words of
    each stand above its bar and break where the screen is narrow. `key` is unique on
    the page."""

    template: ClassVar[str] = "components/month_chart.html"

    key: str
    title: str
    labels: tuple[str, ...]
    months: tuple[MonthParts, ...]

    @property
    def legend(self) -> tuple[tuple[Pattern, str], ...]:
        """What each pattern means."""
        return tuple(zip(Pattern, self.labels, strict=False))

    @property
    def drawn(self) -> tuple[DrawnMonth, ...]:
        """Each month's bar, the longest as wide as the picture."""
        most = max((sum(month.counts) for month in self.months), default=0) or 1
        return tuple(
            DrawnMonth(
                words=f"{month.label}: {sum(month.counts):,}",
                parts=tuple(_stacked(month.counts, most)),
            )
            for month in self.months
        )


def _stacked(counts: Sequence[int], most: int) -> list[tuple[Pattern, str, str]]:
    start, parts = 0.0, []
    for pattern, count in zip(Pattern, counts, strict=False):
        width = 100 * count / most
        parts.append((pattern, f"{start:.2f}%", f"{width:.2f}%"))
        start += width
    return parts


def _signed(weight: float) -> str:
    """A weight as it is read: "+4.2", "−3.0" with a true minus."""
    rounded = round(weight, 1) or 0.0
    return f"+{rounded:.1f}" if rounded >= 0 else f"−{-rounded:.1f}"
