"""On which days offices are closed: the bank holidays, and what the area added."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.foundation.lib.asking import Question, Rows, ask
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations.models import ClosedDay
from alongside.foundation.organisations.types import Calendar
from alongside.foundation.reference.tables import CLOSED_DAYS
from alongside.walls.prepared import Prepared

ADDED = Prepared(
    "SELECT c.on, c.holders FROM organisations_closedday c WHERE c.withdrawn_at IS NULL"
)
NO_ADDITION = Calendar(CLOSED_DAYS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncounted:
    """A closed day that was added or withdrawn, and nobody counted that yet."""

    key: int
    on: date
    withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class ClosedDayLine:
    """A day that the area added to the bank holidays.

    `holders` says whose days are counted without it; `EVERYBODY` alone stands for all.
    While it is being counted into running promises, `counting_done` of `counting_of`
    cases are; both are nought before that.
    """

    public_id: UUID
    on: date
    title: str
    reason: str
    holders: tuple[str, ...]
    added_by: str
    added_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_why: str
    counted_at: datetime | None
    counting_done: int
    counting_of: int

    def may_be_withdrawn(self, today: date) -> bool:
        """Whether it stands and has not passed: what was planned by it then stays."""
        return self.withdrawn_at is None and self.on >= today


def read_calendar() -> Calendar:
    """The calendar of the actor's area. One statement."""
    return calendar_of(ask(ask_calendar()))


def ask_calendar() -> Question:
    """The question of `read_calendar`, to be asked together with others."""
    return Question(ADDED)


def calendar_of(rows: Rows) -> Calendar:
    """What the question of `ask_calendar` found: days, and for whom each holds."""
    return NO_ADDITION.with_days(rows) if rows else NO_ADDITION


def list_closed_days(*, since: date | None = None) -> list[ClosedDayLine]:
    """The days that the actor's area added, withdrawn ones too, by day. One statement.

    With `since`, those from that day on.
    """
    rows = ClosedDay.objects.all()
    if since is not None:
        rows = rows.filter(on__gte=since)
    return [_line(row) for row in rows.order_by("on", "pk")]


def days_on_list(*, since: date) -> frozenset[date]:
    """The days from one on that the area added and did not withdraw."""
    rows = ClosedDay.objects.filter(on__gte=since, withdrawn_at=None)
    return frozenset(rows.values_list("on", flat=True))


def get_closed_day(*, public_id: UUID) -> ClosedDayLine:
    """One of the days that the actor's area added.

    Raises:
        NotFound: there is no such day.
    """
    row = ClosedDay.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotFound("We could not find that day")
    return _line(row)


def uncounted_days() -> list[Uncounted]:
    """Closed days whose change has not been counted into running promises yet."""
    rows = ClosedDay.objects.filter(counted_at=None).order_by("pk")
    return [
        Uncounted(key=row.pk, on=row.on, withdrawn=row.withdrawn_at is not None)
        for row in rows
    ]


def _line(row: ClosedDay) -> ClosedDayLine:
    return ClosedDayLine(
        public_id=row.public_id,
        on=row.on,
        title=row.title,
        reason=row.reason,
        holders=tuple(row.holders),
        added_by=row.added_by,
        added_at=row.added_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
        withdrawn_why=row.withdrawn_why,
        counted_at=row.counted_at,
        counting_done=row.counting_done,
        counting_of=row.counting_of,
    )
