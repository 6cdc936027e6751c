"""Planning the promises of many cases at once, in a few statements for each lot.

Only promises that still run are planned anew; what was settled stays what it was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from alongside.care.journey.operations import planning_sql as sql
from alongside.care.journey.queries.reach import rank_of
from alongside.care.journey.rules import starts_by_itself
from alongside.care.journey.tables.reach import BASES
from alongside.care.journey.types import (
    DeadlineRule,
    Eligible,
    RuleKind,
    Suppression,
)
from alongside.care.journey.types.reach import ReachBasis
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.organisations.types import EVERYBODY, Calendar
from alongside.foundation.reference.tables import OFFENCES

ACKNOWLEDGED = "The force says that it wrote to them"
TAKEN_IN = "The referral was received by this service"
PASSED_ON = "The news says when it was received"
TRIED = "The first attempt that was written down"
# Beyond the last start of a clock the calendar must hold its longest limit.
AHEAD = timedelta(days=400)
BEGINNING = date(2002, 4, 1)
LIMIT_COLUMNS = (
    *("trigger", "code", "rule_from", "rule_until", "clock", "met_by", "holder"),
    *("standard_length", "enhanced_length", "unit", "record_types", "witnesses"),
    "scheme",
    *("custody", "sentences", "only_outcomes", "not_outcomes", "groups", "flags"),
    "calendar",
)
RULE_COLUMNS = ("code", "rule_from", "suppress", "small_news", "agreed")
BASIS_COLUMNS = ("code", "reason", "rank", "holders", "every")


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of planning: promises begun, and running ones planned otherwise."""

    begun: int = 0
    changed: int = 0

    def __add__(self, other: "Planned") -> "Planned":
        return Planned(self.begun + other.begun, self.changed + other.changed)


