"""Wrapping every person's key anew, and making every token anew.

Set-up work, done at the command line as the database's owner, in batches that commit
by themselves: one that is killed is taken up again where it stopped.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import connections, transaction

from alongside.foundation.lib.sealing import DataKey
from alongside.foundation.vault import rules
from alongside.foundation.vault.models import BlindToken, PersonKey, SealedValue
from alongside.foundation.vault.types import DetailKind, KeyService

BATCH = 5000

# Told how many are done so far.
OnProgress = Callable[[int], None]


def _silent(done: int) -> None:
    """Tell nobody."""


def rewrap_keys(
    *,
    actor: str,
    now: datetime,
    keys: KeyService,
    area_id: int,
    area_code: str,
    on_progress: OnProgress = _silent,
) -> int:
    """Wrap every key of the area under its current wrapping key; how many were.

    What is sealed is not touched. The caller audits the whole.

    Raises:
        KeyMissing, Tampered: a key cannot be unwrapped; those before it are done.
    """
    new, done, last = keys.current(area_code), 0, 0
    while True:
        with transaction.atomic(using="owner"):
            batch = list(
                PersonKey.objects.using("owner")
                .select_for_update()
                .filter(area_id=area_id, pk__gt=last)
                .exclude(wrapped_by=new)
                .order_by("pk")[:BATCH]
            )
            last = batch[-1].pk if batch else last
            _store([(row.pk, _rewrapped(keys, row, new)) for row in batch], new)
        done += len(batch)
        on_progress(done)
        if len(batch) < BATCH:
            return done


def _rewrapped(keys: KeyService, row: PersonKey, new: str) -> bytes:
    return rules.rewrap(
        keys,
        bytes(row.wrapped),
        person_id=row.person,
        key_id=row.public_id,
        old=row.wrapped_by,
        new=new,
    )


def _store(rows: Sequence[tuple[int, bytes]], name: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE vault_personkey k SET wrapped = n.wrapped, wrapped_by = %s"
            "  FROM unnest(%s::bigint[], %s::bytea[]) AS n(id, wrapped)"
            " WHERE k.id = n.id",
            [name, [pk for pk, _ in rows], [wrapped for _, wrapped in rows]],
        )


def retoken(
    *,
    actor: str,
    now: datetime,
    keys: KeyService,
    area_id: int,
    area_code: str,
    on_progress: OnProgress = _silent,
) -> int:
    """Make every token of the area with its current index key; how many were.

    Values are opened in memory for it and shown to nobody. The caller audits the whole.

    Raises:
        KeyMissing, Tampered: a value cannot be opened; those before it are done.
    """
    new, done, last = keys.index_names(area_code)[0], 0, 0
    while True:
        with transaction.atomic(using="owner"):
            batch = list(
                BlindToken.objects.using("owner")
                .select_for_update(of=("self",))
                .select_related("value")
                .filter(area_id=area_id, pk__gt=last)
                .exclude(made_with=new)
                .order_by("pk")[:BATCH]
            )
            last = batch[-1].pk if batch else last
            _replace_tokens(keys, batch, new)
        done += len(batch)
        on_progress(done)
        if len(batch) < BATCH:
            return done


def _replace_tokens(keys: KeyService, batch: Sequence[BlindToken], name: str) -> None:
    wanted = {row.value.key for row in batch}
    kept = {
        row.public_id: row
        for row in PersonKey.objects.using("owner").filter(public_id__in=wanted)
    }
    # A token whose person was shredded leads nowhere.
    dead = [row.pk for row in batch if row.value.key not in kept]
    BlindToken.objects.using("owner").filter(pk__in=dead).delete()
    alive = [row for row in batch if row.value.key in kept]
    for row in alive:
        text = _open(keys, kept[row.value.key], row.value)
        row.token = keys.index_token(name, field=row.field, text=text)
        row.made_with = name
    BlindToken.objects.using("owner").bulk_update(alive, ["token", "made_with"])


def _open(keys: KeyService, kept: PersonKey, value: SealedValue) -> str:
    label = rules.key_label(kept.person, kept.public_id, kept.wrapped_by)
    key = DataKey(keys.unwrap(kept.wrapped_by, bytes(kept.wrapped), label=label))
    label = rules.detail_label(value.person, DetailKind(value.kind), value.public_id)
    return rules.open_text(key, bytes(value.sealed), label=label)
