"""Who somebody may be: the records behind their keys. Nothing here writes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.linking.models import LinkModel
from alongside.care.linking.types import Behind
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Candidate, Standard
from alongside.foundation.lib.asking import Question, Rows, ask
from alongside.walls.prepared import Prepared

LOOK = Prepared("SELECT * FROM linking_candidates(%s::bigint[], %s)")
JOINABLE = Prepared("SELECT linking_may_join(%s)")
LIVE = Prepared(
    "SELECT id FROM linking_linkmodel"
    " WHERE live_from IS NOT NULL AND retired_at IS NULL"
)
LOOK_FOR_MANY = Prepared("SELECT * FROM linking_candidates_of_many(%s::bigint[], %s)")
# From so many keys on, to read along the index is quicker than to probe it.
MANY = 500


def find_behind(*, keys: Sequence[int]) -> Behind:
    """The records of the area behind these keys (`matching.rules.keys`).

    One statement, whatever the number of keys. Nobody is held up by it.
    """
    if not keys:
        return Behind({}, {}, frozenset())
    return read_behind(ask(ask_behind(keys=keys)))


def ask_behind(*, keys: Sequence[int]) -> Question:
    """The question of `find_behind`, to be asked together with others."""
    if len(keys) < MANY:
        return Question(LOOK, (list(keys), LIMITS.crowd))
    # As text: the driver would look at each of a hundred thousand numbers three times.
    return Question(LOOK_FOR_MANY, (f"{{{','.join(map(str, keys))}}}", LIMITS.crowd))


def find_never(*, person_ids: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Pairs of people that are known not to be one, of whom one is among these.

    The lower key first.
    """
    return _pairs("SELECT low, high FROM linking_never(%s::bigint[])", person_ids)


def find_compared(*, person_ids: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Pairs of people about whom somebody is asked, or was, whether they are one.

    The lower key first; one of the two is among these.
    """
    return _pairs(
        "SELECT least(t.person_id, t.other_person_id),"
        " greatest(t.person_id, t.other_person_id)"
        " FROM linking_reviewtask t, (SELECT %s::bigint[] AS some) asked"
        " WHERE t.person_id = ANY (asked.some) OR t.other_person_id = ANY (asked.some)",
        person_ids,
    )


def _pairs(sql: str, person_ids: Iterable[int]) -> frozenset[tuple[int, int]]:
    wanted = sorted(set(person_ids))
    if not wanted:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted])
        return frozenset(cursor.fetchall())


def read_behind(rows: Rows) -> Behind:
    """What a statement that finds the records behind keys answers, put together."""
    records: dict[int, Candidate] = {}
    through: defaultdict[int, list[int]] = defaultdict(list)
    common: frozenset[int] = frozenset()
    new = tuple.__new__
    for row in rows:
        met_by, record, person = row[:3]
        if record is None:
            common = frozenset(met_by)
            continue
        records[record] = Candidate(person, record, new(Standard, row[3:]))
        for key in met_by:
            through[key].append(record)
    return Behind(records, through, common)


def find_joinable(*, person_id: int) -> UUID | None:
    """The public id of somebody to whom the actor may add a record: whom they may
    see, with the open case that it joins. Nobody else joins anything to them until
    the transaction ends."""
    ((found,),) = ask(Question(JOINABLE, (person_id,)))
    public_id: UUID | None = found
    return public_id


def find_live_model() -> int | None:
    """The area's own weights that count, if it has any."""
    return read_live_model(ask(ask_live_model()))


def ask_live_model() -> Question:
    """The question of `find_live_model`, to be asked together with others."""
    return Question(LIVE)


def read_live_model(rows: Rows) -> int | None:
    """What the question of `ask_live_model` found."""
    return rows[0][0] if rows else None


def get_weights(*, model_id: int) -> dict[str, Any]:
    """The weights of a model as they are stored."""
    weights: dict[str, Any] = LinkModel.objects.get(pk=model_id).weights
    return weights


def get_model(*, model_id: int) -> tuple[str, Any]:
    """The version and the weights of a model as they are stored."""
    model = LinkModel.objects.get(pk=model_id)
    return model.version, model.weights


def list_live_models() -> list[tuple[str, Any]]:
    """The same of every area's weights that count, for the database's owner."""
    live = LinkModel.objects.using("owner").filter(
        live_from__isnull=False, retired_at=None
    )
    return list(live.order_by("pk").values_list("version", "weights"))
