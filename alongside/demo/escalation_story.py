"""Promises past their day in some of a worker's cases, and who is told of them.

One passed its day lately: its worker is told. One is a week late: supervisors are told
too. Two are longer late: whoever owes them is written to; what came of that is written
down of one, and the letter about the other waits to be sent. Days are counted back from
today. Done once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CrimeLine, WorkCase
from alongside.care.journey.operations.escalation import answer_escalation
from alongside.care.journey.queries.escalation import list_escalations
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows.escalate import escalate_everywhere
from alongside.workflows.record_event import Entry, record_event

LOOKED_AT, MOST = 40, 500
ANSWER = (
    "Witness care rang her on Friday and told her the day. Their letter had gone to her"
    " old address; they have put that right."
)
HEARD_AFTER = timedelta(hours=3)


@dataclass(frozen=True, kw_only=True)
class _Late:
    """What happened so many days ago that nobody was told of."""

    event: str
    days: int
    detail: dict[str, object]


ARREST = _Late(event="suspect_arrested", days=9, detail={})
LONGER = _Late(event="suspect_arrested", days=15, detail={})
CHARGE = _Late(event="charged", days=30, detail={})
HEARING = _Late(
    event="first_hearing_listed", days=17, detail={"court": "Leicester Magistrates"}
)
SCENES = ((ARREST,), (LONGER,), (CHARGE, HEARING), (CHARGE, HEARING))


def play_escalation(*, now: datetime) -> int:
    """Have somebody told of late promises; of how many cases. None where that was done
    before."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    worker = next(a for a in staff if a.role is Role.CONTACT_WORKER)
    supervisor = next(a for a in staff if a.role is Role.SUPERVISOR)
    with acting_as(supervisor), transaction.atomic():
        if list_escalations(limit=1):
            return 0
    with acting_as(worker), transaction.atomic():
        cases = _choose(worker)
        for (case, crime), lates in zip(cases, SCENES, strict=False):
            for late in lates:
                _happen(worker, case, crime, late, now=now)
    escalate_everywhere(now=now - timedelta(minutes=50))
    with acting_as(supervisor), transaction.atomic():
        _answer(supervisor, now=now)
    return min(len(cases), len(SCENES))


def _choose(worker: Actor) -> list[tuple[WorkCase, CrimeLine]]:
    """Cases of the worker's with a crime that the force sent, the last ones: the first
    are those of other stories."""
    mine = casework.list_my_cases(actor=worker, limit=LOOKED_AT)
    found = []
    for case in reversed(mine):
        crimes = casework.list_crimes(case_ids=[case.case_id])
        if crimes and crimes[0].crime_ref and not crimes[0].outcome_type:
            found.append((case, crimes[0]))
    return found


def _happen(
    worker: Actor, case: WorkCase, crime: CrimeLine, late: _Late, *, now: datetime
) -> None:
    at = now - timedelta(days=late.days)
    record_event(
        actor=worker,
        now=now - timedelta(hours=2),
        case_id=case.public_id,
        entry=Entry(
            victimisation_id=crime.victimisation_id,
            event=late.event,
            suspect_ref="S700501",
            offence_code="",
            occurred_at=at,
            received_at=at + HEARD_AFTER,
            detail=late.detail,
        ),
    )


def _answer(supervisor: Actor, *, now: datetime) -> None:
    """What came of writing to witness care."""
    written = list_escalations(rung="holder", unanswered=True, limit=MOST)
    for line in written[:1]:
        answer_escalation(
            actor=supervisor,
            now=now - timedelta(minutes=5),
            public_id=line.public_id,
            answer=ANSWER,
        )
