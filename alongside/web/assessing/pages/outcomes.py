"""What the page about outcomes shows: counts, and a picture beside them."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.care.assessment.tables import LIMITS
from alongside.care.assessment.types.filled import GroupBy
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.evidence import MonthChart, MonthParts
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
)
from alongside.web.periods import Period, periods
from alongside.web.words import say_day
from alongside.workflows.read_outcomes import Counted, Outcomes, Part

GROUPS = {
    GroupBy.NOTHING: "Everybody together",
    GroupBy.CRIME_GROUP: "Crime group",
    GroupBy.AGE_BAND: "Age",
    GroupBy.DISTRICT: "Where they live",
    GroupBy.TEAM: "Team",
    GroupBy.AGENCY: "Service",
    GroupBy.PROVIDER: "Provider that helps",
    GroupBy.MONTH: "Month",
}
LEAST = LIMITS["publish_least"].number
SMALL = (
    f"Marked numbers are under {LEAST}: they may tell who somebody is, and are not to"
    " be published."
)
LEFT_OUT = (
    f"Lines with a count under {LEAST} are left out, and those from which they could be"
    " worked out: they may tell who somebody is."
)
# By what those may count who work elsewhere: no team, and nobody who helps.
OUTSIDE = (
    *(GroupBy.NOTHING, GroupBy.CRIME_GROUP, GroupBy.AGE_BAND, GroupBy.DISTRICT),
    GroupBy.MONTH,
)
NOTHING = EmptyState(
    heading="Nothing was asked in this time",
    text="People count here once an assessment of needs or outcomes is complete.",
)


@dataclass(frozen=True, kw_only=True)
class OutcomePart:
    """One instrument: a picture, and its table."""

    heading: str
    chart: MonthChart | None
    table: DataTable


@dataclass(frozen=True, kw_only=True)
class OutcomesPage:
    """The report."""

    title: str
    said: str
    filters: FilterRow
    parts: tuple[OutcomePart, ...]
    small: str
    without: DataTable | None
    empty: EmptyState


def outcomes(found: Outcomes, *, period: Period, by: GroupBy, on: date) -> OutcomesPage:
    """The report of a time, by a group."""
    last = period.until - timedelta(days=1)
    return OutcomesPage(
        title="Outcomes",
        said=f"{say_day(period.since)} to {say_day(min(last, on))}. People whose newest"
        " assessment was completed in this time, their first beside their newest.",
        filters=_filters(found, period=period, by=by, on=on),
        parts=tuple(_part(part, by) for part in found.parts),
        small=_small(found),
        without=_without(found),
        empty=NOTHING,
    )


def _small(found: Outcomes) -> str:
    if any(part.hidden for part in found.parts):
        return LEFT_OUT
    return SMALL if any(map(_has_small, found.parts)) else ""


def _part(part: Part, by: GroupBy) -> OutcomePart:
    grouped = by is not GroupBy.NOTHING
    head = [Column(heading=GROUPS[by])] if grouped else []
    return OutcomePart(
        heading=part.row.label,
        chart=None
        if grouped
        else MonthChart(
            key=f"change-{part.row.instrument}",
            title=f"{part.row.label}: people who answered twice",
            labels=("Better", "Worse", "The same"),
            months=tuple(
                MonthParts(
                    label=line.words.rstrip("?"),
                    counts=(line.counts.better, line.counts.worse, line.counts.same),
                )
                for line in part.lines
            ),
        ),
        table=DataTable(
            caption=f"{part.row.label}, in people",
            columns=(
                *head,
                Column(heading="Question"),
                *(
                    Column(heading=heading, numeric=True)
                    for heading in (
                        *("Asked", "Answered", "Answered twice"),
                        *("Better", "Same", "Worse"),
                    )
                ),
            ),
            rows=tuple(_row(line, grouped=grouped) for line in part.lines),
        ),
    )


def _row(line: Counted, *, grouped: bool) -> tuple[str | Link, ...]:
    one = line.counts
    numbers = (one.asked, one.answered, one.again, one.better, one.same, one.worse)
    head = (line.group,) if grouped else ()
    return (*head, line.words, *(_say(number) for number in numbers))


def _say(number: int) -> str:
    return f"{number:,}*" if 0 < number < LEAST else f"{number:,}"


def _has_small(part: Part) -> bool:
    return any(line.small() for line in part.lines)


def _without(found: Outcomes) -> DataTable | None:
    if not found.without:
        return None
    return DataTable(
        caption="Cases that closed in this time without last scores, and why",
        columns=(Column(heading="Why"), Column(heading="Cases", numeric=True)),
        rows=tuple((label, _say(number)) for label, number in found.without),
    )


def _filters(found: Outcomes, *, period: Period, by: GroupBy, on: date) -> FilterRow:
    team = str(found.team.public_id) if found.team else ""
    chosen = f"period={period.code}&by={by.value}&team={team}"
    return FilterRow(
        fields=(
            FilterField(
                name="period",
                label="Time",
                options=tuple(
                    (one.code, one.label)
                    for one in periods(on, whole_months=not found.in_house)
                ),
                chosen=period.code,
            ),
            FilterField(
                name="by",
                label="Count by",
                options=tuple(
                    (one.value, words)
                    for one, words in GROUPS.items()
                    if found.in_house or one in OUTSIDE
                ),
                chosen=by.value,
            ),
            *_team_field(found, team),
        ),
        export=Link(text="Save as CSV", href=f"?{chosen}&format=csv")
        if found.parts
        else None,
    )


def _team_field(found: Outcomes, chosen: str) -> tuple[FilterField, ...]:
    if not found.in_house:
        return ()
    every = ("", "Every team")
    teams = ((str(one.public_id), one.name) for one in found.teams)
    return (
        FilterField(name="team", label="Team", options=(every, *teams), chosen=chosen),
    )
