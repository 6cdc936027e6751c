"""The people of the worker's pages, and what happened in their matters."""

from tests.integration.code_rights.conftest import (  # noqa: F401
    acting,
    actor_as,
    asha,
    case,
    case_of,
    client_as,
    crime,
    happened,
    held_by_tom,
    now,
    omar,
    received,
    sarah,
    sign_in,
    tom,
    worker,
)
