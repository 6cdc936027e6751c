"""How promises were kept: a sentence, a picture, a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from alongside.care.journey.tables.rights import CODE_RIGHTS
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.compliance import CountBy, Kept
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.evidence import MonthChart, MonthParts
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
)
from alongside.web.owed.pages import HOLDERS, choice, right_words
from alongside.web.periods import Period, periods
from alongside.web.words import say_count, say_day
from alongside.workflows.read_compliance import LEAST, Compliance, Group

BY = {
    CountBy.RIGHT: "Right",
    CountBy.HOLDER: "Who owed it",
    CountBy.HOLDER_RIGHT: "Who owed it, and right",
    CountBy.RULE: "Promise",
    CountBy.MONTH: "Month it was due",
    CountBy.CRIME_GROUP: "Crime group",
    CountBy.AGE_BAND: "Age when it began",
    CountBy.SEX: "Sex or gender",
    CountBy.ETHNICITY: "Ethnicity",
    CountBy.ADJUSTMENTS: "Adjustments",
    CountBy.TIER: "Support owed",
    CountBy.DISTRICT: "Where they live",
    CountBy.TEAM: "Team",
}
KEPT = {
    Kept.MET: "Kept in time",
    Kept.LATE: "Kept late",
    Kept.MISSED: "Past its day, nothing shows it was kept",
    Kept.NOT_OWED: "Not owed",
    Kept.CANNOT_SAY: "Cannot say",
}
# What no number of days is set for is never late: it is kept, or nobody has said.
STANDING = {
    Kept.MET: "Known to be done",
    Kept.NOT_OWED: "Not owed",
    Kept.CANNOT_SAY: "Nobody has said",
}
DRAWN = (Kept.MET, Kept.LATE, Kept.MISSED)
HIDDEN = "not told"
SMALL = (
    f"Counts under {LEAST} are not told, nor those from which they could be worked out:"
    " they may tell who somebody is."
)
DISABILITY = (
    "Forces do not tell us of a disability. What is counted here is whether adjustments"
    " are on record."
)
WHOLE_MONTHS = (
    "Only whole months that are over are counted: of two counts a day apart, the"
    " difference could be one person."
)
NOT_DRAWN = (
    "Left out of the picture: {} of the table, of which a part is too small to be told."
)
WITHOUT_A_DAY = "Count also what is owed without a deadline"
STANDING_HEAD = ("group", *(kept.value for kept in STANDING))
FILE_HEAD = ("group", *(kept.value for kept in Kept))
NOTHING = EmptyState(
    heading="No promise was due in this time",
    text="A promise counts in the time in which its last day falls.",
)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was chosen above the counts."""

    period: Period
    by: CountBy
    holder: DutyHolder | None
    right: int | None
    standing: bool = False

    def query(self, **more: object) -> str:
        """The choice as part of an address."""
        values = {
            "period": self.period.code,
            "by": self.by.value,
            "holder": self.holder or "",
            "right": "" if self.right is None else str(self.right),
            "standing": "yes" if self.standing else "",
        }
        return f"?{urlencode(values | more)}"


@dataclass(frozen=True, kw_only=True)
class CompliancePage:
    """How promises were kept in a time."""

    title: str
    said: tuple[str, ...]
    filters: FilterRow
    notes: tuple[str, ...]
    chart: MonthChart | None
    table: DataTable | None
    reasons: DataTable | None
    standing: DataTable | None
    standing_link: Link
    empty: EmptyState


def compliance(found: Compliance, chosen: Chosen, *, on: date) -> CompliancePage:
    """The page of a time, by a group."""
    notes = [SMALL] if found.hides else []
    if chosen.by is CountBy.ADJUSTMENTS:
        notes.append(DISABILITY)
    chart = _chart(found, chosen)
    left_out = len(found.groups) - len(chart.months)
    if chart.months and left_out:
        notes.append(NOT_DRAWN.format(say_count(left_out, "line")))
    return CompliancePage(
        title="How promises were kept",
        said=(*_sentences(found, chosen), WHOLE_MONTHS),
        filters=_filters(found, chosen, on),
        notes=tuple(notes),
        chart=chart if chart.months else None,
        table=_table(found, chosen) if found.groups else None,
        reasons=_reasons(found),
        standing=_standing(found, chosen) if found.standing else None,
        standing_link=_standing_link(found, chosen),
        empty=NOTHING,
    )


