"""People who cannot be reached, for a time. Everybody is invented."""

from tests.integration.owed.conftest import *  # noqa: F403
