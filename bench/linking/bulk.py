"""How quickly and how rightly whole files are linked, beside Splink alone.

Splink alone learns, compares and joins up the same standard forms of the same records
in the same run, at its usual threshold. Everybody is invented, of seeds that nothing
was tuned on.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from array import array
from bisect import bisect
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import count
from typing import Any, NamedTuple

from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band
from alongside.demo.generator.people import invent
from alongside.foundation.gateways.splink_engine import LinkEngine
from alongside.workflows.linking_in_bulk.clustering import join_up
from alongside.workflows.linking_in_bulk.comparing import (
    COMPARED,
    RULES,
    as_learnt,
    compare,
)
from alongside.workflows.linking_in_bulk.judging import judge_doubles, judge_pairs
from alongside.workflows.linking_in_bulk.learning import learn
from alongside.workflows.linking_in_bulk.linking import probability
from alongside.workflows.linking_in_bulk.loading import as_standard, open_engine
from bench.linking.accuracy import decide_last

RECORDS, DECIDED, SEED = 1_000_000, 50_000, 773_310
PIECE, EVERYBODY = 20_000, 1_000_000_000
ONE_DAY = date(2026, 11, 1)
PER = 10_000
MEGABYTE = 1024
SPEED, MEMORY = 1.2, 2.5
KINDS = """
    SELECT count(*) FROM truth a JOIN truth b ON a.household = b.household
      JOIN clusters c ON c.record = a.record JOIN clusters d ON d.record = b.record
     WHERE a.person < b.person AND a.role = 'partner' AND b.role = 'partner'
       AND c.cluster = d.cluster
"""
TRUE_PAIRS = """
    SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) n FROM truth GROUP BY person)
"""
CLUSTERS = """
    WITH k AS (SELECT cluster, person, count(*) n
                 FROM clusters JOIN truth USING (record) GROUP BY 1, 2)
    SELECT (SELECT sum(n * (n - 1) / 2) FROM k),
           (SELECT sum(n * (n - 1) / 2)
              FROM (SELECT sum(n) n FROM k GROUP BY cluster)),
           (SELECT count(*)
              FROM (SELECT 1 FROM k GROUP BY cluster HAVING count(*) > 1)),
           (SELECT count(DISTINCT cluster) FROM k)
"""
# What a person who looks would say: the truth, of every pair they are shown.
ANSWERED = f"""
    SELECT e.l, e.r, e.weight, '{Band.LINK}' AS band FROM edges e
      JOIN clusters a ON a.record = e.l JOIN clusters b ON b.record = e.r
      JOIN truth one ON one.record = e.l JOIN truth other ON other.record = e.r
     WHERE e.band = '{Band.REVIEW}' AND one.person = other.person
     UNION ALL
    SELECT cluster, record, 0.0, '{Band.LINK}' FROM clusters WHERE cluster <> record
"""
TASKS = f"""
    SELECT count(*) FROM (
        SELECT DISTINCT least(a.cluster, b.cluster), greatest(a.cluster, b.cluster)
          FROM edges e JOIN clusters a ON a.record = e.l
                       JOIN clusters b ON b.record = e.r
         WHERE e.band = '{Band.REVIEW}' AND a.cluster <> b.cluster)
"""

WEIGHED = """
    SELECT weight, band, one.person = other.person FROM edges
      JOIN truth one ON one.record = l JOIN truth other ON other.record = r
