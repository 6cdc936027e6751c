"""What the guards say of millions of pairs.

The guards look at levels, at the weight against two limits, and at given names. So
every pattern of these is asked about once, and the answers are joined to the pairs:
the same rules as for one arrival, not a second version of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from alongside.care.matching.rules.guards import (
    BORN_AGREES,
    BOTH_CLOSE,
    GIVEN_MATTERS,
    HOME,
    OWN_EMAIL,
    SAME,
    judge,
)
from alongside.care.matching.rules.levels import NAME, PLACE
from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band, Compared, Levels, Standard, Why
from alongside.foundation.gateways.splink_engine import LinkEngine
from alongside.workflows.linking_in_bulk.tables import LEARNING

FIELDS = Levels._fields
# Levels at which nothing of a name, and nothing of a place, is the same.
NAME_OTHER, PLACE_OTHER = len(NAME.levels) - 1, len(PLACE.levels) - 1
LEVELS = ", ".join(f"g_{field}" for field in FIELDS)
TWO = 2
# How many limits a weight reaches, of those that are asked about here.
REACHED = sorted(
    (LIMITS.review, LIMITS.review_apart, LEARNING.link_alone)
    + (LIMITS.link, LIMITS.link_apart)
)
REACH = " + ".join(f"(weight >= {limit!r})::TINYINT" for limit in REACHED)
WEIGHTS = (LIMITS.review - 1, *REACHED)
LIKELY, HEAVY = WEIGHTS.index(LEARNING.link_alone), WEIGHTS.index(LIMITS.link)
NAMED = ", ".join(map(str, sorted(GIVEN_MATTERS)))
# Which of the two comes first says nothing: each two names are asked about once.
NAMES = """
    , least(coalesce(a.given, ''), coalesce(b.given, '')) AS given_l,
    greatest(coalesce(a.given, ''), coalesce(b.given, '')) AS given_r
"""
BY_NAME = f"""
    SELECT p.*, {REACH} AS reach {NAMES}
      FROM pairs p JOIN records a ON a.unique_id = p.l
                   JOIN records b ON b.unique_id = p.r
     WHERE p.g_name IN ({NAMED})
"""
BY_LEVELS = f"""
    SELECT *, {REACH} AS reach, '' AS given_l, '' AS given_r
      FROM pairs WHERE g_name NOT IN ({NAMED})
"""
KEYS = (*(f"g_{field}" for field in FIELDS), "reach", "given_l", "given_r")
SHAPE = {
    **{f"g_{field}": "TINYINT" for field in FIELDS},
    "reach": "TINYINT",
    "given_l": "VARCHAR",
    "given_r": "VARCHAR",
    "band": "VARCHAR",
    "why": "VARCHAR",
}


# Pairs that share a surname and a home and are surely two people. What tells a home
# best is looked at, of what enough records have.
HOMES = ("address", "phone", "postcode")
TOGETHER = """
    SELECT count(*) FROM records a JOIN records b USING (surname, {home})
     WHERE a.unique_id < b.unique_id AND a.root <> b.root
       AND jaro_winkler_similarity(a.given, b.given) < {alike}
       AND levenshtein(a.born, b.born) > {slips}
