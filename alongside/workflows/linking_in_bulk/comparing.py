"""What Splink is told: the comparisons of `care.matching`, and whom to compare."""

from collections.abc import Mapping
from typing import Any

from alongside.care.matching.rules import levels
from alongside.care.matching.rules.guards import BOTH_CLOSE
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Standard
from alongside.foundation.gateways.splink_engine import LinkEngine
from alongside.foundation.gateways.splink_words import ComparisonSql, Learnt, LevelSql
from alongside.workflows.linking_in_bulk.tables import LEARNING

COLUMNS = Standard._fields
# FULL is a word of SQL, which a column may not be called everywhere.
FULL, FULL_NAME = "full", "full_name"


def _column(rarity: str) -> str:
    return FULL_NAME if rarity == FULL else rarity


DERIVED = {
    **{_column(name): sql for name, sql in levels.DERIVED.items()},
    "either": "CASE WHEN given_code < surname_code"
    " THEN given_code || ' ' || surname_code"
    " ELSE surname_code || ' ' || given_code END",
    "born_year": "substr(born, 1, 4)",
    "born_day": "substr(born, 6)",
    "district": "split_part(postcode, ' ', 1)",
}
# The keys of `care.matching.rules.keys`, as columns.
RULES: tuple[tuple[str, ...], ...] = (
    ("phone",),
    ("email",),
    ("postcode", "given_code"),
    ("postcode", "born"),
    ("address", "given_code"),
    ("born", "surname_code"),
    ("born", "given_code"),
    ("born", "either"),
    ("given_code", "surname_code", "born_year"),
    ("given_code", "surname_code", "born_day"),
    ("given_code", "surname_code", "district"),
)

NAMED = f"g_name <= {BOTH_CLOSE}"
# More ways to meet, where there are so few records that the work allows it.
LOOSE: tuple[tuple[str, ...], ...] = (
    ("born",),
    ("address",),
    ("postcode", "surname_code"),
    ("postcode", "born_year"),
    ("surname_code", "born_year"),
    ("surname_code", "born_day"),
    ("given_code", "born_year"),
    ("given_code", "born_day"),
    ("full_name",),
    ("postcode",),
    ("either",),
    ("surname",),
    ("given",),
    ("born_day",),
)


def is_small(engine: LinkEngine) -> bool:
    """Whether there are so few records that more work can be done for each."""
    if engine.rows <= LEARNING.small:
        return True
    filled = engine.filled()
    reached = max(filled["phone"], filled["email"])
    return engine.rows <= LEARNING.loose_records and reached < LEARNING.home_told


def choose_rules(engine: LinkEngine) -> tuple[tuple[str, ...], ...]:
    """The rules by which pairs are found: the keys, and looser ones while few meet.

    Among more records only where nobody has a phone or an e-mail address, by which
    whoever is written down otherwise would be found.
    """
    if not is_small(engine):
        return RULES
    left = LEARNING.loose_pairs
    chosen = list(RULES)
    for rule in LOOSE:
        met = engine.pairs_behind(rule, crowd=LIMITS.crowd)
        if met <= left:
            left -= met
            chosen.append(rule)
    return tuple(chosen)


def _renamed(sql: str) -> str:
    for side in ("l", "r"):
        sql = sql.replace(f"{FULL}_{side}", f"{FULL_NAME}_{side}")
    return sql


COMPARED = tuple(
    ComparisonSql(
        one.field,
        one.unknown_sql,
        tuple(
            LevelSql(level.label, _renamed(level.sql), _column(level.rarity))
            for level in one.levels[:-1]
        ),
    )
    for one in levels.COMPARISONS
)


def as_rarity(column: str) -> str:
    """What the weights call a column."""
    return FULL if column == FULL_NAME else column


def as_learnt(model: Mapping[str, Any]) -> Learnt:
    """The weights of a model, as `rules.weights` reads them, for Splink."""
    frequencies = {_column(name): told for name, told in model["frequencies"].items()}
    floors = {_column(name): least for name, least in frequencies.pop("floor").items()}
    return Learnt(
        prior=model["prior"],
        chances={
            field: [(level["m"], level["u"]) for level in levels]
            for field, levels in model["comparisons"].items()
        },
        frequencies=frequencies,
        floors=floors,
    )


def compare(
    engine: LinkEngine, model: Mapping[str, Any], *, settle: bool
) -> dict[str, Any]:
    """Fill the engine's `pairs`; the model they were weighed by.

    With `settle` its prior is brought to what these records say, as is right for
    weights that were learnt from them.
    """
    # Among many records the first prior is near, and the pairs are many.
    reach = LEARNING.settle if settle and is_small(engine) else 0.0
    engine.compare(
        COMPARED,
        as_learnt(model),
        rules=choose_rules(engine),
        crowd=LIMITS.crowd,
        least=LIMITS.review - reach,
    )
    if not settle:
        return dict(model)
    return {**model, "prior": engine.settle_prior(model["prior"], where=NAMED)}
