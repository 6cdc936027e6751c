"""The people of the worker's pages."""

from tests.integration.web.conftest import client_as, sign_in  # noqa: F401
