"""Rights in the demonstration: a request to see, a legal hold, a restriction."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import WorkCase
from alongside.care.information_rights import queries
from alongside.care.information_rights.operations import keeping, requests
from alongside.care.information_rights.types import ReceivedBy, RightKind
from alongside.care.people import queries as people
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows import restrict

CAME = timedelta(days=19)
REVIEW = timedelta(days=120)


def play_rights(*, now: datetime) -> int:
    """Write down what three people asked for; how many. None where that was done."""
    feed = organisations.get_feed(force_code="leicestershire")
    keeper = accounts.get_actor_of_role(
        agency_id=feed.receiver_id, role=Role.INFORMATION_GOVERNANCE, now=now
    )
    workers = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    actors = [accounts.get_actor(user_id=one.user_id, now=now) for one in workers]
    # Grown-ups' cases: a child of five does not write in.
    holder = next(a for a in actors if a.role is Role.CONTACT_WORKER)
    with acting_as(holder), transaction.atomic():
        cases = casework.list_my_cases(actor=holder, limit=20)[-3:]
    with acting_as(keeper), transaction.atomic():
        if len(cases) < 3 or queries.list_requests(actor=keeper, limit=1):
            return 0
        _play(keeper, cases, now=now)
    return len(cases)


def _play(keeper: Actor, cases: list[WorkCase], *, now: datetime) -> None:
    asked, held, restricted = cases
    came = local_day(now - CAME)
    request = requests.register_request(
        actor=keeper,
        now=now,
        kind=RightKind.ACCESS,
        person_key=asked.person_id,
        asked_by="The person",
        what="Please send me what you have about me",
        received_on=came,
        received_by=ReceivedBy.EMAIL,
        proof_asked=False,
    )
    requests.record_identity(
        actor=keeper,
        now=now,
        request_id=request,
        on=came,
        how="Answered what only they and their worker know",
    )
    ids = people.list_public_ids(person_ids=[held.person_id, restricted.person_id])
    keeping.lay_hold(
        actor=keeper,
        now=now,
        person_key=held.person_id,
        person_id=ids[held.person_id],
        reason="Compensation is claimed: the papers are needed until it is settled",
        review_on=local_day(now + REVIEW),
    )
    restrict.restrict(
        actor=keeper,
        now=now,
        person_id=ids[restricted.person_id],
        request_id=None,
        reason="Says that much of it is wrong; kept and not used while we look into it",
    )
