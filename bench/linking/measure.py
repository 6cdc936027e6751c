"""Measure linking in a filled database, in a process of its own; prints JSON."""

import gc
import json
import pickle
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from psycopg import sql

from bench.databases import administrator_of, open_copy
from bench.linking.delivery import measure_delivery
from bench.linking.register import Known

MILLISECONDS, MICRO = 1000, 1_000_000
WARM = 200
HOT, HOT_KEY = 20_000, 777
SHIFTED = 10**9
# Each by the index that an arrival finds its rows by.
LOOKED_AT = (
    ("linking_blockkey", "record_id", "key"),
    ("linking_linkrecord", "sex", "record_id"),
    ("people_person", "public_id", "id"),
    ("casework_case", "tier", "person_id"),
    ("casework_caseaccess", "fields", "case_id"),
)
NOW = datetime.now(tz=UTC)

Figures = dict[str, float]


def main(database: str, coming_file: str, singles: str, rows: str) -> None:
    """Read, write, a hot key, a delivery: each with people nobody has met before."""
    open_copy(database)
    _warm(database)
    coming: list[Known] = pickle.loads(Path(coming_file).read_bytes())  # noqa: S301
    few, many = int(singles), int(rows)
    found: dict[str, Any] = {}
    with _at_work() as actor:
        one_by_one = coming[:few]
        found["floor"] = _times(_floor(actor), one_by_one)
        found["look"], found["told"] = _look(actor, one_by_one)
        found["hot"] = _hot(database, actor, one_by_one)
        found["entry"] = _times(_checker(actor), one_by_one)
        found["write"] = _times(_writer(actor), one_by_one)
        found["register"] = _times(_registrar(actor), coming[few : 2 * few])
        found["delivery"] = measure_delivery(
            database, actor, _reception(actor), coming[2 * few :][:many]
        )
    sys.stdout.write(json.dumps(found))


def _warm(database: str) -> None:
    """Have in memory what every arrival looks at, as after a day of arrivals."""
    with administrator_of(database) as administrator:
        for off in ("enable_seqscan", "enable_bitmapscan"):
            administrator.execute(sql.SQL("SET {} = off").format(sql.Identifier(off)))
        for table, column, order in LOOKED_AT:
            administrator.execute(
                sql.SQL(
                    "SELECT count({0}) FROM (SELECT {0} FROM {1} ORDER BY {2}) one"
                ).format(*map(sql.Identifier, (column, table, order)))
            )


@contextmanager
def _at_work() -> Iterator[Any]:
    from alongside.foundation.accounts.models import User
    from alongside.foundation.accounts.queries import get_actor, list_memberships
    from alongside.walls.context import acting_as

    user = User.objects.get(email="worker@llr.example")
    ((membership, _),) = list_memberships(user_id=user.pk, now=NOW)
    actor = get_actor(user_id=user.pk, now=NOW, membership_id=membership)
    gc.freeze()
    with acting_as(actor):
        yield actor


