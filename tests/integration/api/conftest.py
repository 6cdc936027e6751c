"""Forces with a machine each, in a database of the test's own."""

from datetime import UTC, datetime

import pytest

from alongside.foundation.gateways.installation import Connections
from alongside.foundation.organisations.models import Area
from alongside.foundation.organisations.operations import set_up_agency
from alongside.foundation.organisations.types import AgencyKind
from tests.integration.api.machines import Machine, machine_of


@pytest.fixture
def force(fresh_database: Connections) -> Machine:
    """The machine of the demonstration area's force."""
    return machine_of("leicestershire")


@pytest.fixture
def other_force(fresh_database: Connections) -> Machine:
    """The machine of a second force of the same area."""
    set_up_agency(
        actor="test",
        now=datetime.now(tz=UTC),
        area=Area.objects.get(code="llr"),
        code="railway",
        name="Railway Police (invented)",
        kind=AgencyKind.FORCE,
        force_code="railway",
    )
    return machine_of("railway")
