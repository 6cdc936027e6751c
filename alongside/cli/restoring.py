"""Restoring beside the database that is there, and changing places at the end.

Everything happens in a database of another name. Only when it is whole, walled and
checked does it take the name of the one that was there, at one stroke. Stopped before
that, nothing has changed; the next try clears away what was left.
"""

import getpass
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from alongside.cli.check import list_walls_down
from alongside.cli.migrate import bring_up_to_date
from alongside.cli.site import Site
from alongside.foundation.gateways import database_copy as copies
from alongside.foundation.gateways.database_setup import administrator_of, prepare
from alongside.foundation.lib.errors import DomainError

SUFFIX = "_restoring"


class NotEmpty(DomainError):
    user_message = (
        "The database here holds accounts or people. To put the backup in its place "
        "and lose what is there, say --replace"
    )


class NotWhole(DomainError):
    """What came out of the backup is not what went in. Nothing was replaced."""


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What a restore came to."""

    made_at: datetime
    tables: int
    rows: int
    cleared: bool
    shredded_again: int
    erased_again: int
    unreadable_lines: int
    areas_without_keys: tuple[str, ...]


def restore(
    site: Site,
    *,
    counts: Mapping[str, int],
    pieces: Iterator[bytes],
    made_at: datetime,
    may_replace: bool,
    now: datetime,
) -> Restored:
    """Restore a copy and put it in place.

    Raises:
        InUse, NotEmpty: the database that is there may not be replaced.
        CopyRefused, NotWhole, CutShort, Altered: the copy is not whole; nothing of
            the database that was there has changed.
    """
    _close_connections()
    installation = site.installation
    administrator = administrator_of(installation)
    server = replace(administrator, database="postgres")
    copies.check_unused(server, installation.database)
    if not may_replace and copies.holds_somebody(administrator):
        raise NotEmpty
    scratch = f"{installation.database}{SUFFIX}"
    cleared = copies.make_scratch(server, scratch)
    try:
        there = replace(administrator, database=scratch)
        found = copies.fill(there, pieces, installation.pg_bin)
        _compare(counts, found)
        prepare(replace(installation, database=scratch))
        with _pointed_at(scratch):
            done = _make_good(now)
        copies.put_in_place(server, scratch, installation.database)
    except DomainError:
        copies.clear_away(server, scratch)
        raise
    return Restored(
        made_at=made_at,
        tables=len(found),
        rows=sum(found.values()),
        cleared=cleared,
        shredded_again=done.keys,
        erased_again=done.people,
        unreadable_lines=done.unreadable,
        areas_without_keys=done.missing,
    )


def _compare(counts: Mapping[str, int], found: Mapping[str, int]) -> None:
    wrong = sorted(
        name
        for name in counts.keys() | found.keys()
        if counts.get(name) != found.get(name)
    )
    if wrong:
        raise NotWhole(
            "The restored tables do not hold as many rows as were backed up: "
            + ", ".join(wrong)
        )


@dataclass(frozen=True, kw_only=True)
class _PutRight:
    """Keys shredded and people erased again, lines of the journal that cannot be read,
    and areas of whose keys the file of keys lacks some."""

    keys: int
    people: int
    unreadable: int
    missing: tuple[str, ...]


def _make_good(now: datetime) -> _PutRight:
    """Bring the restored database up to date and put right what a backup cannot."""
    from django.db import connections

    from alongside.workflows import vault_keys
    from alongside.workflows.erase import erase_again

    try:
        bring_up_to_date(now=now)
        missing: tuple[str, ...] = ()
    except vault_keys.KeysLost:
        # Everything but protected details can be worked with until they are found.
        missing = tuple(vault_keys.list_missing_keys())
    people = erase_again(now=now)
    replayed = vault_keys.replay_journal(actor=getpass.getuser(), now=now)
    with connections["owner"].cursor() as cursor:
        # Numbers of transactions begin anew on another server; the trail is told.
        cursor.execute("SELECT audit.begin_era_if_moved()")
    breaches = list_walls_down()
    if breaches:
        raise NotWhole("The restored database is not safe to use: " + breaches[0])
    _note(now, f"{replayed.keys} keys shredded again")
    return _PutRight(
        keys=replayed.keys,
        people=people,
        unreadable=replayed.unreadable,
        missing=missing,
    )


def _note(now: datetime, what: str) -> None:
    from alongside.foundation.audit import operations as audit
    from alongside.foundation.audit.types import AuditAction, Subject

    who = getpass.getuser()
    audit.record_event(
        actor=who,
        now=now,
        action=AuditAction.BACKUP_RESTORED,
        subject=Subject(kind="database"),
        purpose=f"{what}, by {who}",
        using="owner",
    )


@contextmanager
def _pointed_at(database: str) -> Iterator[None]:
    """Have Django's connections go to another database of the same server."""
    from django.db import connections

    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    _close_connections()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = database
    try:
        yield
    finally:
        _close_connections()
        for alias, name in before.items():
            connections[alias].settings_dict["NAME"] = name


def _close_connections() -> None:
    from django.db import connections

    for alias in connections:
        connections[alias].close()