def _times(work: Callable[[Known], object], people: Sequence[Known]) -> Figures:
    """Milliseconds of each, the first ones left out."""
    taken = []
    for one in people:
        started = time.perf_counter()
        work(one)
        taken.append((time.perf_counter() - started) * MILLISECONDS)
    return spread(taken[min(WARM, len(taken) // 10) :])


def spread(taken: Sequence[float]) -> Figures:
    """The middle and the slow end of what things took."""
    hundredths = quantiles(taken, n=100)
    return {"p50": hundredths[49], "p99": hundredths[98], "n": len(taken)}


def _floor(actor: Any) -> Callable[[Known], object]:
    """A statement that answers nothing, in a transaction that says who acts."""
    from django.db import connection, transaction

    def ask(one: Known) -> object:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone()

    return ask


def _look(actor: Any, people: Sequence[Known]) -> tuple[Figures, Figures]:
    """Standard form and keys, the one statement, weighing and deciding.

    Twice: the statement inside an open transaction, as a delivery or a page has one,
    and what was found out of it.
    """
    from django.db import transaction

    from alongside.care.linking.queries.candidates import find_behind
    from alongside.workflows.live_weights import live_weights
    from alongside.workflows.receiving import matching
    from bench.linking.register import standard_of

    weights = live_weights()
    met = right = wrong = asked = repeats = 0
    known = _people_of(people)
    taken = []
    for one in people:
        with transaction.atomic():
            started = time.perf_counter()
            standard = standard_of(one.arrival)
            behind = find_behind(keys=one.keys)
            coming = matching.Arrival(0, standard, one.keys, None, -1)
            (arrived,) = matching.decide_all([coming], behind, weights=weights)
            taken.append((time.perf_counter() - started) * MILLISECONDS)
        met += len(behind.records)
        is_repeat = one.person in known
        repeats += is_repeat
        decision = arrived.decision
        if decision and decision.person is not None:
            right += decision.person == one.person
            wrong += decision.person != one.person
        elif decision and decision.reviews:
            asked += 1
    told = {
        "met": met / len(people),
        "repeats": repeats,
        "linked rightly": right,
        "linked wrongly": wrong,
        "to review": asked,
    }
    return spread(taken[min(WARM, len(taken) // 10) :]), told


def _people_of(people: Sequence[Known]) -> set[int]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM people_person WHERE id = ANY (%s)",
            [[one.person for one in people]],
        )
        return {row[0] for row in cursor.fetchall()}


def _hot(database: str, actor: Any, people: Sequence[Known]) -> Figures:
    """The same where a key of each leads to 20,000 records."""
    from django.db import transaction

    from alongside.care.linking.queries.candidates import find_behind

    with administrator_of(database) as administrator:
        administrator.execute(
            "INSERT INTO linking_blockkey (area_id, key, record_id) SELECT area_id, %s,"
            " record_id FROM linking_linkrecord ORDER BY record_id LIMIT %s",
            [HOT_KEY, HOT],
        )

    def look(one: Known) -> object:
        with transaction.atomic():
            return find_behind(keys=(*one.keys, HOT_KEY))

    return _times(look, people)


def _checker(actor: Any) -> Callable[[Known], object]:
    """Whether somebody who is being typed in may be known, as the form asks it."""
    from django.db import transaction

    from alongside.workflows.check_entry import EntryDetails, check_entry

    def check(one: Known) -> object:
        details = EntryDetails(
            given_names=one.arrival.given_names,
            surname=one.arrival.surname,
            date_of_birth=_born(one),
            gender=one.arrival.gender,
            phones=(one.arrival.phone,),
            email=one.arrival.email,
            address=one.arrival.address,
            postcode=one.arrival.postcode,
        )
        with transaction.atomic():
            return check_entry(actor=actor, now=NOW, details=details)

    return check


def _writer(actor: Any) -> Callable[[Known], object]:
    """Hold, look, decide, keep the record and what was decided, and commit."""
    from django.db import transaction

    from alongside.care.linking.operations import arriving
    from alongside.care.people import operations as people
    from alongside.foundation.lib.bulk import sending_together
    from alongside.workflows.live_weights import live_weights
    from alongside.workflows.receiving import matching

    weights = live_weights()
    reception = _reception(actor)

    def write(one: Known) -> object:
        with transaction.atomic():
            behind, (((record, fresh),),) = arriving.hold_and_find(
                actor=actor,
                now=NOW,
                keys=one.keys,
                besides=(people.ask_record_and_person(actor=actor, now=NOW),),
            )
            coming = matching.Arrival(record, one.standard, one.keys, None, fresh)
            (arrived,) = matching.decide_all([coming], behind, weights=weights)
            with sending_together():
                people.add_records(
                    actor=actor,
                    now=NOW,
                    source="bench",
                    records=[_new_record(one, arrived)],
                )
                matching.keep_all(reception, [arrived], weights=weights)
        return arrived

    return write


def _reception(actor: Any) -> Any:
    from alongside.foundation.organisations.queries import NO_ADDITION
    from alongside.workflows.receiving.piece import Reception

    return Reception(
        actor=actor,
        now=NOW,
        teams={},
        said_at=NOW,
        link_secret=b"",
        workable_at=NOW,
        calendar=NO_ADDITION,
    )


def _new_record(one: Known, arrived: Any) -> Any:
    from alongside.care.people.operations import NewRecord

    empty: dict[str, Any] = dict.fromkeys(
        (
            *("title", "language", "adjustments", "guardian_name", "guardian_phone"),
            *("contact_times", "preferred_method", "do_not_contact_reason"),
        ),
        "",
    )
    return NewRecord(
        record_id=arrived.arrival.record,
        person_id=arrived.person,
        new_person=arrived.is_new,
        said_at=NOW,
        given_names=one.arrival.given_names,
        surname=one.arrival.surname,
        date_of_birth=_born(one),
        gender=one.arrival.gender,
        ethnicity_self=None,
        interpreter_needed=None,
        do_not_contact=None,
        contacts=(),
        marks=(),
        **empty,
    )


def _born(one: Known) -> date | None:
    return date.fromisoformat(one.standard[5]) if one.standard[5] else None


def arrival_of(one: Known) -> dict[str, Any]:
    """What a form would send."""
    born = _born(one)
    return {
        "given_names": one.arrival.given_names or "Unknown",
        "surname": one.arrival.surname or "Unknown",
        "date_of_birth": born.isoformat() if born else None,
        "postcode": one.arrival.postcode,
        "address_lines": [one.arrival.address] if one.arrival.address else [],
        "mobile_phone": one.arrival.phone,
        "email": one.arrival.email,
        "happened": "Something happened to me",
    }


def _registrar(actor: Any) -> Callable[[Known], object]:
    """The whole of taking somebody in: the record, the case, clocks and trail."""
    from alongside.api.v1.people import ArrivingPerson
    from alongside.workflows.register_person import register_person

    def register(one: Known) -> object:
        arrival = ArrivingPerson(**arrival_of(one)).as_arrival()
        return register_person(actor=actor, now=NOW, arrival=arrival)

    return register


if __name__ == "__main__":
    main(*sys.argv[1:])
