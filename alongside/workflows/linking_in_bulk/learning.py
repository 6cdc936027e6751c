"""Learning weights from records: from what, how, and when it is not to be trusted."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from math import log2
from typing import Any

from alongside.care.matching.rules.weights import FORMAT
from alongside.care.matching.tables import START
from alongside.foundation.gateways.splink_engine import LinkEngine, NothingToLearn
from alongside.foundation.gateways.splink_words import ComparisonSql, Learnt
from alongside.workflows.linking_in_bulk.comparing import (
    COMPARED,
    as_learnt,
    as_rarity,
)
from alongside.workflows.linking_in_bulk.tables import LEARNING

# The columns a comparison lives on: without any of them there is nothing to learn.
LIVES_ON = {
    "name": ("given", "surname"),
    "born": ("born",),
    "sex": ("sex",),
    "place": ("postcode", "address"),
    "phone": ("phone",),
    "email": ("email",),
}
# Records that agree on all of one of these are surely one person's.
SURE = (("given", "surname", "born"), ("given", "phone"), ("given", "email"))
# Where each record of a person has a slip in one field, the others still agree.
NEARLY = (("given", "born"), ("surname", "born"))
# What fewer records have can agree in none.
PAIR = 2
# The columns by which the first level of a comparison holds.
WHOLE = {
    "name": ("full_name",),
    "place": ("postcode", "address"),
    "phone": ("phone",),
    "email": ("email",),
}
# Pairs among which the other fields are learnt, the most telling first.
AMONG = (
    ("given", "surname"),
    ("born",),
    ("postcode", "address"),
    ("phone",),
    ("email",),
)


def learn(engine: LinkEngine, *, today: date, lasting: bool) -> dict[str, Any]:
    """Weights learnt from the engine's records, as `rules.weights` reads them.

    What the records say nothing about keeps the weight it is shipped with. Weights
    that are lasting name only names that many have.

    Raises:
        NothingToLearn: there are too few records, too little agrees, or what came
            out makes no sense.
    """
    if engine.rows < LEARNING.records:
        raise NothingToLearn
    filled = engine.filled()
    told = {
        name: max(filled[column] for column in columns)
        for name, columns in LIVES_ON.items()
    }
    usable = [one for one in COMPARED if told[one.name] >= LEARNING.filled]
    sure = _with_pairs(engine, SURE, least=1)
    among = _with_pairs(engine, AMONG, least=LEARNING.pairs)
    if not sure or len(among) < 2:
        raise NothingToLearn
    learnt = engine.learn(
        usable,
        sure=sure,
        found_by_sure=LEARNING.found_by_sure,
        nearly=NEARLY,
        blockings=among[: int(LEARNING.blockings)],
        floors=as_learnt(START).floors,
        frequent=int(LEARNING.frequent) if lasting else PAIR,
        most_pairs=LEARNING.sample,
    )
    return _model(engine, learnt, usable, today=today)


def _with_pairs(
    engine: LinkEngine, rules: Sequence[Sequence[str]], *, least: float
) -> list[Sequence[str]]:
    return [rule for rule in rules if engine.pairs_behind(rule) >= least]


def _model(
    engine: LinkEngine,
    learnt: Learnt,
    usable: Sequence[ComparisonSql],
    *,
    today: date,
) -> dict[str, Any]:
    comparisons = dict(START["comparisons"])
    for one in usable:
        shipped = [(level["m"], level["u"]) for level in comparisons[one.name]]
        counted = _counted(engine, one.name, learnt.chances[one.name])
        found = _without_matches(counted, learnt.prior)
        comparisons[one.name] = _best_first(_tempered(found, shipped))
    _check(comparisons, {one.name for one in usable})
    fingerprint = _fingerprint(learnt)
    return {
        "format": FORMAT,
        "version": f"{today.isoformat()}-{fingerprint[:8]}",
        "made_on": today.isoformat(),
        "prior": learnt.prior,
        "comparisons": comparisons,
        "frequencies": {
            **{as_rarity(name): told for name, told in learnt.frequencies.items()},
            "floor": {as_rarity(name): least for name, least in learnt.floors.items()},
        },
        "learnt_from": {"records": engine.rows, "fields": [one.name for one in usable]},
        "evaluation": {},
    }


def _counted(
    engine: LinkEngine, name: str, levels: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """With full agreement counted among all pairs, where a sample has too few of it."""
    if name not in WHOLE:
        return list(levels)
    (best, _), *rest = levels
    return [(best, engine.share_behind(WHOLE[name])), *rest]


def _without_matches(
    levels: Sequence[tuple[float, float]], prior: float
) -> list[tuple[float, float]]:
    """What strangers agree in, without those pairs at random that are one person's.

    Among few records they are many: in 5,000 most pairs at random with one full name.
    """
    return [
        (m, max((u - prior * m) / (1 - prior), u * LEARNING.least_left))
        for m, u in levels
    ]


def _tempered(
    learnt: Sequence[tuple[float, float]], shipped: Sequence[tuple[float, float]]
) -> list[dict[str, float]]:
    """What was learnt, with a pinch of what is known: no level is ever impossible."""
    pinch = LEARNING.pinch
    return [
        {
            "m": (1 - pinch) * m + pinch * known_m,
            "u": min(u, 1 - pinch),
        }
        for (m, u), (known_m, _) in zip(learnt, shipped, strict=True)
    ]


def _best_first(levels: list[dict[str, float]]) -> list[dict[str, float]]:
    """Full agreement says no less than any other: where every record of a person has
    a slip, whoever agrees in full was never seen while learning."""
    most = max(level["m"] / level["u"] for level in levels)
    first, *rest = levels
    raised = min(max(first["m"], first["u"] * most), 1 - LEARNING.pinch)
    return [{**first, "m": raised}, *rest]


def _check(comparisons: Mapping[str, Any], usable: set[str]) -> None:
    """Refuse weights by which agreement would speak against."""
    for name in usable:
        best, worst = comparisons[name][0], comparisons[name][-1]
        if log2(best["m"] / best["u"]) <= log2(worst["m"] / worst["u"]):
            raise NothingToLearn
    if "name" not in usable:
        raise NothingToLearn


def _fingerprint(learnt: Learnt) -> str:
    told = repr((learnt.prior, sorted(learnt.chances.items())))
    return hashlib.sha256(told.encode()).hexdigest()
