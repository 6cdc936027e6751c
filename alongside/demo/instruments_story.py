"""An area's own matrix of antisocial behaviour, begun and not yet in use.

So that the demonstration's administrator finds a draft to go on with. Done once.
"""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.care.instruments import operations, queries
from alongside.care.instruments.tables import shipped_text
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Role
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as

CODE, SHIPPED = "asb_matrix", 1
EARLIER = timedelta(days=3)
# What the area has changed so far: its own name, and a later beginning of high risk.
CHANGES = (
    ("risk of harm (sample, not official)", "risk of harm (our own)"),
    ("up_to = 21", "up_to = 23"),
    ("at_least = 22", "at_least = 24"),
)


def play_instruments(*, now: datetime) -> int:
    """Begin the draft; how many were begun. None where it was done before."""
    platform = next(
        one for one in organisations.list_agencies() if one.kind is AgencyKind.PLATFORM
    )
    try:
        administrator = accounts.get_actor_of_role(
            agency_id=platform.agency_id, role=Role.SYSTEM_ADMINISTRATOR, now=now
        )
    except NotFound:
        return 0
    text = shipped_text(CODE, SHIPPED)
    for before, after in CHANGES:
        text = text.replace(before, after)
    with acting_as(administrator), transaction.atomic():
        if queries.list_own(area_id=administrator.area_id):
            return 0
        operations.start_draft(
            actor=administrator, now=now - EARLIER, code=CODE, text=text
        )
    return 1