@transaction.atomic
def plan_lot(
    *,
    actor: Actor,
    now: datetime,
    limits: Sequence[DeadlineRule],
    calendar: Calendar,
    low: int,
    high: int,
    codes: Sequence[str] = (),
    begin: bool = True,
    across: tuple[date, date] | None = None,
) -> Planned:
    """Plan the promises of the cases whose key is from `low` up to below `high`.

    What a report, a referral or an event promises and nobody has written down yet is
    begun, unless `begin` is false; running promises that would be planned otherwise
    now are replaced, the old kept. With `codes`, only those limits; with `across`, only
    promises that run on one of the days from the first to the last. Part of a run that
    audits itself (`record_run`).
    """
    first, last = across or (None, None)
    lot: dict[str, Any] = {"low": low, "high": high, "codes": list(codes) or None}
    lot |= {"first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(sql.ALONE, [actor.area_id])
        _lay_out(limits, calendar, now.date() + AHEAD)
        begun = 0
        if begin:
            cursor.execute(sql.MISSING, {**lot, **_words(), "area": actor.area_id})
            begun = cursor.rowcount
        cursor.execute("DROP TABLE IF EXISTS pg_temp.plan_change")
        cursor.execute(sql.CHANGED, lot)
        changed = cursor.rowcount
        if changed:
            _replace(actor, now)
    return Planned(begun, changed + _follow_facts(actor, now, lot))


def _replace(actor: Actor, now: datetime) -> None:
    who: dict[str, Any] = {"area": actor.area_id, "user": actor.user_id, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(sql.REPLACE, who)
        cursor.execute(sql.REPLACED, who)


def _follow_facts(actor: Actor, now: datetime, lot: dict[str, Any]) -> int:
    """Bring the open promises to what the facts say of them; how many that were.

    A promise that runs anew from when one fact ended may fall into the next.
    """
    wish: dict[str, Any] = {
        "wish": Suppression.OPTED_OUT,
        "wish_rank": rank_of(Suppression.OPTED_OUT),
    }
    done = 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.plan_fact")
        cursor.execute(sql.FACTS, {**lot, **wish})
        said = cursor.rowcount
        while said:
            for name in ("said", "change"):
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.plan_{name}")
            cursor.execute(sql.FACTS_SAY, lot)
            said = cursor.rowcount
            if said:
                cursor.execute(sql.FREED, {"now": now, "user": actor.user_id})
                cursor.execute(sql.OTHERWISE)
                _replace(actor, now)
            done += said
    return done


def record_run(*, actor: Actor, now: datetime, why: str) -> None:
    """Say on the trail that running promises were planned anew, and why."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CLOCKS_REPLANNED,
        subject=Subject(kind="area", public_id=None),
        purpose=why,
    )


def _words() -> dict[str, str]:
    return {
        "acknowledged": ACKNOWLEDGED,
        "taken_in": TAKEN_IN,
        "passed_on": PASSED_ON,
        "tried": TRIED,
    }


def _lay_out(limits: Sequence[DeadlineRule], calendar: Calendar, last: date) -> None:
    """Put the limits and the calendar into temporary tables of this transaction.

    A limit names whose days it is counted by; days are laid out once for each who is
    closed on days of their own, and once for everybody else.
    """
    with connection.cursor() as cursor:
        for name in ("limit", "version", "day", "open", "group", "rule", "basis"):
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.plan_{name}")
        for statement in (sql.LIMITS, sql.GROUPS, sql.RULES, sql.BASES):
            cursor.execute(statement)
        _copy("plan_limit", LIMIT_COLUMNS, _limit_lines(limits, calendar))
        _copy("plan_rule", RULE_COLUMNS, map(_rule_line, limits))
        _copy("plan_basis", BASIS_COLUMNS, map(_basis_line, BASES.values()))
        _copy(
            "plan_group",
            ("offence", "name"),
            ((code, offence.group) for code, offence in OFFENCES.items()),
        )
        cursor.execute(sql.VERSIONS)
        cursor.execute(sql.DAYS)
        for whose, closed in ((EVERYBODY, calendar.public), *calendar.own):
            cursor.execute(sql.FILL_DAYS, [whose, sorted(closed), BEGINNING, last])
        cursor.execute(sql.OPEN_DAYS)
        for statement in sql.INDEXES:
            cursor.execute(statement)
        cursor.execute(sql.READY)


def _copy(table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
            list(rows),
        )


def _rule_line(rule: DeadlineRule) -> Sequence[Any]:
    return (
        *(rule.code, rule.in_force_from, sorted(rule.suppress_if), rule.small_news),
        rule.kind is RuleKind.FREQUENCY,
    )


def _basis_line(basis: ReachBasis) -> Sequence[Any]:
    return (
        *(basis.code, basis.reason, rank_of(basis.reason)),
        *(sorted(basis.holders), basis.all_promises),
    )


def _limit_lines(
    limits: Sequence[DeadlineRule], calendar: Calendar
) -> Iterator[Sequence[Any]]:
    own = {whose for whose, _ in calendar.own}
    for rule in limits:
        for trigger in sorted(rule.triggers):
            if starts_by_itself(rule, trigger):
                yield (
                    *(trigger, rule.code, rule.in_force_from, rule.in_force_until),
                    *(rule.clock, rule.met_by, rule.duty_holder),
                    *(rule.standard.length, rule.enhanced.length, rule.standard.unit),
                    *(sorted(rule.record_types), rule.eligible is Eligible.WITNESSES),
                    rule.eligible is Eligible.CONTACT_SCHEME,
                    *(rule.custody_months, sorted(rule.sentences)),
                    *(
                        _of(trigger, rule.only_outcomes),
                        _of(trigger, rule.not_outcomes),
                    ),
                    *(sorted(rule.offence_groups), sorted(rule.flags)),
                    rule.duty_holder if rule.duty_holder in own else EVERYBODY,
                )


def _of(trigger: str, pairs: Collection[tuple[str, str]]) -> list[str]:
    return sorted(code for event, code in pairs if event == trigger)
