"""People of the demonstration to whom something is not owed: one who asked not to hear,
one whom the police cannot tell safely, one whom nobody finds. Done once.
"""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.journey.operations.reach import say_out_of_reach
from alongside.care.journey.operations.wishes import record_wish
from alongside.care.journey.queries.reach import list_facts
from alongside.care.journey.types import DutyHolder, WishKind
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows.record_event import Entry, record_event

FIRST, CASES = 6, 3
HOUR = timedelta(hours=1)


def play_reach(*, now: datetime) -> int:
    """Write down why three people are not told; how many. None where that was done."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    worker = next(a for a in staff if a.role is Role.SPECIALIST_WORKER)
    with acting_as(worker), transaction.atomic():
        cases = casework.list_my_cases(actor=worker, limit=FIRST + CASES)[FIRST:]
        if len(cases) < CASES or list_facts([case.case_id for case in cases]):
            return 0
        asked, unsafe, lost = cases
        for case in cases:
            _arrested(worker, case.case_id, now=now)
        record_wish(
            actor=worker,
            now=now,
            case_id=asked.public_id,
            asks=WishKind.NOTHING,
            words="I would rather not hear of it. I will ask when I am ready.",
        )
        say_out_of_reach(
            actor=worker,
            now=now,
            case_id=unsafe.public_id,
            basis="no_safe_way",
            holder=DutyHolder.POLICE,
            words="The officer in the case says that the suspect is back in the home"
            " and answers the phone. Somebody they trust sees them alone on Thursdays:"
            " we ask there.",
        )
        say_out_of_reach(
            actor=worker,
            now=now,
            case_id=lost.public_id,
            basis="cannot_be_found",
            holder=DutyHolder.POLICE,
            words="The officer called at two addresses. The hostel says that they left"
            " last month and gave no address.",
        )
    return CASES


def _arrested(worker: Actor, key: int, *, now: datetime) -> None:
    """News of to-day, so that there is something to tell."""
    crime = casework.list_crimes(case_ids=[key])[0]
    (case_id,) = casework.list_public_ids(case_ids=[key]).values()
    entry = Entry(
        victimisation_id=crime.victimisation_id,
        event="suspect_arrested",
        suspect_ref="S700901",
        offence_code="",
        occurred_at=now - HOUR,
        received_at=now - HOUR,
        detail={},
    )
    record_event(actor=worker, now=now, case_id=case_id, entry=entry)