"""
# Between which probabilities pairs are counted together.
STEPS = (0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)

Timed = dict[str, Any]


class Truths(NamedTuple):
    """The truth about each record, in little memory: what is measured is not ours."""

    people: "array[int]"
    households: "array[int]"
    roles: list[str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--decided", type=int, default=DECIDED)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    _say(f"people of seed {args.seed}", f"{args.records:,} records")
    ours = _apart(_ours, args.records, args.seed)
    alone = _apart(_splink_alone, args.records, args.seed)
    _speed(ours, alone)
    _quality(ours, alone)
    _arrivals(args)


def _speed(ours: Timed, alone: Timed) -> None:
    for part in ("learn", "compare", "judge", "join up"):
        _say(
            f"{part}, ours and Splink alone",
            f"{ours['seconds'][part]:.1f} and {alone['seconds'].get(part, 0.0):.1f} s",
        )
    one, other = (sum(run["seconds"].values()) for run in (ours, alone))
    _say(
        "train to clusters, ours and Splink alone",
        f"{one:.1f} and {other:.1f} s, {one / other:.2f} times",
        f"<= {SPEED} times",
    )
    one, other = (sum(run["worked"].values()) for run in (ours, alone))
    _say(
        "the same in seconds of processors",
        f"{one:.1f} and {other:.1f} s, {one / other:.2f} times",
    )
    _say("into standard form besides", f"{ours['load']:.1f} s")
    _say(
        "peak memory, ours and Splink alone",
        f"{ours['memory']:.2f} and {alone['memory']:.2f} GB",
        f"<= {MEMORY} GB",
    )


def _quality(ours: Timed, alone: Timed) -> None:
    for name, found, wanted in (
        ("ours", ours["clusters"], "<= 3; 0 partners"),
        ("Splink at .99", alone["clusters"], ""),
    ):
        _say(
            f"contaminated of 10,000 clusters, {name}",
            f"{found['mixed']:.2f}, {found['partners']} pairs of partners",
            wanted,
        )
        _say(f"pairs in clusters, {name}", _scores(found))
    _say("after review", _scores(ours["reviewed"]), "F1 >= .985")
    _say("reviews of 100 records", f"{ours['tasks']:.2f}")
    for least, pairs, right in ours["calibration"]:
        _say(f"pairs from {least}", f"{pairs}, {right:.1%} of one person")


def _scores(found: Timed) -> str:
    return (
        f"precision {found['precision']:.5f}, recall {found['recall']:.4f},"
        f" F1 {found['f1']:.4f}"
    )


def _arrivals(args: argparse.Namespace) -> None:
    people = invent(seed=args.seed + 1, records=args.records)
    decided = min(args.decided, args.records // 2)
    found = decide_last(people, records=args.records, decided=decided)
    counts, arrivals = found.counts, found.arrivals
    _say(
        f"wrong links of 10,000 arrivals, {arrivals:,} decided",
        f"{PER * counts['wrong'] / arrivals:.2f}",
        "<= 1",
    )
    _say("arrivals of somebody known", f"{counts['repeats'] / arrivals:.1%}")
    _say(
        "people who come again, found or shown",
        f"{counts['found'] / counts['repeats']:.2%}",
        ">= 95 %",
    )
    _say(
        "arrivals that somebody looks at",
        f"{counts['asked'] / arrivals:.2%}",
        "<= 6 %",
    )
    for why, number in found.why.most_common(8):
        _say(f"  {why}", f"{number / arrivals:.2%}")


def _ours(records: int, seed: int) -> Timed:
    with closing(open_engine()) as engine:
        load, truths = _load(engine, records, seed, crowd=LIMITS.crowd)
        clock = _Clock()
        model = learn(engine, today=ONE_DAY, lasting=False)
        clock.stop("learn")
        model = compare(engine, model, settle=True)
        clock.stop("compare")
        together = judge_pairs(engine)
        judge_doubles(engine, model)
        clock.stop("judge")
        join_up(engine, together=together)
        clock.stop("join up")
        memory = _memory()
        _tell_truth(engine, truths)
        found = _clusters(engine)
        ((tasks,),) = engine.ask(TASKS)
        calibration = _calibration(engine)
        engine.make("edges", ANSWERED)
        engine.join_up()
        reviewed = _clusters(engine)
    return {
        "seconds": clock.parts,
        "worked": clock.worked,
        "calibration": calibration,
        "load": load,
        "memory": memory,
        "clusters": found,
        "reviewed": reviewed,
        "tasks": 100 * tasks / records,
    }


def _splink_alone(records: int, seed: int) -> Timed:
    """The same comparisons, rules and learning; no guards, no caps, threshold .99."""
    with closing(open_engine()) as engine:
        _, truths = _load(engine, records, seed, crowd=EVERYBODY)
        clock = _Clock()
        model = learn(engine, today=ONE_DAY, lasting=False)
        clock.stop("learn")
        engine.compare(
            COMPARED, as_learnt(model), rules=RULES, crowd=EVERYBODY, least=LIMITS.link
        )
        clock.stop("compare")
        engine.make("edges", f"SELECT l, r, weight, '{Band.LINK}' AS band FROM pairs")
        engine.join_up()
        clock.stop("join up")
        memory = _memory()
        _tell_truth(engine, truths)
        found = _clusters(engine)
    return {
        "seconds": clock.parts,
        "worked": clock.worked,
        "memory": memory,
        "clusters": found,
    }


def _calibration(engine: LinkEngine) -> list[tuple[float, int, float]]:
    """From which probability on, how many pairs, and what part is one person's."""
    found = [[0, 0] for _ in (0.0, *STEPS)]
    for weight, band, same in engine.stream(WEIGHED):
        step = found[bisect(STEPS, probability(weight, Band(band)))]
        step[0] += 1
        step[1] += same
    return [
        (least, pairs, right / max(pairs, 1))
        for least, (pairs, right) in zip((0.0, *STEPS), found, strict=True)
    ]


