"""What the linking of a whole delivery takes, beside COPY of the same rows and keys."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from psycopg import sql

from bench.databases import administrator_of
from bench.linking.register import Known, put_standards

SHIFTED = 10**9
COPIES = 3
# What is done for the measuring alone.
ASIDE = "aside"

Figures = dict[str, float]


def measure_delivery(
    database: str, actor: Any, reception: Any, people: Sequence[Known]
) -> Figures:
    """Seconds of each part of linking these people in one transaction, committed.

    As a delivery does it: one thread asks and decides while another sends what is to
    be kept, and the collector rests, as it does for COPY here.
    """
    with _collector_at_rest():
        floor = min(_copy_seconds(database, people) for _ in range(COPIES))
        parts = _parts(actor, reception, people)
    taken = sum(parts.values())
    with administrator_of(database) as administrator:
        # Their people are not there: nobody else may be linked with them.
        for table in ("linking_linkrecord", "linking_blockkey"):
            administrator.execute(
                sql.SQL("DELETE FROM {} WHERE record_id > %s").format(
                    sql.Identifier(table)
                ),
                [SHIFTED],
            )
    return {
        "rows": len(people),
        "rows a second": len(people) / taken,
        "copy rows a second": len(people) / floor,
        "share of copy": floor / taken,
        **parts,
    }


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _copy_seconds(database: str, people: Sequence[Known]) -> float:
    with administrator_of(database) as administrator:
        found = administrator.execute("SELECT id FROM organisations_area").fetchone()
        shifted = [one._replace(record=one.record + SHIFTED) for one in people]
        started = time.perf_counter()
        put_standards(administrator, shifted, area=found[0] if found else 0)
        taken = time.perf_counter() - started
        administrator.rollback()
    return taken


def _parts(actor: Any, reception: Any, people: Sequence[Known]) -> Figures:
    from django.db import transaction

    from alongside.care.linking.operations import arriving
    from alongside.care.linking.queries.candidates import find_behind
    from alongside.foundation.lib.bulk import writing_behind
    from alongside.workflows.area_secret import area_secret
    from alongside.workflows.live_weights import live_weights
    from alongside.workflows.receiving import matching
    from bench.linking.register import standard_of

    weights = live_weights()
    secret = area_secret(area_id=actor.area_id)
    clock = _Clock()
    with transaction.atomic():
        with writing_behind():
            arriving.hold_register(actor=actor, now=reception.now)
            standards = [standard_of(one.arrival) for one in people]
            clock.end("standard")
            coming = _arrivals(people, standards, secret)
            clock.end("keys")
            keys = sorted({key for one in coming for key in one.keys})
            behind = find_behind(keys=keys)
            clock.end("find")
            arrived = matching.decide_all(coming, behind, weights=weights)
            clock.end("decide")
            # As records of people known, so that every row may be kept without one.
            known = [replace(one, decision=None) for one in arrived]
            clock.end(ASIDE)
            matching.keep_all(reception, known, weights=weights)
        clock.end("keep")
    clock.end("commit")
    del clock.parts[ASIDE]
    return clock.parts


class _Clock:
    """Seconds of one part after another."""

    def __init__(self) -> None:
        self.parts: Figures = {}
        self._at = time.perf_counter()

    def end(self, part: str) -> None:
        """End a part; the next begins."""
        now = time.perf_counter()
        self.parts[part] = now - self._at
        self._at = now


def _arrivals(
    people: Sequence[Known], standards: Sequence[Any], secret: bytes
) -> list[Any]:
    from alongside.care.matching.rules.keys import block_keys
    from alongside.workflows.receiving import matching

    return [
        matching.Arrival(
            SHIFTED + one.record,
            standard,
            block_keys(standard, secret=secret),
            None,
            SHIFTED + one.record,
        )
        for one, standard in zip(people, standards, strict=True)
    ]
