"""Weights in a file."""

import json
from pathlib import Path
from typing import Any

from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.types import BadModel
from alongside.foundation.lib.errors import DomainError


class CannotUseModel(DomainError):
    """The weights cannot be used; the sentence says why."""


def read_model(path: Path) -> dict[str, Any]:
    """The weights in a JSON file.

    Raises:
        CannotUseModel: it is not JSON, or of another format, or damaged.
    """
    try:
        model = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise CannotUseModel("The model is not JSON as this service writes it") from (
            None
        )
    return check_model(model)


def check_model(model: Any) -> dict[str, Any]:
    """The weights, if they can be used.

    Raises:
        CannotUseModel: they cannot; the sentence says why.
    """
    if not isinstance(model, dict):
        raise CannotUseModel("The model is not JSON as this service writes it")
    try:
        Weights.from_json(model)
    except BadModel as error:
        raise CannotUseModel(str(error).rstrip(".")) from None
    return model
