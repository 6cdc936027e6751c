"""A file of people in; who is who out."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from alongside.care.matching.tables import LIMITS, START
from alongside.care.matching.types import Band
from alongside.foundation.gateways.splink_engine import LinkEngine, NothingToLearn
from alongside.workflows.linking_in_bulk.clustering import join_up
from alongside.workflows.linking_in_bulk.comparing import compare
from alongside.workflows.linking_in_bulk.judging import judge_doubles, judge_pairs
from alongside.workflows.linking_in_bulk.learning import learn
from alongside.workflows.linking_in_bulk.loading import (
    OnProgress,
    load_file,
    open_engine,
)
from alongside.workflows.linking_in_bulk.writing import check_place, write_rows

# Told what is being done now.
OnStep = Callable[[str], None]
# What guards hold for review is never nearly certain. Of what they refuse three in a
# hundred are one person's, as bench/linking counts them.
HELD_BELOW, REFUSED_BELOW = 0.99, 0.05


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of a file. `people` are clusters; `review` pairs that may be one."""

    records: int
    people: int
    links: int
    review: int
    model: str
    learnt: bool


def link_file(
    path: Path,
    out: Path,
    *,
    today: date,
    model: Mapping[str, Any] | None,
    engine: str,
    on_progress: OnProgress,
    on_step: OnStep,
) -> Linked:
    """Write which records are one person's: id, cluster.

    A cluster is named after its first record. Without a model the weights are learnt
    from the file, or those shipped count where it is too small.

    Raises:
        BadFile, CannotWrite: the file cannot be read, or the answer not be written.
    """
    check_place(out, source=path)
    with closing(open_engine(engine)) as made:
        ids = load_file(made, path, on_progress)
        used, learnt, together = _judge(made, model, today=today, on_step=on_step)
        on_step("joining up")
        join_up(made, together=together)
        rows = made.stream("SELECT record, cluster FROM clusters ORDER BY record")
        write_rows(out, ("id", "cluster"), _named(rows, ids))
        return _linked(made, used, learnt=learnt)


def pair_file(
    path: Path,
    out: Path,
    *,
    today: date,
    model: Mapping[str, Any] | None,
    engine: str,
    on_progress: OnProgress,
    on_step: OnStep,
) -> Linked:
    """Write which pairs may be one person's: id_a, id_b, probability.

    Raises:
        BadFile, CannotWrite: as in `link_file`.
    """
    check_place(out, source=path)
    with closing(open_engine(engine)) as made:
        ids = load_file(made, path, on_progress)
        used, learnt, _ = _judge(made, model, today=today, on_step=on_step)
        rows = made.stream("SELECT l, r, weight, band FROM edges ORDER BY l, r")
        write_rows(out, ("id_a", "id_b", "probability"), _likely(rows, ids))
        made.make("clusters", "SELECT unique_id record, unique_id cluster FROM records")
        return _linked(made, used, learnt=learnt)


def _judge(
    engine: LinkEngine,
    model: Mapping[str, Any] | None,
    *,
    today: date,
    on_step: OnStep,
) -> tuple[str, bool, bool]:
    learnt = model is None
    if model is None:
        on_step("learning weights")
        try:
            model = learn(engine, today=today, lasting=False)
        except NothingToLearn:
            model, learnt = START, False
    on_step("comparing")
    used = compare(engine, model, settle=learnt)
    together = judge_pairs(engine)
    judge_doubles(engine, used)
    return str(used["version"]), learnt, together


def _named(
    rows: Iterator[tuple[Any, ...]], ids: list[str]
) -> Iterator[tuple[str, str]]:
    return ((ids[record], ids[cluster]) for record, cluster in rows)


def _likely(
    rows: Iterator[tuple[Any, ...]], ids: list[str]
) -> Iterator[tuple[str, str, str]]:
    for one, other, weight, band in rows:
        yield ids[one], ids[other], f"{probability(weight, Band(band)):.6f}"


def probability(weight: float, band: Band) -> float:
    """How likely two records are one person's, by weight, within what guards allow."""
    likely = 1 / (1 + 2.0**-weight) if weight > -LIMITS.link * 10 else 0.0
    if band is Band.LINK:
        return likely
    # A half-way point is kept below each bound, so that the order stays.
    if band is Band.REVIEW:
        return likely * HELD_BELOW * 0.9999
    return likely * REFUSED_BELOW * 0.9999


def _linked(engine: LinkEngine, model: str, *, learnt: bool) -> Linked:
    ((records, people),) = engine.ask(
        "SELECT count(*), count(DISTINCT cluster) FROM clusters"
    )
    found = dict(engine.ask("SELECT band, count(*) FROM edges GROUP BY 1"))
    return Linked(
        records=records,
        people=people,
        links=found.get(Band.LINK, 0),
        review=found.get(Band.REVIEW, 0),
        model=model,
        learnt=learnt,
    )
