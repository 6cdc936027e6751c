"""The weights that count in an area: those learnt there, else those shipped."""

from functools import lru_cache

from alongside.care.linking.queries import candidates as models
from alongside.care.matching.rules.weights import SHIPPED, Weights


def live_weights() -> Weights:
    """The weights of the acting area. One statement; they are read once a process."""
    live = models.find_live_model()
    return SHIPPED if live is None else _read(live)


@lru_cache(maxsize=8)
def _read(model_id: int) -> Weights:
    return Weights.from_json(models.get_weights(model_id=model_id))
