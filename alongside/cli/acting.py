"""Who a command acts as: the service's feed receiver, which no person signs in as."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from alongside.foundation.lib.errors import DomainError

if TYPE_CHECKING:
    from alongside.foundation.accounts.types import Actor


class WhichService(DomainError):
    """There is no service here, or there are several and none was named."""


def add_service(command: argparse.ArgumentParser) -> None:
    """Let the command say for which service, where an installation has several."""
    command.add_argument(
        "--service",
        metavar="AREA",
        help="the area's code, where there are several areas",
    )


@contextmanager
def acting_receiver(*, area: str | None, now: datetime) -> Iterator["Actor"]:
    """Act, in the database too, as the feed receiver of the area's service.

    Raises:
        WhichService: no such service, or several and none was named.
        NotFound: the service has no feed receiver.
    """
    from django.db import transaction

    from alongside.foundation.accounts.queries import get_receiver
    from alongside.walls.context import acting_as

    actor = get_receiver(agency_id=_service_id(area), now=now)
    # Outside a transaction nobody acts, and row security shows nothing.
    with acting_as(actor), transaction.atomic():
        yield actor


def _service_id(area: str | None) -> int:
    from alongside.foundation.organisations.queries import list_agencies
    from alongside.foundation.organisations.types import AgencyKind

    services = [one for one in list_agencies() if one.kind is AgencyKind.SERVICE]
    if area is not None:
        services = [one for one in services if one.area_code == area]
    if not services:
        raise WhichService("There is no such service: set the area up first")
    if len(services) > 1:
        codes = ", ".join(one.area_code for one in services)
        raise WhichService(f"Say which service with --service AREA, one of: {codes}")
    return services[0].agency_id
