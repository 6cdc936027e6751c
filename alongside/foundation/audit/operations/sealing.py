"""Sealing the trail, and noting seals outside the database.

The database works out what a seal says; the signature is made here, with a key the
database never holds. Injected SQL can have a seal made early or hand in a signature
that is worth nothing: it cannot say anything untrue about the entries.
"""

from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from alongside.foundation.audit.operations.recording import record_event
from alongside.foundation.audit.queries import seal_of
from alongside.foundation.audit.rules.anchors import is_behind
from alongside.foundation.audit.rules.sealing import message
from alongside.foundation.audit.types import Anchor, AuditAction, Seal, Subject
from alongside.foundation.gateways.seal_key import SealKey
from alongside.foundation.lib.errors import DomainError


class TrailWentBack(DomainError):
    """The trail in the database is not the one that was sealed before."""

    user_message = (
        "The audit trail ends before, or otherwise than, it was last noted outside "
        "the database. Nothing was signed. Run alongside audit verify and find out why;"
        " after a restore, alongside audit restored --why TEXT lets it go on"
    )


def seal_trail(
    *, actor: object, now: datetime, key: SealKey, latest: Seal | None
) -> Seal | None:
    """Seal and sign all that can be sealed; the newest seal, None before the first.

    `latest` is the newest seal this installation knows of from outside the database:
    what the database says must go on from it. Not on the trail itself, or every round
    would have something to seal. Each stretch is a transaction of its own.

    Raises:
        TrailWentBack: it does not go on from there.
    """
    while True:
        with transaction.atomic():
            sealed = _seal_next(key, latest)
        if sealed is None:
            return latest
        latest = sealed


@transaction.atomic
def choose_anchor(*, actor: object, now: datetime, last: Seal | None) -> Anchor | None:
    """The newest seal, to be noted outside; None where there is none newer.

    `last` is the one noted last.

    Raises:
        TrailWentBack: the trail does not go on from there.
    """
    _check_goes_on(last)
    newest = _read_newest()
    if newest is None or (last is not None and newest.n == last.n):
        return None
    record_event(
        actor=actor,
        now=now,
        action=AuditAction.TRAIL_ANCHORED,
        subject=Subject(kind="trail"),
        purpose=f"seal {newest.n}",
    )
    return Anchor(seal=newest, anchored_at=now)


def _seal_next(key: SealKey, latest: Seal | None) -> Seal | None:
    _check_goes_on(latest)
    start = latest.n if latest else _newest_number()
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.make_seal()")
    fresh = _read_seals(start + 1)
    for seal in fresh:
        signature = key.private.sign(message(seal))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT audit.sign_seal(%s, %s, %s)", [seal.n, key.name, signature]
            )
    if not fresh:
        return None
    return replace(fresh[-1], signatures=((key.name, signature),))


def _check_goes_on(latest: Seal | None) -> None:
    if latest is None:
        return
    same = next(iter(_read_seals(latest.n, limit=1)), None)
    if is_behind(same, latest):
        raise TrailWentBack


def _newest_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.newest_seal()")
        return int(cursor.fetchone()[0])


def _read_newest() -> Seal | None:
    return next(iter(_read_seals(_newest_number(), limit=1)), None)


def _read_seals(least: int, *, limit: int | None = None) -> list[Seal]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit.seals_from(%s) LIMIT %s", [least, limit])
        return [seal_of(row) for row in cursor.fetchall()]
