"""Counting what the pack tells: a time, and the one before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.care.journey.queries import compliance
from alongside.care.journey.types.compliance import (
    ComplianceAsked,
    CountBy,
    Kept,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.workflows.read_compliance import (
    Compliance,
    Group,
    count_promises,
    record_counting,
)

THIS, BEFORE = "this", "before"
# By body and right, then by what is held of whom it was owed to.
FACTS = {
    CountBy.HOLDER_RIGHT: "Who owed it, and right",
    CountBy.RULE: "Promise",
    CountBy.AGE_BAND: "Age when it began",
    CountBy.SEX: "Sex or gender",
    CountBy.ETHNICITY: "Ethnicity",
    CountBy.ADJUSTMENTS: "Adjustments",
    CountBy.DISTRICT: "Where they live",
    CountBy.CRIME_GROUP: "Crime group",
    CountBy.TIER: "Support owed",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A time that is reviewed; `until` is excluded."""

    name: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Pack:
    """The counts of a review: of each time, by each fact.

    `services` are whose promises are counted; `made_at` and `made_for` say when and
    for which body.
    """

    services: tuple[str, ...]
    made_for: str
    made_at: datetime
    periods: tuple[Period, Period]
    tables: dict[tuple[str, CountBy], Compliance]

    def of(self, by: CountBy, period: str = THIS) -> Compliance:
        """The counts of one time by one fact."""
        return self.tables[period, by]

    def pairs(self, by: CountBy) -> Iterator[tuple[Group, Group | None]]:
        """The groups of a fact, each with the same of the time before."""
        return _pairs(self.of(by).groups, self.of(by, BEFORE).groups)

    def standing_pairs(self, by: CountBy) -> Iterator[tuple[Group, Group | None]]:
        """The same of what is owed without a deadline."""
        return _pairs(self.of(by).standing, self.of(by, BEFORE).standing)

    @property
    def hides(self) -> bool:
        """Whether any count was too small to be told."""
        return any(table.hides for table in self.tables.values())


def read_pack(
    *,
    actor: Actor,
    now: datetime,
    on: date,
    since: date,
    until: date,
    standing: bool = True,
) -> Pack:
    """Count a time (`until` excluded) and the one before it, as on a day; without
    `standing` not what is owed without a deadline.

    A fixed number of statements, three at most for each time. That promises were
    counted is audited; nobody is named.
    """
    periods = (Period(THIS, since, until), Period(BEFORE, *before(since, until)))
    tables: dict[tuple[str, CountBy], Compliance] = {}
    for period in periods:
        counted = count_promises(
            actor=actor,
            asked=ComplianceAsked(
                since=period.since, until=period.until, on=on, by=CountBy.ALL
            ),
            facts=list(FACTS),
            without=compliance.count_without_receipt(
                since=period.since, until=period.until
            ),
            standing=standing,
        )
        tables |= {(period.name, by): found for by, found in counted.items()}
    record_counting(actor=actor, now=now, what="joint review")
    return Pack(
        services=_services(actor),
        made_for=actor.agency_name,
        made_at=now,
        periods=periods,
        tables=tables,
    )


def before(since: date, until: date) -> tuple[date, date]:
    """The time before one: as many months where it is whole months, else as many
    days."""
    months = (until.year - since.year) * 12 + until.month - since.month
    if since.day == until.day == 1 and months:
        place = since.year * 12 + since.month - 1 - months
        return date(place // 12, place % 12 + 1, 1), since
    return since - (until - since), since


def last_day(period: Period) -> date:
    """The last day of a time."""
    return period.until - timedelta(days=1)


def _pairs(
    this: Sequence[Group], before: Sequence[Group]
) -> Iterator[tuple[Group, Group | None]]:
    earlier = {group.code: group for group in before}
    for group in this:
        yield group, earlier.pop(group.code, None)
    nothing: dict[Kept, int | None] = dict.fromkeys(Kept, 0)
    for gone in earlier.values():
        yield Group(code=gone.code, label=gone.label, counts=nothing), gone


def _services(actor: Actor) -> tuple[str, ...]:
    agencies = organisations.list_agencies()
    own = [one for one in agencies if one.agency_id == actor.agency_id]
    if own and own[0].kind is AgencyKind.SERVICE:
        return (own[0].name,)
    codes = {one.area_code for one in own}
    return tuple(
        one.name
        for one in agencies
        if one.kind is AgencyKind.SERVICE and one.area_code in codes
    )