def _sentences(found: Compliance, chosen: Chosen) -> Iterator[str]:
    last = chosen.period.until - timedelta(days=1)
    span = f"from {say_day(chosen.period.since)} to {say_day(last)}"
    if not found.groups:
        yield f"No promise was due {span}."
        return
    total = found.total
    owed = (
        f"Of {say_count(found.owed, 'promise')} that fell due {span}"
        if found.owed is not None
        else f"Of the promises that fell due {span}"
    )
    yield (
        f"{owed}, {_some(total[Kept.MET])} were kept in time and"
        f" {_some(total[Kept.LATE])} late; of {_some(total[Kept.MISSED])} nothing shows"
        " that they were kept."
    )
    yield (
        f"{_some(total[Kept.NOT_OWED]).capitalize()} more were not owed, and of"
        f" {_some(total[Kept.CANNOT_SAY])} nobody can say."
    )
    if found.crimes:
        yield (
            f"In {_some(found.without)} of {_some(found.crimes)} crimes with a promise"
            " that counts from when the news was received, that day is not known."
        )


def _say(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"


def _some(number: int | None) -> str:
    """A number within a sentence; a few are not told, and none is not hidden."""
    return "some" if number is None else f"{number:,}"


def _chart(found: Compliance, chosen: Chosen) -> MonthChart:
    """Of the groups whose counts are all told: a part left out would look like none."""
    return MonthChart(
        key="kept",
        title=f"Promises past their day, by {BY[chosen.by].lower()}",
        labels=tuple(KEPT[kept] for kept in DRAWN),
        months=tuple(
            MonthParts(
                label=group.label,
                counts=tuple(group.counts[kept] or 0 for kept in DRAWN),
            )
            for group in found.groups
            if all(group.counts[kept] is not None for kept in DRAWN)
        ),
    )


def _table(found: Compliance, chosen: Chosen) -> DataTable:
    return DataTable(
        caption=f"Promises that fell due, by {BY[chosen.by].lower()}",
        columns=(
            Column(heading=BY[chosen.by]),
            *(Column(heading=words, numeric=True) for words in KEPT.values()),
        ),
        rows=(
            *(_row(group.label, group.counts) for group in found.groups),
            _row("All", found.total),
        ),
    )


def _row(label: str, counts: Mapping[Kept, int | None]) -> tuple[str, ...]:
    return (label, *(_say(counts[kept]) for kept in KEPT))


def _reasons(found: Compliance) -> DataTable | None:
    if not found.reasons:
        return None
    return DataTable(
        caption="Why promises were not owed, or nobody can say",
        columns=(Column(heading="Why"), Column(heading="Promises", numeric=True)),
        rows=tuple((one.label, _say(one.promises)) for one in found.reasons),
    )


def _standing_link(found: Compliance, chosen: Chosen) -> Link:
    if chosen.standing:
        text = "Save what is owed without a deadline as CSV"
        return Link(text=text, href=chosen.query(format="standing"))
    asked = replace(chosen, standing=True)
    return Link(text=WITHOUT_A_DAY, href=asked.query())


def _standing(found: Compliance, chosen: Chosen) -> DataTable:
    return DataTable(
        caption="Owed without a deadline, since a day of this time",
        columns=(
            Column(heading=BY[chosen.by]),
            *(Column(heading=words, numeric=True) for words in STANDING.values()),
        ),
        rows=tuple(
            (group.label, *(_say(group.counts[kept]) for kept in STANDING))
            for group in found.standing
        ),
    )


def standing_rows(found: Compliance) -> Iterator[tuple[object, ...]]:
    """What is owed without a deadline as rows of a file; what is not told is empty."""
    for group in found.standing:
        yield (group.label, *(group.counts[kept] for kept in STANDING))


def _filters(found: Compliance, chosen: Chosen, on: date) -> FilterRow:
    rights = {str(number): right_words(number) for number in sorted(CODE_RIGHTS)}
    return FilterRow(
        fields=(
            FilterField(
                name="period",
                label="Time",
                options=tuple(
                    (one.code, one.label) for one in periods(on, whole_months=True)
                ),
                chosen=chosen.period.code,
            ),
            FilterField(
                name="by",
                label="Count by",
                options=tuple((one.value, words) for one, words in BY.items()),
                chosen=chosen.by.value,
            ),
            choice("holder", "Owed by", HOLDERS, chosen.holder or ""),
            choice(
                "right",
                "Right",
                rights,
                "" if chosen.right is None else str(chosen.right),
            ),
            standing_field(chosen=chosen.standing),
        ),
        export=Link(text="Save as CSV", href=chosen.query(format="csv"))
        if found.groups
        else None,
    )


def standing_field(*, chosen: bool) -> FilterField:
    """Whether what is owed without a deadline is counted too: it takes some seconds."""
    return FilterField(
        name="standing",
        label="Owed without a deadline",
        options=(("", "Not counted"), ("yes", "Counted too")),
        chosen="yes" if chosen else "",
    )


def file_rows(found: Compliance) -> Iterator[tuple[object, ...]]:
    """The counts as rows of a file; what is not told is empty."""
    everything = Group(code="", label="All", counts=found.total)
    for group in (*found.groups, everything):
        yield (group.label, *(group.counts[kept] for kept in Kept))
