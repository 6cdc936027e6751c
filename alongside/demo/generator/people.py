"""A stream of records of invented people, each with the truth about it."""

import csv
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path
from random import Random

from alongside.demo.generator.arrivals import Scribe
from alongside.demo.generator.households import Households
from alongside.demo.generator.types import Arrival, Truth
from alongside.demo.generator.words import Words

# Of a thousand people: with how many records (none, one, two and so on). Three in
# five of the last records are of somebody who was there before.
RECORDS = (265, 470, 160, 60, 25, 10, 5, 3, 1, 1)
RECORD_SUMS = list(accumulate(RECORDS))
# So many records are held back to be mixed: those of one household come apart.
MIXED = 50_000

Pair = tuple[Arrival, Truth]


def invent(*, seed: int, records: int) -> Iterator[Pair]:
    """So many records with the truth about each; the same seed gives the same.

    Takes about 40 seconds a million and little memory.
    """
    source = islice(_in_households(seed), records)
    found = _mixed(Random(seed), source)  # noqa: S311 - no secret
    for number, (arrival, truth) in enumerate(found, start=1):
        name = f"A{number:07}"
        yield arrival._replace(id=name), truth._replace(id=name)


def write_people(path: Path, truth_path: Path, *, seed: int, records: int) -> None:
    """Write records to one CSV file, and the truth about them to another."""
    with (
        path.open("w", encoding="utf-8", newline="") as target,
        truth_path.open("w", encoding="utf-8", newline="") as truth_target,
    ):
        told, known = csv.writer(target), csv.writer(truth_target)
        told.writerow(Arrival._fields)
        known.writerow(Truth._fields)
        for arrival, truth in invent(seed=seed, records=records):
            told.writerow(arrival)
            known.writerow(truth)


def _mixed(random: Random, source: Iterator[Pair]) -> Iterator[Pair]:
    held = list(islice(source, MIXED))
    random.shuffle(held)
    for pair in source:
        at = random.randrange(MIXED)
        yield held[at]
        held[at] = pair
    yield from held


def _in_households(seed: int) -> Iterator[Pair]:
    random = Random(f"people {seed}")  # noqa: S311 - no secret
    words = Words()
    households, scribe = Households(random, words), Scribe(random, words)
    while True:
        for human in households.invent():
            for _ in range(bisect(RECORD_SUMS, random.random() * RECORD_SUMS[-1])):
                truth = Truth("", human.number, human.household, human.role)
                yield scribe.write(human, random.random()), truth
