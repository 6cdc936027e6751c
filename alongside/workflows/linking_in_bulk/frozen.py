"""Sets of records whose truth is known, on which weights are compared.

They are of invented people, packaged with the product and never learnt from.
"""

import csv
import gzip
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from alongside.care.matching import tables
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band
from alongside.foundation.gateways.splink_engine import LinkEngine
from alongside.workflows.linking_in_bulk.comparing import compare
from alongside.workflows.linking_in_bulk.judging import judge_pairs
from alongside.workflows.linking_in_bulk.loading import as_standard, open_engine
from alongside.workflows.linking_in_bulk.reading import FIELDS
from alongside.workflows.linking_in_bulk.tables import LEARNING

FOLDER = Path(tables.__file__).parent / "data" / "frozen"
COUNTS = """
    SELECT count(*) FILTER (band = $band AND NOT same),
           count(*) FILTER (band = $band AND same),
           count(*) FILTER (band = 'review' AND same),
           count(*) FILTER (band = 'review' AND NOT same)
      FROM (SELECT e.band, one.person = other.person AS same FROM edges e
              JOIN truth one ON one.record = e.l JOIN truth other ON other.record = e.r)
"""
TRUE_PAIRS = """
    SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) n FROM truth GROUP BY person)
"""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good weights are. Shares of pairs, except `wrong`, of 10,000 records.

    `found` are pairs of one person that are linked, `shown` those that are linked or
    looked at; `needless` are looked at for nothing, of all that are looked at.
    """

    records: int
    wrong: float
    found: float
    shown: float
    needless: float

    def as_json(self) -> dict[str, float]:
        """The same, for a model's evaluation."""
        return asdict(self)


def measure(model: Mapping[str, Any]) -> Quality:
    """How good weights are on all frozen sets together."""
    totals = [0] * 6
    for path in sorted(FOLDER.glob("*.csv.gz")):
        with closing(open_engine()) as engine:
            found = _measure(engine, path, model)
        totals = [one + other for one, other in zip(totals, found, strict=True)]
    records, pairs, wrong, linked, asked, needless = totals
    return Quality(
        records=records,
        wrong=round(10_000 * wrong / max(records, 1), 2),
        found=round(linked / max(pairs, 1), 4),
        shown=round((linked + asked) / max(pairs, 1), 4),
        needless=round(needless / max(asked + needless, 1), 4),
    )


def is_worse(new: Quality, old: Quality) -> bool:
    """Whether weights must not take the place of others."""
    return (
        new.wrong > old.wrong + LEARNING.wrong_more
        or new.found < old.found - LEARNING.found_less
        or new.shown < old.shown - LEARNING.found_less
    )


def _measure(
    engine: LinkEngine, path: Path, model: Mapping[str, Any]
) -> tuple[int, ...]:
    rows = list(_read(path))
    engine.add([as_standard([row[name] for name in FIELDS]) for row in rows])
    engine.finish(crowd=LIMITS.crowd)
    engine.fill(
        "truth",
        {"record": "BIGINT", "person": "BIGINT"},
        [(number, int(row["person"])) for number, row in enumerate(rows)],
    )
    compare(engine, model, settle=False)
    judge_pairs(engine)
    ((pairs,),) = engine.ask(TRUE_PAIRS)
    counted = engine.ask(COUNTS.replace("$band", f"'{Band.LINK}'"))
    return (len(rows), int(pairs or 0), *counted[0])


def _read(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)
