"""What is guarded: emergencies, conflicts, and counts of what stands behind walls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.guarding.types import Finding, MarkKind
from alongside.foundation.accounts.tables import CLEARANCES
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.asking import Question, ask
from alongside.foundation.lib.errors import NotFound
from alongside.walls.bits import COMPARTMENTS
from alongside.walls.prepared import Prepared

USED = """
    SELECT e.public_id, c.public_id, u.name, u.public_id, g.name, e.category, e.reason,
           e.since, e.until, e.reviewed_at, coalesce(r.name, ''), e.finding,
           e.finding_words, e.user_id
      FROM guarding_emergencyaccess e
      LEFT JOIN casework_case c ON c.id = e.case_id
      JOIN accounts_user u ON u.id = e.user_id
      JOIN organisations_agency g ON g.id = e.agency_id
      LEFT JOIN accounts_user r ON r.id = e.reviewed_by_id
"""
QUEUE = f"""{USED}
     WHERE (e.reviewed_at IS NULL) = %(waiting)s
     ORDER BY e.since DESC, e.id DESC LIMIT %(limit)s OFFSET %(skip)s
"""
ONE = f"{USED} WHERE e.public_id = %(access)s"
LIVE = """
    SELECT e.public_id, e.until FROM guarding_emergencyaccess e
      JOIN casework_case c ON c.id = e.case_id
      JOIN people_person p ON p.id = c.person_id
     WHERE e.user_id = (SELECT ctx.claim(2)) AND e.until > statement_timestamp()
       AND (c.public_id = %(case)s OR p.public_id = %(person)s)
     ORDER BY e.until DESC LIMIT 1
"""
# Conflicts and people kept apart: found and given a reason, until somebody lifts them.
# `own` is what each has besides.
LIFTABLE = """
    SELECT b.public_id, b.found, b.reason, b.since, coalesce(m.name, ''), b.lifted_at,
           coalesce(l.name, ''), b.lifted_reason, {own}
      FROM {table} b
      LEFT JOIN accounts_user m ON m.id = b.made_by_id
      LEFT JOIN accounts_user l ON l.id = b.lifted_by_id
     WHERE (b.lifted_at IS NULL OR NOT %(standing)s)
       AND (b.public_id = %(one)s OR %(one)s IS NULL)
     ORDER BY b.since DESC, b.id DESC LIMIT %(limit)s OFFSET %(skip)s
"""
NEWEST_CASE = """(
    SELECT c.public_id FROM casework_case c WHERE c.person_id = {whose}
     ORDER BY c.opened_at DESC, c.id DESC LIMIT 1)
"""
STAFF = "(SELECT u.name FROM accounts_user u WHERE u.id = b.user_id)"
OF_CONFLICT = (STAFF, "b.kind", NEWEST_CASE.format(whose="b.person_id"))
OF_PAIR = tuple(
    NEWEST_CASE.format(whose=f"b.{side}_id") for side in ("victim", "suspect")
)
CONFLICTS = LIFTABLE.format(table="casework_conflict", own=", ".join(OF_CONFLICT))
APART = LIFTABLE.format(table="casework_keptapart", own=", ".join(OF_PAIR))
MARKS = Prepared("SELECT mark, user_id, kind FROM guarding_staffmark")
MARKS_AMONG = Prepared(f"{MARKS} WHERE mark = ANY (%s::uuid[])")


@dataclass(frozen=True, kw_only=True)
class EmergencyUse:
    """One emergency access as its review shows it.

    `case_id` is None where the reader may not see the case.
    """

    access_id: UUID
    case_id: UUID | None
    user_name: str
    user_public_id: UUID
    agency_name: str
    category: str
    reason: str
    since: datetime
    until: datetime
    reviewed_at: datetime | None
    reviewed_by: str
    finding: Finding | None
    finding_words: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at, as the trail has it."""

    at: datetime
    action: str
    what: str
    purpose: str


@dataclass(frozen=True, slots=True)
class OpenEmergency:
    """An emergency access of the reader's own that is open now."""

    access_id: UUID
    until: datetime


@dataclass(frozen=True, slots=True)
class LiftableLine:
    """Something that bars staff until somebody lifts it: how it was found, and why."""

    public_id: UUID
    found: str
    reason: str
    since: datetime
    made_by: str
    lifted_at: datetime | None
    lifted_by: str
    lifted_reason: str


@dataclass(frozen=True, slots=True)
class ConflictLine(LiftableLine):
    """One conflict. `case_id` is the person's newest case that the reader may see."""

    staff: str
    kind: str
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class ApartLine(LiftableLine):
    """Two people kept apart. The cases are the newest of each that the reader sees."""

    victim_case: UUID | None
    suspect_case: UUID | None


