"""What protecting costs: opening a page of details, changing keys, finding by phone.

    python -m bench.vault

Prints each figure beside AES-256-GCM alone over the same bytes, measured in the same
run. Makes a database of its own and drops it.
"""

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.databases import bench_template, copy_of_template, open_copy, tidy

DATABASE = "alongside_bench_vault"
PAGE, KEYS, TOKENS, ROUNDS = 25, 100_000, 100_000, 200
ADDRESS = "Flat 2, The Limes, 1 Invented Street, Anytown, AB1 2CD"
EMAIL = "specialist@llr.example"


def main() -> None:
    """Measure on a copy, and say what was found."""
    with bench_template(), copy_of_template(DATABASE):
        open_copy(DATABASE)
        from django.db import connections

        for alias in connections:
            connections[alias].settings_dict["NAME"] = DATABASE
        for words, figure in _measure():
            print(f"{words:<58} {figure}")
        connections.close_all()


def _measure() -> list[tuple[str, str]]:
    from alongside.foundation.accounts.models import User
    from alongside.foundation.accounts.queries import get_actor

    now = datetime.now(tz=UTC)
    user = User.objects.get(email=EMAIL)
    actor = get_actor(user_id=user.pk, now=now)
    people = _receive(now)
    return [
        *_open_page(actor, now, people),
        *_find(actor, now),
        *_rewrap(actor, now),
    ]


def _receive(now: datetime) -> list[UUID]:
    """As many people as a page shows, received as a force would send them."""
    from django.db import connections

    from tests.factories.feeds import receive

    receive([{} for _ in range(PAGE)], now=now)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT public_id FROM people_person")
        return [row[0] for row in cursor.fetchall()]


def _open_page(actor: Any, now: datetime, people: list[UUID]) -> list[tuple[str, str]]:
    from django.db import transaction

    from alongside.foundation.vault import queries
    from alongside.foundation.vault.types import DetailKind
    from alongside.walls.context import acting_as
    from alongside.workflows.protected_details import protect
    from alongside.workflows.vault_keys import key_service

    with acting_as(actor), transaction.atomic():
        ids = [
            protect(
                actor=actor,
                now=now,
                person_id=person,
                kind=DetailKind.SAFE_ADDRESS,
                text=ADDRESS,
            )
            for person in people
        ]

    def opened() -> None:
        with acting_as(actor), transaction.atomic():
            found = queries.open_details(
                actor=actor,
                now=now,
                keys=key_service(),
                detail_ids=ids,
                purpose="check",
            )
        if len(found) != PAGE:
            raise RuntimeError("not everything was opened")

    whole = _median(opened, ROUNDS)
    alone = _median(_raw_opening(), ROUNDS)
    return [
        (f"opening {PAGE} details of {PAGE} people, audited, committed", _ms(whole)),
        (f"  the same bytes by AES-256-GCM alone ({2 * PAGE} of them)", _ms(alone)),
        ("  ratio", f"{whole / alone:.0f}"),
    ]


def _raw_opening() -> Callable[[], None]:
    """Unwrapping a key and opening a value for each row of a page, and nothing else."""
    nonce = os.urandom(12)
    rows = []
    for _ in range(PAGE):
        outer, inner = (AESGCM(AESGCM.generate_key(256)) for _ in range(2))
        wrapped = outer.encrypt(nonce, os.urandom(32), b"label")
        rows.append((outer, inner, wrapped, inner.encrypt(nonce, b"x" * 64, b"l")))

    def run() -> None:
        for outer, inner, wrapped, sealed in rows:
            outer.decrypt(nonce, wrapped, b"label")
            inner.decrypt(nonce, sealed, b"l")

    return run


def _find(actor: Any, now: datetime) -> list[tuple[str, str]]:
    from django.db import connections, transaction

    from alongside.foundation.vault.types import IndexedField
    from alongside.walls.context import acting_as
    from alongside.workflows.protected_details import find_protected
    from alongside.workflows.vault_keys import key_service

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "WITH made AS (INSERT INTO vault_sealedvalue (area_id, public_id, person,"
            " kind, key, sealed, made_at, made_by_id) SELECT %s, gen_random_uuid(),"
            " gen_random_uuid(), 'safe_phone', gen_random_uuid(), '', now(), %s"
            " FROM generate_series(1, %s) RETURNING id, area_id)"
            " INSERT INTO vault_blindtoken (area_id, value_id, field, made_with, token)"
            " SELECT area_id, id, 'phone', %s, decode(substr(md5(id::text), 1, 16),"
            " 'hex') FROM made",
            [actor.area_id, actor.user_id, TOKENS, key_service().index_names("llr")[0]],
        )
    tidy(DATABASE)

    def find() -> None:
        with acting_as(actor), transaction.atomic():
            find_protected(
                actor=actor, now=now, field=IndexedField.PHONE, typed="07700 900123"
            )

    took = _median(find, ROUNDS)
    return [(f"finding by phone among {TOKENS:,} tokens, audited", _ms(took))]


def _rewrap(actor: Any, now: datetime) -> list[tuple[str, str]]:
    from alongside.foundation.vault.models import PersonKey
    from alongside.foundation.vault.rules import key_label
    from alongside.workflows.vault_keys import key_service, rotate

    keys = key_service()
    name = keys.current("llr")
    fresh = []
    for _ in range(KEYS):
        person, key = uuid4(), uuid4()
        wrapped = keys.wrap(name, b"k" * 32, label=key_label(person, key, name))
        fresh.append(
            PersonKey(
                area_id=actor.area_id,
                public_id=key,
                person=person,
                wrapped=wrapped,
                wrapped_by=name,
                made_at=now,
            )
        )
    PersonKey.objects.using("owner").bulk_create(fresh, batch_size=5000)
    alone = _raw_rewrapping()
    began = time.perf_counter()
    done = rotate(
        actor="bench",
        now=now,
        area_code="llr",
        with_index=False,
        drop_old=False,
        on_step=lambda words, count: None,
    )
    took = time.perf_counter() - began
    return [
        (f"changing the key of {done.keys:,} people", f"{took:.1f} s"),
        (f"  AES-256-GCM alone, {KEYS:,} out and in", f"{alone:.1f} s"),
        ("  ratio", f"{took / alone:.1f}"),
    ]


def _raw_rewrapping() -> float:
    old, new = (AESGCM(AESGCM.generate_key(256)) for _ in range(2))
    nonce = os.urandom(12)
    wrapped = old.encrypt(nonce, b"k" * 32, b"label")
    began = time.perf_counter()
    for _ in range(KEYS):
        new.encrypt(os.urandom(12), old.decrypt(nonce, wrapped, b"label"), b"label")
    return time.perf_counter() - began


def _median(do: Callable[[], None], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        do()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


if __name__ == "__main__":
    main()