"""


def judge_pairs(engine: LinkEngine) -> bool:
    """Fill `edges`: l, r, weight, the levels, band and why, from `pairs`.

    Says whether people live together in these records. Where nobody does, a home is
    a person's own, and what the guards hold for that reason alone may be linked.
    """
    engine.make("named", BY_NAME)
    keys = ", ".join(KEYS)
    patterns = engine.ask(f"SELECT DISTINCT {keys} FROM ({BY_LEVELS})")
    patterns += engine.ask(f"SELECT DISTINCT {keys} FROM named")
    verdicts = list(_verdicts(patterns))
    engine.fill("verdicts", SHAPE, verdicts)
    together = _live_together(engine, keys)
    if not together:
        engine.fill("verdicts", SHAPE, map(_alone, verdicts))
    told = f"SELECT l, r, weight, {LEVELS}, band, why"
    plain = ", ".join(KEYS[:-2])
    engine.make(
        "edges",
        f"{told} FROM ({BY_LEVELS}) JOIN (SELECT * EXCLUDE (given_l, given_r)"
        f" FROM verdicts WHERE g_name NOT IN ({NAMED})) USING ({plain})"
        f" UNION ALL {told} FROM named JOIN verdicts USING ({keys})",
    )
    engine.drop("named", "verdicts", "pairs")
    return together


def judge_doubles(engine: LinkEngine, model: Mapping[str, Any]) -> None:
    """Add to `edges` what the guards say of records that are the very same."""
    names = ", ".join(f"coalesce({column}, '')" for column in Standard._fields)
    found = engine.ask(
        f"SELECT unique_id, {names} FROM records"
        " WHERE unique_id IN (SELECT first FROM doubles)"
    )
    if not found:
        return
    weights = Weights.from_json(model)
    rows = []
    for first, *values in found:
        one = Standard(*values)
        compared = weights.compare(one, one)
        judged = judge(one, one, compared)
        told = (judged.band.value, judged.why.value)
        rows.append((first, compared.weight, *compared.levels, *told))
    kinds = ["TINYINT"] * len(FIELDS) + ["VARCHAR", "VARCHAR"]
    shape = {"first": "BIGINT", "weight": "DOUBLE"}
    shape |= dict(zip((*LEVELS.split(", "), "band", "why"), kinds, strict=True))
    engine.fill("themselves", shape, rows)
    engine.make(
        "edges",
        "SELECT * FROM edges UNION ALL"
        f" SELECT first AS l, record AS r, weight, {LEVELS}, band, why"
        " FROM doubles JOIN themselves USING (first)",
    )
    engine.drop("themselves")


def _verdicts(patterns: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for pattern in patterns:
        *levels, reach, one, other = pattern
        compared = Compared(WEIGHTS[reach], Levels(*levels))
        judged = judge(Standard(given=one), Standard(given=other), compared)
        yield (*pattern, judged.band.value, judged.why.value)


def _live_together(engine: LinkEngine, keys: str) -> bool:
    if engine.rows < LEARNING.records:
        return True  # so few tell nothing: the guards stay as they are
    filled = engine.filled()
    home = next((one for one in HOMES if filled[one] > LEARNING.home_told), HOMES[-1])
    ((pairs,),) = engine.ask(
        TOGETHER.format(
            home=home,
            alike=LEARNING.other_name,
            slips=int(LEARNING.other_born),
        )
    )
    ((certain,),) = engine.ask(
        f"SELECT count(*) FROM (SELECT {keys} FROM ({BY_LEVELS}) UNION ALL"
        f" SELECT {keys} FROM named) JOIN verdicts USING ({keys})"
        f" WHERE band = '{Band.LINK}'"
    )
    # A town is no home: some of it have one surname by chance.
    chance = engine.share_behind(("surname",)) * engine.share_behind((home,))
    told = engine.rows * filled["surname"] * filled[home]
    beyond = pairs - 2 * chance * told * told / 2
    return bool(beyond > certain * LEARNING.living_together)


def _alone(verdict: tuple[Any, ...]) -> tuple[Any, ...]:
    """The verdict where nobody lives together: two facts that agree are enough, or
    with more weight two that partly do; else the weight says whether somebody looks."""
    *pattern, band, why = verdict
    levels, reach = Levels(*pattern[: len(FIELDS)]), pattern[len(FIELDS)]
    if band == Band.LINK or not reach:
        return verdict
    others = (levels.born in BORN_AGREES) + (levels.phone == SAME)
    others += levels.email in OWN_EMAIL
    facts = others + (0 <= levels.name <= BOTH_CLOSE) + (levels.place in HOME)
    partly = (
        others + (0 <= levels.name < NAME_OTHER) + (0 <= levels.place < PLACE_OTHER)
    )
    enough = (reach >= LIKELY and facts >= TWO) or (reach >= HEAVY and partly >= TWO)
    found = Band.LINK if enough else Band.REVIEW
    return (*pattern, found.value, why if found is not Band.LINK else Why.AGREE.value)
