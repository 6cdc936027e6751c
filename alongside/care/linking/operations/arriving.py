"""Writing down who arrived, why they were taken for whom, and what is to be asked.

Each runs in the transaction of what arrives, which audits it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from alongside.care.linking.models import (
    BlockKey,
    HouseholdHint,
    LinkDecision,
    LinkRecord,
    ReviewTask,
)
from alongside.care.linking.queries.candidates import read_behind
from alongside.care.linking.tables import LIMITS
from alongside.care.linking.types import (
    Behind,
    DecisionRow,
    NewStandard,
    ReviewRow,
    ReviewState,
)
from alongside.care.matching import tables as matching
from alongside.care.matching.types import Standard
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.asking import Question, Rows, ask_together
from alongside.foundation.lib.bulk import bulk_insert
from alongside.foundation.lib.errors import DomainError
from alongside.walls.prepared import Prepared

RULE, BY_HAND = "weights-1", "by_hand"
HOLD = Prepared("SELECT * FROM linking_arriving(%s::bigint[], %s, %s)")
DECISION_COLUMNS = (
    *("record_id", "person_id", "matched_on", "band", "why", "weight", "levels"),
    *("against_id", "model"),
)
REVIEW_COLUMNS = (
    *("record_id", "other_id", "person_id", "other_person_id", "why", "weight"),
    "levels",
)


class RegisterBusy(DomainError):
    user_message = (
        "Somebody else is being added who may be the same person, or a delivery is"
        " being received. Try again in a minute"
    )


def hold_and_find(
    *,
    actor: Actor,
    now: datetime,
    keys: Sequence[int],
    besides: Sequence[Question] = (),
) -> tuple[Behind, tuple[Rows, ...]]:
    """The records behind the keys of somebody who is about to be added, and the
    answers to what else is to be known: all in one journey to the database.

    Until the transaction ends, whoever else is added under one of these keys waits:
    two arrivals of one person cannot make two people. `besides` is asked once they
    are held.

    Raises:
        RegisterBusy: somebody else held on for longer than anybody should wait.
    """
    patience = LIMITS["patience"].number
    hold = Question(HOLD, (list(keys), matching.LIMITS.crowd, patience))
    try:
        found, *others = ask_together(hold, *besides)
        return read_behind(found), tuple(others)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise RegisterBusy from error
        raise


def hold_register(*, actor: Actor, now: datetime) -> None:
    """Let nobody else add or join people of the area until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT linking_alone()")


def add_standards(
    *,
    actor: object,
    now: datetime,
    area_id: int,
    records: Sequence[NewStandard],
    using: str = "default",
) -> None:
    """Keep the standard forms of new records and the keys that lead to them."""
    area = {"area_id": area_id}
    bulk_insert(
        LinkRecord,
        ("record_id", "person_id", *Standard._fields),
        ((new.record, new.person, *new.standard) for new in records),
        alike=area,
        using=using,
    )
    # In the order of their index: each page of it is touched once.
    bulk_insert(
        BlockKey,
        ("key", "record_id"),
        [(key, new.record) for new in records for key in dict.fromkeys(new.keys)],
        alike=area,
        ordered_by="key",
        using=using,
    )


def add_decisions(
    *,
    actor: Actor,
    now: datetime,
    model: str,
    decisions: Iterable[DecisionRow],
    rule: str = RULE,
) -> None:
    """Say why records belong to their people, by which weights (`model`) or rule."""
    bulk_insert(
        LinkDecision,
        DECISION_COLUMNS,
        (
            (
                *(one.record, one.person, one.matched_on, one.band),
                one.why.value if one.why else "",
                *(
                    (one.compared.weight, list(one.compared.levels), one.against, model)
                    if one.compared
                    else (None, None, one.against, model)
                ),
            )
            for one in decisions
        ),
        alike={
            "area_id": actor.area_id,
            "rule": rule,
            "decided_at": now,
            "decided_by_id": actor.user_id,
        },
    )


def open_reviews(
    *, actor: Actor, now: datetime, model: str, reviews: Iterable[ReviewRow]
) -> None:
    """Ask for somebody to look at pairs of records, of which one is new in each."""
    bulk_insert(
        ReviewTask,
        REVIEW_COLUMNS,
        (
            (
                *(one.record, one.other, one.person, one.other_person, one.why),
                *(one.compared.weight, list(one.compared.levels)),
            )
            for one in reviews
        ),
        alike={
            "area_id": actor.area_id,
            "model": model,
            "opened_at": now,
            "state": ReviewState.OPEN,
        },
    )


def add_households(
    *, actor: Actor, now: datetime, pairs: Iterable[tuple[int, int]], why: str
) -> None:
    """Note pairs of people who seem to live together. A pair is noted once."""
    bulk_insert(
        HouseholdHint,
        ("low_id", "high_id"),
        sorted({(min(pair), max(pair)) for pair in pairs}),
        alike={"area_id": actor.area_id, "why": why, "since": now},
        unless_there=True,
    )
