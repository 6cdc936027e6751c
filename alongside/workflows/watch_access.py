"""What is watched of access: late reviews, ended clearances, two sides of a crime."""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from alongside.care.guarding.operations.apart import match_suspects
from alongside.care.guarding.operations.compartments import return_uncleared
from alongside.care.guarding.operations.emergency import chase_reviews
from alongside.care.guarding.tables import limit
from alongside.care.guarding.types import LimitCode
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.lib.local import LONDON, local_day
from alongside.foundation.lib.working_days import working_days_between
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import THE_SERVICE, AgencyKind
from alongside.walls.context import acting_as


def watch_access(*, now: datetime) -> int:
    """Chase late reviews, give back cases held past a wall, keep suspects and victims
    apart; how many of all.

    For each service, as whoever receives for it. Safe to repeat.
    """
    done = 0
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        with acting_as(actor), transaction.atomic():
            closed = organisations.read_calendar().closed_for(THE_SERVICE)
            late = late_since(now, closed=closed)
            done += chase_reviews(actor=actor, now=now, before=late)
            done += return_uncleared(actor=actor, now=now, case_ids=None)
            done += match_suspects(actor=actor, now=now)
    return done


def late_since(now: datetime, *, closed: Container[date]) -> datetime:
    """What was opened before this moment has waited longer than a review may."""
    today = local_day(now)
    day = today
    while working_days_between(day, today, closed) < limit(LimitCode.REVIEW_DAYS):
        day -= timedelta(days=1)
    start = datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON)
    return start.astimezone(UTC)
