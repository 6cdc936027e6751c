"""The weights that count in an area: those learnt there, else those shipped.

Weights that cannot be read, damaged or of another version, never stop anybody from
arriving: those shipped count instead, and the pages of those who watch say so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from alongside.care.linking.queries import candidates as models
from alongside.care.matching.rules.weights import SHIPPED, Weights
from alongside.care.matching.types import BadModel

INSTEAD = "Records are compared by the weights that came with the product until then."


@dataclass(frozen=True, slots=True)
class InUse:
    """The weights that count. `unusable` says in a sentence why those that were learnt
    do not, where there are such."""

    weights: Weights
    unusable: str = ""


NONE_LEARNT = InUse(SHIPPED)


def live_weights() -> Weights:
    """The weights of the acting area. One statement; they are read once a process."""
    return weights_in_use().weights


def weights_of(live: int | None) -> Weights:
    """The weights of a model that was found to be the live one, else those shipped."""
    return (NONE_LEARNT if live is None else _read(live)).weights


def weights_in_use() -> InUse:
    """The weights of the acting area, and what is wrong with those it learnt."""
    live = models.find_live_model()
    return NONE_LEARNT if live is None else _read(live)


def list_unusable() -> Iterator[str]:
    """A sentence for each area whose weights cannot be used. For the operator at the
    machine, who works as the database's owner."""
    for version, weights in models.list_live_models():
        found = _weigh(version, weights)
        if found.unusable:
            yield found.unusable


@lru_cache(maxsize=8)
def _read(model_id: int) -> InUse:
    return _weigh(*models.get_model(model_id=model_id))


def _weigh(version: str, weights: Any) -> InUse:
    try:
        return InUse(Weights.from_json(weights))
    except BadModel as error:
        return InUse(
            SHIPPED,
            f"The weights {version} that were learnt here cannot be used."
            f" {str(error).rstrip('.')}. Learn them anew: alongside link train."
            f" {INSTEAD}",
        )
