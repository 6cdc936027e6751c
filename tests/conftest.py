"""What every test shares: a database as the product makes it, and no network."""

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from alongside.foundation.gateways.installation import Connections
from tests.support import databases
from tests.support.home import worker_database
from tests.support.network import block_outside_world

_fresh = count(1)


def pytest_configure() -> None:
    block_outside_world()
    # How long an example takes says how busy the machine is, not whether it is right.
    settings.register_profile("alongside", deadline=None)
    settings.load_profile("alongside")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test with a database use both connections of the application's."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None or "db" in getattr(item, "fixturenames", ()):
            given = marker.kwargs if marker else {}
            both = {"databases": ["default", "beside"], **given}
            item.add_marker(pytest.mark.django_db(**both), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database for `db`: set up, migrated and walled by our own code.

    A test's statements run as the application's role and are rolled back. The
    demonstration area, its agencies, teams and accounts are there from the start.
    """
    with django_db_blocker.unblock():
        databases.point_at(databases.make_worker_database(worker_database()))
    yield
    with django_db_blocker.unblock():
        databases.drop_database(worker_database())


@pytest.fixture
def fresh_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Connections]:
    """A database of the test's own, for what commits, forks or dies.

    Both of Django's connections go there, in every thread. Other processes reach
    it with ALONGSIDE_DATABASE set to `fresh_database.app.database`.
    """
    name = f"{worker_database()}_{next(_fresh)}"
    with django_db_blocker.unblock():
        reach = databases.copy_template(name)
        with databases.pointed_at(reach):
            yield reach
        databases.drop_database(name)
