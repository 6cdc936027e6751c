"""Reading the trail, as the auditor, to see whether it is whole.

These take a connection of the auditor's role; the site's own cannot read the trail.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, LiteralString

import psycopg
from psycopg import IsolationLevel, sql

from alongside.foundation.audit.rules.anchors import (
    check_anchors,
    list_restorings,
    still_count,
)
from alongside.foundation.audit.rules.checking import Checker, words_of_moment
from alongside.foundation.audit.rules.sealing import PublicKeys, is_signed
from alongside.foundation.audit.tables import LIMITS
from alongside.foundation.audit.types import (
    Damage,
    Outside,
    Place,
    Seal,
    TrailReport,
)

Auditor = psycopg.Connection[tuple[Any, ...]]
# So many seals are held at a time, whatever the age of the trail.
SEALS_AT_ONCE = 5_000
START: Place = (0, 0, 0)
SEALS: LiteralString = """
    SELECT s.n, s.era, s.xid::text::bigint, s.id, s.rows, s.total, s.first_id,
           s.last_id, s.first_at, s.last_at, s.chain, s.sealed_at,
           ARRAY(SELECT g.key FROM audit.signature g WHERE g.n = s.n ORDER BY g.id),
           ARRAY(SELECT g.signature FROM audit.signature g WHERE g.n = s.n
                  ORDER BY g.id)
      FROM audit.seal s"""
# The bytes that audit.make_seal() hashes, worked out here anew.
ENTRIES: LiteralString = """
    COPY (SELECT record_send(ROW(e.id, e.era, e.xid, e.written_at, e.at, e.area_id,
                 e.user_id, e.agency_id, e.action, e.subject_kind, e.subject_id,
                 e.person_ids, e.purpose, e.request_id))
            FROM audit.entry e
           WHERE (e.era, e.xid, e.id) > ({after}) {until}
           ORDER BY e.era, e.xid, e.id)
      TO STDOUT (FORMAT BINARY)"""


def verify_trail(
    *,
    connection: Auditor,
    keys: PublicKeys,
    outside: Outside,
    now: datetime,
    since: datetime | None = None,
    on_progress: Callable[[int], None] = lambda done: None,
) -> TrailReport:
    """Work every hash out anew and compare: entries, seals, signatures, anchors.

    With `since`, from the first seal made after it on; the seal before is then taken
    as it stands, if its signature holds. All is read as of one moment.
    """
    noted = (*still_count(outside.anchors), *outside.newest)
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    with connection.transaction():
        before = _seal_before(connection, since)
        checker = Checker(keys=keys, before=before)
        if before and not is_signed(before, keys):
            words = f"Seal {before.n:,}, to begin after, is not signed by a key of ours"
            checker.damage.append(Damage(words=words, seal=before.n))
        found: dict[int, Seal] = {}
        wanted = {anchor.seal.n for anchor in noted}
        while seals := _read_seals(connection, checker.before):
            found |= {seal.n: seal for seal in seals if seal.n in wanted}
            entries = _read_entries(connection, checker.before, seals[-1])
            for done in checker.check(entries, seals):
                on_progress(done)
        checker.count_rest(_read_entries(connection, checker.before, None))
    newest = checker.before
    checker.damage += outside.damage
    checker.damage += check_anchors(
        noted, found, newest=newest.n if newest else 0, keys=keys
    )
    checker.warnings += list_restorings(outside.anchors)
    checker.warnings += _unsealed_too_long(checker, now)
    return TrailReport(
        entries=checker.entries,
        seals=checker.seals,
        unsealed=checker.unsealed,
        anchors=len(outside.anchors),
        sealed_until=newest.last_at if newest else None,
        damage=tuple(checker.damage),
        warnings=tuple(checker.warnings),
    )


def count_sealed(*, connection: Auditor) -> int:
    """How many entries are under a seal: what verifying has before it."""
    found = connection.execute(
        "SELECT total FROM audit.seal ORDER BY n DESC LIMIT 1"
    ).fetchone()
    return int(found[0]) if found else 0


def seal_of(row: Sequence[Any]) -> Seal:
    """A seal from the fields in which the database tells it."""
    names = (
        *("n", "era", "xid", "id", "rows", "total", "first_id", "last_id"),
        *("first_at", "last_at", "chain", "sealed_at"),
    )
    fields = dict(zip(names, row, strict=False))
    fields["chain"] = bytes(fields["chain"])
    signatures = zip(row[-2], map(bytes, row[-1]), strict=True)
    return Seal(**fields, signatures=tuple(signatures))


def _seal_before(connection: Auditor, since: datetime | None) -> Seal | None:
    if since is None:
        return None
    query = SEALS + " WHERE s.sealed_at < %s ORDER BY s.n DESC LIMIT 1"
    row = connection.execute(query, [since]).fetchone()
    return seal_of(row) if row else None


def _read_seals(connection: Auditor, after: Seal | None) -> list[Seal]:
    query = SEALS + " WHERE s.n > %s ORDER BY s.n LIMIT %s"
    rows = connection.execute(query, [after.n if after else 0, SEALS_AT_ONCE])
    return [seal_of(row) for row in rows]


def _read_entries(
    connection: Auditor, after: Seal | None, until: Seal | None
) -> Iterator[bytes]:
    bound: sql.Composable = sql.SQL("")
    if until:
        bound = sql.SQL("AND (e.era, e.xid, e.id) <= ({})").format(_place(until.place))
    query = sql.SQL(ENTRIES).format(
        after=_place(after.place if after else START), until=bound
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(["bytea"])
        for (entry,) in copy.rows():
            yield entry


def _place(place: Place) -> sql.Composed:
    era, xid, number = (sql.Literal(part) for part in place)
    # Written as text, a transaction's number takes no detour through a signed one.
    return sql.SQL("{}::int, {}::text::xid8, {}::bigint").format(era, xid, number)


def _unsealed_too_long(checker: Checker, now: datetime) -> list[Damage]:
    oldest = checker.oldest_unsealed
    minutes = LIMITS["unsealed_minutes"].number
    if oldest is None or now - oldest <= timedelta(minutes=minutes):
        return []
    words = (
        f"{checker.unsealed:,} entries, the oldest written {words_of_moment(oldest)},"
        " are not yet sealed: is a worker running?"
    )
    return [Damage(words=words)]
