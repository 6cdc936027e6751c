"""The people and workers of the case pages."""

from tests.integration.web.casework.conftest import (
    actor_as,
    asha,
    case_of,
    now,
    omar,
    received,
    tom,
    worker,
)

__all__ = [
    "actor_as",
    "asha",
    "case_of",
    "now",
    "omar",
    "received",
    "tom",
    "worker",
]
