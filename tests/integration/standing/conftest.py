"""The people of the worker's pages, and what happened in their matters."""

from tests.integration.code_rights.conftest import *  # noqa: F403
