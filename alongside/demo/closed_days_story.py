"""A day on which the demonstration's office is closed, because it moves. Done once."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.working_days import add_working_days
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import THE_SERVICE, NewClosing
from alongside.walls.context import acting_as
from alongside.workflows.keep_calendar import add_days
from alongside.workflows.replan_clocks import count_closed_days

AHEAD = 10  # working days
EARLIER = timedelta(hours=2)


def play_closed_days(*, now: datetime) -> int:
    """Add the day, and count it into what runs; how many were added. None where it was
    done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    supervisor = accounts.get_actor_of_role(
        agency_id=feed.receiver_id, role=Role.SUPERVISOR, now=now
    )
    with acting_as(supervisor), transaction.atomic():
        if organisations.list_closed_days():
            return 0
        public = organisations.read_calendar().public
        day = add_working_days(local_day(now), AHEAD, public)
        days = add_days(
            actor=supervisor,
            now=now - EARLIER,
            closing=NewClosing(
                first=day,
                last=day,
                title="Office move",
                reason="We move to the second floor and have no telephones",
                holders=(THE_SERVICE,),
            ),
        )
    count_closed_days(now=now)
    return len(days)
