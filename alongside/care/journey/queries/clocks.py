"""Questions about clocks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.care.journey import rules
from alongside.care.journey.models import Clock
from alongside.care.journey.tables import NOT_OWED, rule_for
from alongside.care.journey.types import ClockState, DutyHolder
from alongside.foundation.accounts.types import Actor

DUE = """
    SELECT k.id, k.rule, k.rule_from, k.due_on, k.holder, k.starts_at,
           c.public_id, c.person_id, coalesce(u.name, ''), t.name
      FROM journey_clock k
      JOIN casework_case c ON c.id = k.case_id
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN accounts_user u ON u.id = c.worker_id
     WHERE k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
       AND k.due_on <= %(by)s AND c.status <> 'closed'
       AND (%(holder)s = '' OR k.holder = %(holder)s)
     ORDER BY k.due_on, k.id LIMIT %(limit)s
"""


MINE = """
    SELECT DISTINCT ON (k.case_id) k.case_id, k.rule, k.rule_from, k.due_on
      FROM journey_clock k
     WHERE k.case_id = ANY (%s::bigint[]) AND k.holder = 'service'
       AND k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
     ORDER BY k.case_id, k.due_on, k.id
"""


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """One promise as a page shows it."""

    clock_id: int
    rule: str
    label: str
    why: str
    holder: DutyHolder
    starts_at: datetime
    due_on: date
    state: ClockState
    settled: bool
    met_on: date | None
    evidence: str
    not_owed: str  # in words
    reason: str  # its code
    by_fact: bool  # what frees from it is a fact, that may pass
    settled_at: datetime | None
    settled_by: str
    victimisation_id: int | None
    event_id: int | None = None

    @property
    def is_freed(self) -> bool:
        """Whether it is not owed because of a fact that may pass."""
        return self.by_fact and self.reason != ""


@dataclass(frozen=True, kw_only=True)
class DueClock:
    """A running clock as the list of what is due shows it."""

    rule: str
    label: str
    due_on: date
    holder: DutyHolder
    case_id: UUID
    person_id: int
    worker_name: str
    team_name: str


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock that may have to be planned anew."""

    clock_id: int
    case_id: int
    victimisation_id: int | None
    event_id: int | None
    rule: str
    rule_from: date
    starts_at: datetime
    holder: DutyHolder
    not_owed_reason: str  # a fact's, that may pass


@dataclass(frozen=True, slots=True)
class EventClock:
    """A clock that an event started, nothing having replaced it."""

    clock_id: int
    event_id: int
    rule: str
    rule_from: date
    due_on: date | None
    met_on: date | None
    evidence: str
    not_owed_reason: str
    by_fact: bool = False

    @property
    def runs(self) -> bool:
        """Whether it is neither met nor said not to be owed."""
        return self.met_on is None and not self.not_owed_reason

    @property
    def settled_by_hand(self) -> bool:
        """Whether somebody settled that it is not owed: no fact that may pass."""
        return self.not_owed_reason != "" and not self.by_fact


def _line(clock: Clock, due_on: date, on: date) -> ClockLine:
    rule = rule_for(clock.rule, clock.rule_from)
    reason = NOT_OWED.get(clock.not_owed_reason)
    return ClockLine(
        clock_id=clock.pk,
        rule=clock.rule,
        label=rule.label,
        why=rule.why,
        holder=DutyHolder(clock.holder),
        starts_at=clock.starts_at,
        due_on=due_on,
        state=rules.clock_state(
            due_on=due_on,
            met_on=clock.met_on,
            not_owed_reason=clock.not_owed_reason,
            on=on,
        ),
        settled=clock.met_on is not None or clock.not_owed_reason != "",
        met_on=clock.met_on,
        evidence=clock.evidence,
        not_owed=reason.label if reason else clock.not_owed_reason,
        reason=clock.not_owed_reason,
        by_fact=clock.by_fact,
        settled_at=clock.settled_at,
        settled_by=clock.settled_by.name if clock.settled_by else "",
        event_id=clock.event_id,
        victimisation_id=clock.victimisation_id,
    )


def list_clocks(*, case_id: int, on: date) -> list[ClockLine]:
    """The case's promises with a day, as they stand on one, soonest due first."""
    rows = Clock.objects.filter(case_id=case_id, replaced_by=None)
    rows = rows.select_related("settled_by")
    return [
        _line(clock, clock.due_on, on)
        for clock in rows.order_by("due_on", "pk")
        if clock.due_on is not None
    ]


def list_due(
    *, actor: Actor, by: date, limit: int, holder: DutyHolder | None = None
) -> list[DueClock]:
    """Running clocks that are due by a day, soonest first, of one body or of all.
    One statement."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"by": by, "holder": holder or "", "limit": limit})
        return [
            DueClock(
                rule=row[1],
                label=rule_for(row[1], row[2]).label,
                due_on=row[3],
                holder=DutyHolder(row[4]),
                case_id=row[6],
                person_id=row[7],
                worker_name=row[8],
                team_name=row[9],
            )
            for row in cursor.fetchall()
        ]


def next_service_clocks(*, case_ids: Sequence[int]) -> dict[int, tuple[date, str]]:
    """The soonest promise the service itself owes in each case: (due, label)."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(MINE, [list(case_ids)])
        return {
            row[0]: (row[3], rule_for(row[1], row[2]).label)
            for row in cursor.fetchall()
        }


def _open() -> QuerySet[Clock]:
    freed = Q(not_owed_reason="") | Q(by_fact=True)
    return Clock.objects.filter(freed, met_on=None, replaced_by=None)


def list_running(
    *, case_ids: Sequence[int], enhanced: bool = False, due_from: date | None = None
) -> list[RunningClock]:
    """The open clocks of these cases that were planned for standard support, or for
    enhanced: those that run, and those that a fact frees from. With `due_from` only
    those that are not due before that day."""
    rows = _open().filter(case_id__in=list(case_ids), enhanced=enhanced)
    if due_from is not None:
        rows = rows.filter(due_on__gte=due_from)
    return [
        RunningClock(
            row.pk,
            row.case_id,
            row.victimisation_id,
            row.event_id,
            row.rule,
            row.rule_from,
            row.starts_at,
            DutyHolder(row.holder),
            row.not_owed_reason,
        )
        for row in rows.order_by("pk")
    ]


def list_clocks_of_events(*, event_ids: Sequence[int]) -> dict[int, list[EventClock]]:
    """The clocks that these events started, without those replaced. One statement."""
    found: dict[int, list[EventClock]] = defaultdict(list)
    rows = Clock.objects.filter(event_id__in=list(event_ids), replaced_by=None)
    for row in rows.order_by("pk"):
        found[row.event_id or 0].append(
            EventClock(
                *(row.pk, row.event_id or 0, row.rule, row.rule_from, row.due_on),
                *(row.met_on, row.evidence, row.not_owed_reason, row.by_fact),
            )
        )
    return found


def list_rules_of_report(*, case_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """What was promised of each report in these cases already, by victimisation. One
    statement."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Clock.objects.filter(
        case_id__in=list(case_ids),
        victimisation_id__isnull=False,
        event=None,
        replaced_by=None,
    )
    for key, rule in rows.values_list("victimisation_id", "rule"):
        found[key or 0].add(rule)
    return {key: frozenset(rules) for key, rules in found.items()}
