"""The people of the worker's pages, and news of their crimes."""

from tests.integration.web.casework.conftest import (  # noqa: F401
    actor_as,
    asha,
    case_of,
    held_by_tom,
    now,
    omar,
    received,
    sarah,
    tom,
    worker,
)
from tests.integration.web.conftest import client_as, sign_in  # noqa: F401