class _Clock:
    """Seconds of each part, one after another, and those that processors worked."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}
        self.worked: dict[str, float] = {}
        self.since, self.at = time.perf_counter(), time.process_time()

    def stop(self, part: str) -> None:
        now, at = time.perf_counter(), time.process_time()
        self.parts[part], self.since = now - self.since, now
        self.worked[part], self.at = at - self.at, at


def _load(
    engine: LinkEngine, records: int, seed: int, *, crowd: int
) -> tuple[float, Truths]:
    took, truths, piece = 0.0, Truths(array("q"), array("q"), []), []
    for arrival, truth in invent(seed=seed, records=records):
        truths.people.append(truth.person)
        truths.households.append(truth.household)
        truths.roles.append(sys.intern(str(truth.role)))
        piece.append(arrival)
        if len(piece) == PIECE:
            took += _add(engine, piece)
            piece = []
    if piece:
        took += _add(engine, piece)
    engine.finish(crowd=crowd)
    return took, truths


def _add(engine: LinkEngine, piece: list[Any]) -> float:
    since = time.perf_counter()
    engine.add([as_standard(arrival[1:]) for arrival in piece])
    return time.perf_counter() - since


def _tell_truth(engine: LinkEngine, truths: Truths) -> None:
    engine.fill(
        "truth",
        {
            "record": "BIGINT",
            "person": "BIGINT",
            "household": "BIGINT",
            "role": "VARCHAR",
        },
        zip(count(), truths.people, truths.households, truths.roles, strict=False),
    )


def _clusters(engine: LinkEngine) -> Timed:
    ((right, put, mixed, clusters),) = engine.ask(CLUSTERS)
    ((there,),) = engine.ask(TRUE_PAIRS)
    ((partners,),) = engine.ask(KINDS)
    return {
        "precision": float(right) / float(put or 1),
        "recall": float(right) / float(there),
        "f1": 2 * float(right) / float(put + there),
        "mixed": PER * mixed / clusters,
        "partners": partners,
    }


def _memory() -> float:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(kilobytes) / MEGABYTE**2


def _apart(work: Callable[[int, int], Timed], records: int, seed: int) -> Timed:
    """The answer of a process of its own, so that memory is its own too."""
    command = multiprocessing.get_context("spawn")
    with command.Pool(1) as pool:
        found = pool.apply(work, (records, seed))
    sys.stderr.write(f"{work.__name__} {json.dumps(found)}\n")
    return found


def _say(what: str, figure: str, wanted: str = "") -> None:
    print(f"{what:<48} {figure}{f'   ({wanted})' if wanted else ''}", flush=True)


if __name__ == "__main__":
    main()
