"""The people of the worker's pages, and forms filled in for them."""

from tests.integration.web.conftest import client_as, sign_in  # noqa: F401
