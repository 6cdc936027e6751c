"""Journeys in the demonstration: one from report to release, co-defendants who differ,
and a retrial. Written down by the demonstration's own workers. Done once; a second
`make demo` finds it done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.journey import queries as journey
from alongside.care.journey.types import DutyHolder
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows.record_event import Entry, correct_event, record_event, tell

# What happened, how many days after the report, to which suspect, and what was said.
Step = tuple[str, int, str, dict[str, object]]
TO_RELEASE: tuple[Step, ...] = (
    ("suspect_arrested", 1, "S700101", {}),
    ("suspect_bailed", 2, "S700101", {"conditions": "Not to contact the victim"}),
    ("charged", 9, "S700101", {}),
    ("first_hearing_listed", 10, "S700101", {"court": "Leicester Magistrates"}),
    ("plea_entered", 12, "S700101", {"plea": "guilty"}),
    ("sentenced", 14, "S700101", {"sentence": "custody", "months": 4}),
    ("sentence_started", 15, "S700101", {}),
    ("custody_release_planned", 17, "S700101", {}),
    ("released_on_licence", 19, "S700101", {"conditions": "Not to go to her street"}),
)
DIFFER: tuple[Step, ...] = (
    ("suspect_arrested", 1, "S700201", {}),
    ("suspect_arrested", 1, "S700202", {}),
    ("charged", 6, "S700201", {}),
    ("no_further_action", 8, "S700202", {"reason": "Not enough evidence"}),
)
RETRIAL: tuple[Step, ...] = (
    ("suspect_interviewed", 1, "S700301", {}),
    ("charged", 4, "S700301", {}),
    ("plea_entered", 6, "S700301", {"plea": "not_guilty"}),
    ("trial_verdict", 10, "S700301", {"verdict": "hung"}),
    ("hearing_listed", 12, "S700301", {"kind": "trial"}),
)
STORIES = (TO_RELEASE, DIFFER, RETRIAL)
MOST_EVENTS = 500  # of one crime: more than any has


def play_journeys(*, now: datetime) -> int:
    """Write three journeys down; how many. None where that was done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    worker = next(a for a in staff if a.role is Role.SPECIALIST_WORKER)
    with acting_as(worker), transaction.atomic():
        mine = casework.list_my_cases(actor=worker, limit=len(STORIES) + 2)[2:]
        for case, steps in zip(mine, STORIES, strict=False):
            if not _follow(worker, case.case_id, case.public_id, steps, now=now):
                return 0
    return len(mine)


def _follow(
    worker: Actor, key: int, case_id: UUID, steps: Sequence[Step], *, now: datetime
) -> bool:
    """One journey; whether it was written down now."""
    crime = casework.list_crimes(case_ids=[key])[0]
    own = [crime.victimisation_id]
    known = journey.list_events(victimisation_ids=own, limit=MOST_EVENTS)
    if any(event.recorded_by for event in known):
        return False
    began = max(crime.reported_at, crime.occurred_from or crime.reported_at)
    day = (now - began) / (steps[-1][1] + 2)
    for event, after, suspect, detail in steps:
        at = began + min(day, timedelta(days=20)) * after
        entry = Entry(
            victimisation_id=crime.victimisation_id,
            event=event,
            suspect_ref=suspect,
            offence_code="",
            occurred_at=at,
            received_at=at,
            detail=detail,
        )
        event_id = record_event(actor=worker, now=now, case_id=case_id, entry=entry)
        if event == "charged":
            tell(
                actor=worker,
                now=now,
                case_id=case_id,
                event_id=event_id,
                told_at=min(at + timedelta(days=1), now),
                told_by=DutyHolder.POLICE,
                how="phone",
                evidence="The officer told us that they rang",
            )
        if event == "suspect_interviewed":
            correct_event(
                actor=worker,
                now=now,
                case_id=case_id,
                event_id=event_id,
                entry=entry,
                why="The officer wrote down the wrong day",
            )
    return True
