"""Something to see, and every page that can be asked for."""

import pytest

from alongside.demo.sample import REFERRALS, first_rows
from tests.integration.web.test_reading_writes_nothing import PAGES, examples
from tests.support.receiving import receive_bytes

ROWS = 60


@pytest.fixture
def filled(fresh_database):
    """A database with cases, held referrals and a delivery in it."""
    with first_rows(REFERRALS, ROWS) as path:
        receive_bytes(path.read_bytes())
    return fresh_database


@pytest.fixture
def pages(filled):
    """The address of every page that asks for a permission, as one would type it."""
    found = []
    for address in PAGES:
        for part, value in examples().items():
            address = address.replace(part, str(value))
        assert "<" not in address, f"say what to put in {address}"
        found.append(f"/{address}")
    return found