@dataclass(frozen=True, slots=True)
class Hidden:
    """Cases of one team that the reader may not see, counted and no more."""

    team_id: int
    cases: int
    open_cases: int


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Open cases of one team that nobody in it is cleared for."""

    team_id: int
    compartments: int
    cases: int


def list_emergencies(
    *, actor: Actor, waiting: bool, limit: int, skip: int = 0
) -> list[EmergencyUse]:
    """Emergency accesses that wait for a review, or were reviewed; newest first."""
    with connection.cursor() as cursor:
        values = {"waiting": waiting, "limit": limit, "skip": skip}
        cursor.execute(QUEUE, values)
        return [_use(row, actor) for row in cursor.fetchall()]


def get_emergency(*, actor: Actor, access_id: UUID) -> EmergencyUse:
    """One emergency access.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE, {"access": access_id})
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return _use(row, actor)


def _use(row: Sequence[object], actor: Actor) -> EmergencyUse:
    names = (
        *("access_id", "case_id", "user_name", "user_public_id", "agency_name"),
        *("category", "reason", "since", "until", "reviewed_at", "reviewed_by"),
    )
    facts: dict[str, object] = dict(zip(names, row, strict=False))
    facts["finding"] = Finding(str(row[11])) if row[11] else None
    facts["finding_words"] = row[12]
    facts["is_own"] = row[13] == actor.user_id
    return EmergencyUse(**facts)  # type: ignore[arg-type]


def list_looks(*, actor: Actor, access_id: UUID, limit: int) -> list[Look]:
    """What was looked at of the person while the case was open, the first first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guarding_looks(%s, %s)", [access_id, limit])
        return [Look(*row) for row in cursor.fetchall()]


def find_open_emergency(
    *, actor: Actor, case_id: UUID | None, person_id: UUID | None
) -> OpenEmergency | None:
    """The actor's own emergency access to a case or person, where one is open."""
    with connection.cursor() as cursor:
        cursor.execute(LIVE, {"case": case_id, "person": person_id})
        row = cursor.fetchone()
    return OpenEmergency(*row) if row else None


def list_conflicts(
    *, actor: Actor, standing: bool, limit: int, skip: int = 0
) -> list[ConflictLine]:
    """Conflicts of the agency's staff, newest first; none that bars the reader."""
    rows = _liftable(CONFLICTS, standing=standing, limit=limit, skip=skip)
    return [ConflictLine(*row) for row in rows]


def get_conflict(*, actor: Actor, conflict_id: UUID) -> ConflictLine:
    """One conflict.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    return ConflictLine(*_one_liftable(CONFLICTS, conflict_id))


def list_apart(
    *, actor: Actor, standing: bool, limit: int, skip: int = 0
) -> list[ApartLine]:
    """People kept apart, newest first; none whom the reader works with or may not."""
    rows = _liftable(APART, standing=standing, limit=limit, skip=skip)
    return [ApartLine(*row) for row in rows]


def get_apart(*, actor: Actor, pair_id: UUID) -> ApartLine:
    """Two people who are kept apart.

    Raises:
        NotFound: there are none that the actor may know of.
    """
    return ApartLine(*_one_liftable(APART, pair_id))


def _liftable(
    sql: str, *, standing: bool, limit: int, skip: int = 0, one: UUID | None = None
) -> list[tuple[Any, ...]]:
    values = {"standing": standing, "limit": limit, "skip": skip, "one": one}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _one_liftable(sql: str, one: UUID) -> tuple[Any, ...]:
    found = _liftable(sql, standing=False, limit=1, one=one)
    if not found:
        raise NotFound
    return found[0]


def list_my_marks(*, actor: Actor) -> list[tuple[MarkKind, int, datetime]]:
    """(kind, how many, since when) of the marks kept of the actor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guarding_my_marks()")
        return [(MarkKind(row[0]), row[1], row[2]) for row in cursor.fetchall()]


def find_marks(
    *, actor: Actor, among: Sequence[UUID] | None = None
) -> dict[UUID, list[tuple[int, MarkKind]]]:
    """Whose each staff mark of the area is, or each of those in `among`: for a feed
    receiver, else nothing."""
    if among is not None:
        question = Question(MARKS_AMONG, (list(among),))
    else:
        question = Question(MARKS)
    found: dict[UUID, list[tuple[int, MarkKind]]] = {}
    for mark, user_id, kind in ask(question):
        found.setdefault(mark, []).append((user_id, MarkKind(kind)))
    return found


def count_hidden(*, actor: Actor) -> list[Hidden]:
    """Cases of the agency that the actor may not see, by team. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guarding_count_hidden()")
        return [Hidden(*row) for row in cursor.fetchall()]


def count_uncovered(*, actor: Actor) -> list[Uncovered]:
    """Open cases that nobody in their team is cleared for, by team and walls."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM guarding_count_uncovered(%s::text[], %s::int[], %s::text[],"
            " %s::int[])",
            [
                [role.value for role in CLEARANCES],
                [row.mask for row in CLEARANCES.values()],
                list(COMPARTMENTS),
                list(COMPARTMENTS.values()),
            ],
        )
        return [Uncovered(*row) for row in cursor.fetchall()]
