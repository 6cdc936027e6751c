"""Asha's case, as the worker's pages have it."""

from tests.integration.web.casework.conftest import (
    actor_as,
    asha,
    case_of,
    now,
    received,
    worker,
)

__all__ = ["actor_as", "asha", "case_of", "now", "received", "worker"]
