"""Erasing people, so that they stay erased: from a backup, or sent again by a force.

The journal outside the database is written first: a machine that stops in between
has a line too many, never somebody who comes back unnoticed.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from alongside.care.information_rights import queries
from alongside.care.information_rights.operations import erasing
from alongside.care.information_rights.permissions import HeldByLaw
from alongside.care.information_rights.queries import NextItem
from alongside.care.information_rights.tables import limit
from alongside.care.information_rights.types import LimitCode
from alongside.foundation.accounts.types import Actor
from alongside.foundation.gateways.shred_journal import ShredJournal, ShredLine
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.hashes import hash_text
from alongside.foundation.lib.sealing import derive_area_key
from alongside.foundation.organisations import queries as organisations
from alongside.workflows.vault_keys import shred_journal

# In the journal this stands where a key would: all of the person went, not a key.
WHOLE_PERSON = UUID(int=0)
_LONGEST_SECRET = 64

OnProgress = Callable[[int], None]


def _silent(done: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsoleView:
    """What a command at the machine would erase: how many rows of which table."""

    person_id: UUID
    area_code: str
    kept_by_law: bool
    still_open: bool
    tables: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class RunReport:
    """What working a run came to."""

    erased: int
    skipped: int
    ended: bool


def suppression_keys(identities: Iterable[UUID], *, area_code: str) -> list[UUID]:
    """What stays of referrals that are erased: hashes under a key of the area's.

    Whoever has the database alone cannot tell whose they are, not even by trying the
    numbers a force may have given.
    """
    key = derive_area_key(settings.AREA_MASTER_KEY, area_code=area_code).key
    secret = key[:_LONGEST_SECRET]
    return [hash_text(("erased", str(one)), secret=secret) for one in identities]


def _write_journal(
    journal: ShredJournal, now: datetime, who: Sequence[NextItem]
) -> None:
    journal.append(
        ShredLine(at=now, person=one.person_id, key=key)
        for one in who
        for key in (*one.keys, WHOLE_PERSON)
    )


@transaction.atomic
def carry_out(*, actor: Actor, now: datetime, erasure_id: UUID) -> None:
    """Erase the person of an approved erasure. There is no way back.

    Raises:
        NotApproved: nobody else has approved it, or it is done.
        StaleFactor, HeldByLaw, AnotherPersonNeeded, NotAllowed: the database refuses.
    """
    who = erasing.read_order(actor=actor, now=now, erasure_id=erasure_id)
    code = organisations.get_area_code(area_id=actor.area_id)
    erasing.erase_person(
        actor=actor,
        now=now,
        erasure_id=erasure_id,
        suppress=suppression_keys(who.identities, area_code=code),
    )
    _write_journal(shred_journal(), now, [who])


def work_batch(*, actor: Actor, now: datetime, run_id: UUID) -> int:
    """Erase the next people of an approved run, in one transaction; how many."""
    with transaction.atomic():
        items = erasing.next_of_run(
            actor=actor, now=now, run_id=run_id, most=limit(LimitCode.BATCH)
        )
        if not items:
            return 0
        code = organisations.get_area_code(area_id=actor.area_id)
        every = [key for one in items for key in one.identities]
        done = erasing.erase_items(
            actor=actor,
            now=now,
            run_id=run_id,
            items=[one.item for one in items],
            suppress=suppression_keys(every, area_code=code),
        )
        _write_journal(shred_journal(), now, items)
    return done


def work_run(
    *, actor: Actor, now: datetime, run_id: UUID, on_progress: OnProgress = _silent
) -> RunReport:
    """Erase everybody of an approved run, batch by batch, each its own transaction.

    Stopped in between, it is taken up again where it was.
    """
    done = 0
    while batch := work_batch(actor=actor, now=now, run_id=run_id):
        done += batch
        on_progress(done)
    with transaction.atomic():
        ended = erasing.end_run(actor=actor, now=now, run_id=run_id)
        run = queries.get_run(actor=actor, run_id=run_id)
    return RunReport(erased=done, skipped=run.skipped, ended=ended)


def work_approved(
    *, actor: Actor, now: datetime, on_progress: OnProgress = _silent
) -> RunReport | None:
    """Work the run that was approved and has not ended; none where there is none."""
    with transaction.atomic():
        run = queries.get_live_run(actor=actor)
    if run is None or run.approved_at is None:
        return None
    return work_run(actor=actor, now=now, run_id=run.run_id, on_progress=on_progress)


def propose(*, actor: Actor, now: datetime, day: date) -> UUID:
    """Propose a run over everybody whose time is over on a day.

    Raises:
        NotAllowed, RunUnderWay, NothingDue: as the operation.
    """
    return erasing.propose_run(actor=actor, now=now, day=day)


def read_console(*, person_id: UUID) -> ConsoleView:
    """What erasing a person at the machine would take away. Nothing is written.

    Raises:
        NotFound: there is no such person.
    """
    found, _, _ = _at_console(person_id)
    return found


def _at_console(person_id: UUID) -> tuple[ConsoleView, list[UUID], list[UUID]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT * FROM rights_at_console(%s)", [person_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("There is no person of that reference")
    code, kept, still_open, identities, keys, tables = row
    view = ConsoleView(
        person_id=person_id,
        area_code=code,
        kept_by_law=kept,
        still_open=still_open,
        tables={name: n for name, n in json.loads(tables).items() if n},
    )
    return view, list(identities), list(keys)


def erase_at_console(*, now: datetime, person_id: UUID, why: str) -> ConsoleView:
    """Erase somebody from the machine itself, as the database's owner.

    Raises:
        NotFound: there is no such person.
        HeldByLaw: a legal hold stands against it.
    """
    with transaction.atomic(using="owner"):
        view, identities, keys = _at_console(person_id)
        if view.kept_by_law:
            raise HeldByLaw
        erasing.erase_at_console(
            actor="console",
            now=now,
            person_id=person_id,
            why=why.strip(),
            suppress=suppression_keys(identities, area_code=view.area_code),
        )
        who = NextItem(item=0, person_id=person_id, identities=(), keys=tuple(keys))
        _write_journal(shred_journal(), now, [who])
    return view


def erase_again(*, now: datetime) -> int:
    """After a restore: erase again everybody the journal says was erased; how many.

    Part of `alongside restore`; works as the database's owner, and is safe to repeat.

    Raises:
        DatabaseError: the database cannot be reached.
    """
    lines = shred_journal().read().lines
    people = sorted({one.person for one in lines if one.key == WHOLE_PERSON}, key=str)
    done = 0
    for person_id in people:
        with transaction.atomic(using="owner"):
            try:
                view, identities, _ = _at_console(person_id)
            except NotFound:
                continue
            done += erasing.erase_again(
                actor="restore",
                now=now,
                person_ids=[person_id],
                suppress=suppression_keys(identities, area_code=view.area_code),
            )
    return done
