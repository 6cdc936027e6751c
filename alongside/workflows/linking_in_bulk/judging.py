"""What the guards say of millions of pairs.

The guards look at levels, at the weight against two limits, and at given names. So
every pattern of these is asked about once, and the answers are joined to the pairs:
the same rules as for one arrival, not a second version of them.
"""

from collections.abc import Iterator
from typing import Any

from alongside.care.matching.rules.guards import judge
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Compared, Levels, Standard
from alongside.foundation.gateways.splink_engine import LinkEngine

FIELDS = Levels._fields
LEVELS = ", ".join(f"g_{field}" for field in FIELDS)
# 2 may be linked, 1 may be looked at, 0 neither.
REACH = (
    f"CASE WHEN weight >= {LIMITS.link!r} THEN 2"
    f" WHEN weight >= {LIMITS.review!r} THEN 1 ELSE 0 END"
)
WEIGHTS = (LIMITS.review - 1, LIMITS.review, LIMITS.link)
# Which names they are matters only where they are alike, or one is an initial.
GIVEN = "CASE WHEN p.g_name BETWEEN 1 AND 5 THEN {side}.given ELSE '' END"
PATTERNS = f"""
    SELECT p.*, {REACH} AS reach, {GIVEN.format(side="a")} AS given_l,
           {GIVEN.format(side="b")} AS given_r
      FROM pairs p JOIN records a ON a.unique_id = p.l
                   JOIN records b ON b.unique_id = p.r
"""
KEYS = (*(f"g_{field}" for field in FIELDS), "reach", "given_l", "given_r")
SHAPE = {
    **{f"g_{field}": "TINYINT" for field in FIELDS},
    "reach": "TINYINT", "given_l": "VARCHAR", "given_r": "VARCHAR",
    "band": "VARCHAR", "why": "VARCHAR",
}


def judge_pairs(engine: LinkEngine) -> None:
    """Fill `edges`: l, r, weight, the levels, band and why, from `pairs`."""
    engine.make("patterns", PATTERNS)
    keys = ", ".join(KEYS)
    engine.fill(
        "verdicts",
        SHAPE,
        _verdicts(engine.ask(f"SELECT DISTINCT {keys} FROM patterns")),
    )
    engine.make(
        "edges",
        f"SELECT l, r, weight, {LEVELS}, band, why"
        f" FROM patterns JOIN verdicts USING ({keys})",
    )
    engine.drop("patterns", "verdicts", "pairs")


def _verdicts(patterns: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for pattern in patterns:
        *levels, reach, one, other = pattern
        compared = Compared(WEIGHTS[reach], Levels(*levels))
        judged = judge(Standard(given=one), Standard(given=other), compared)
        yield (*pattern, judged.band.value, judged.why.value)
