"""What the page about the quality of linking shows: pictures, each with its figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.care.linking.types import Backlog, LinkMonth
from alongside.web.components.base import EmptyState, Link, Stat, StatRow
from alongside.web.components.evidence import MonthChart, MonthParts
from alongside.web.components.lists import Column, DataTable
from alongside.web.words import say_count, say_day, say_days_since, say_share
from alongside.workflows.review_people import QualityView

NO_MONTHS = EmptyState(
    heading="Nothing has arrived yet",
    text="Once records arrive, each month is counted here.",
)
FILE_HEAD = (
    *("month", "linked", "to_review", "new", "answered_same", "answered_not_same"),
    *("overturned", "asked_again", "agreed"),
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One question about quality: a picture with its figures, or why there is none."""

    heading: str
    words: str
    chart: MonthChart | None = None
    table: DataTable | None = None
    nothing: str = ""


@dataclass(frozen=True, kw_only=True)
class QualityPage:
    """How linking goes."""

    title: str
    warning: str
    stats: StatRow
    sections: tuple[Section, ...]
    weights: DataTable
    empty: EmptyState


def quality(view: QualityView, *, now: datetime) -> QualityPage:
    """The page about quality."""
    return QualityPage(
        title="How linking goes",
        warning=view.unusable,
        stats=_stats(view, now),
        sections=tuple(_sections(view)) if view.months else (),
        weights=_weights(view),
        empty=NO_MONTHS,
    )


def _sections(view: QualityView) -> Iterator[Section]:
    months = view.months
    yield _drawn(
        key="bands",
        heading="What became of records that arrived",
        words="Linked: put to somebody known without anybody looking.",
        labels=("Linked", "To review", "New"),
        rows=[(_month(m), m.linked, m.to_review, m.fresh) for m in months],
    )
    yield _ages(view.backlog)
    yield _drawn(
        key="answers",
        heading="What reviewers answered",
        words="By the month of the answer.",
        labels=("The same person", "Not the same"),
        rows=[(_month(m), m.same, m.not_same) for m in months],
        nothing="Nobody has answered anything yet.",
    )
    yield _drawn(
        key="overturned",
        heading="Links that were overturned",
        words="People parted again, and links that a reviewer said no to.",
        labels=("Overturned",),
        rows=[(_month(m), m.overturned) for m in months],
        nothing="Nothing was overturned in these months.",
    )
    yield _agreement(months)


def _ages(backlog: Backlog) -> Section:
    rows = (
        ("Up to a week", backlog.waiting - backlog.over_a_week),
        ("One to four weeks", backlog.over_a_week - backlog.over_a_month),
        ("More than four weeks", backlog.over_a_month),
    )
    return _drawn(
        key="ages",
        heading="How long tasks have waited",
        words="Tasks that nobody has answered yet, by their age today.",
        labels=("Waiting",),
        rows=rows,
        first="Age",
        nothing="Nothing waits for a reviewer.",
    )


def _agreement(months: Sequence[LinkMonth]) -> Section:
    again = sum(month.asked_again for month in months)
    agreed = sum(month.agreed for month in months)
    words = (
        "Some answers are asked again of another reviewer, who cannot tell. Nothing"
        " comes of the second answer; it shows how often two people agree."
    )
    if again:
        share = say_share(agreed / again)
        words += (
            f" Asked again {say_count(again, 'time')}, agreed {agreed:,} ({share})."
        )
    return _drawn(
        key="agreement",
        heading="How often reviewers agree",
        words=words,
        labels=("Agreed", "Did not agree"),
        rows=[
            (_month(m), m.agreed, m.asked_again - m.agreed)
            for m in months
            if m.asked_again
        ],
        nothing="Nothing has been asked again yet.",
    )


def _drawn(
    *,
    key: str,
    heading: str,
    words: str,
    labels: tuple[str, ...],
    rows: Iterable[tuple[str, *tuple[int, ...]]],
    nothing: str = "",
    first: str = "Month",
) -> Section:
    """A picture and the same as a table; neither where there is nothing to count."""
    lines = list(rows)
    if nothing and not any(sum(counts) for _, *counts in lines):
        return Section(heading=heading, words=words, nothing=nothing)
    return Section(
        heading=heading,
        words=words,
        chart=MonthChart(
            key=key,
            title=f"By {first.lower()}",
            labels=labels,
            months=tuple(
                MonthParts(label=label, counts=tuple(counts))
                for label, *counts in lines
            ),
        ),
        table=DataTable(
            caption=f"{heading}, in figures",
            columns=(
                Column(heading=first),
                *(Column(heading=label, numeric=True) for label in labels),
            ),
            rows=tuple(
                (label, *(f"{count:,}" for count in counts)) for label, *counts in lines
            ),
        ),
    )


def _stats(view: QualityView, now: datetime) -> StatRow:
    backlog = view.backlog
    oldest = say_days_since(backlog.oldest, now) if backlog.oldest else "none"
    return StatRow(
        label="What waits for a reviewer",
        stats=(
            Stat(number=f"{backlog.waiting:,}", words="tasks wait"),
            Stat(number=f"{backlog.asked:,}", words="of them with a question"),
            Stat(number=f"{backlog.over_a_week:,}", words="for more than a week"),
            Stat(
                number=f"{backlog.over_a_month:,}",
                words="for more than four weeks",
                attention=backlog.over_a_month > 0,
            ),
            Stat(number=oldest, words="the oldest"),
        ),
    )


def _month(month: LinkMonth) -> str:
    return f"{month.month:%B %Y}"


def _weights(view: QualityView) -> DataTable:
    live = view.weights
    rows: list[tuple[str | Link, ...]] = []
    if live is None:
        rows.append(("Version", view.version))
        rows.append(("Learnt from", "Invented people: these came with the product"))
    else:
        rows.append(("Version", live.version))
        rows.append(("Learnt from", say_count(live.records, "record") + " of the area"))
        rows.append(("In use since", say_day(live.live_from.date())))
        rows += [
            (name.replace("_", " ").capitalize(), _figure(figure))
            for name, figure in sorted(live.evaluation.items())
            if isinstance(figure, int | float | str)
        ]
    return DataTable(
        caption="The weights in use",
        columns=(Column(heading="What"), Column(heading="Figure")),
        rows=tuple(rows),
    )


def _figure(figure: object) -> str:
    if isinstance(figure, float):
        return f"{figure:,.4f}".rstrip("0").rstrip(".")
    return f"{figure:,}" if isinstance(figure, int) else str(figure)


def file_rows(view: QualityView) -> list[tuple[object, ...]]:
    """The months as lines of a file."""
    return [(f"{month.month:%Y-%m}", *month[1:]) for month in view.months]
