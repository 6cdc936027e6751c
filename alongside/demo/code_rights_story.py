"""Rights of the Code in use, so that the demonstration's pages hold some.

Written down by the demonstration's own workers, through the workflows their pages
call. Done once; a second `make demo` finds it done.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.permissions import BadStep
from alongside.care.code_rights.types import StepAsked
from alongside.care.journey.types.standing import StandingState
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows import code_rights, standing

Told = tuple[int, str, str, Mapping[str, Any]]  # days ago, step, by whom, what of it
# Kind -> its steps. All end where the demonstration's "today" finds them.
STORIES: Mapping[str, tuple[Told, ...]] = {
    "vps": (
        (20, "offered", "police", {"how": "phone", "explained": True}),
        (9, "made", "police", {"how": "written", "read": "other"}),
    ),
    "complaint": (
        (16, "received", "person", {"about": "police", "right": "Nobody rang back"}),
        (8, "acknowledged", "any_provider", {}),
    ),
    "property": (
        (
            *(25, "taken", "police"),
            {"what": "Phone and charger", "reference": "P 1184"},
        ),
        (11, "kept", "police", {"reason": "examined"}),
    ),
    "special_measures": (
        (
            *(12, "wanted", "person"),
            {"basis": "intimidated", "measures_17": ["screens", "live_link"]},
        ),
        (5, "applied", "cps", {}),
    ),
    "criminal_injuries": ((6, "claimed", "person", {"reference": "X/26/70011"}),),
    "expenses": (
        (
            *(15, "claimed", "person"),
            {"amount": 3_480, "what": ["travel", "meals"]},
        ),
        (3, "paid", "cps", {"amount": 3_480, "full": True}),
    ),
    "court_day": (
        (2, "attended", "service", {"waited": 145, "apart": True, "evidence": True}),
    ),
    "interpreter": (
        (
            *(14, "asked", "person"),
            {
                "kind": "interpreter",
                "language": "Gujarati",
                "for": "interview",
                "asked_of": "police",
            },
        ),
        (10, "arranged", "police", {}),
        (9, "used", "service", {"good": True}),
    ),
}


# Promises without a day: what a worker heard of them, and what was not needed.
KEPT = {
    "R04-NEEDS": "She says that the officer asked her at the door",
    "R03-RJINFO": "The leaflet came with the letter",
}
NEEDLESS = {"R01-INTERP", "R02-GENDER"}


def play_code_rights(*, now: datetime) -> int:
    """Use some rights in the cases of one worker; how many. None where that was done
    before."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    worker = next(a for a in staff if a.role is Role.SPECIALIST_WORKER)
    with acting_as(worker), transaction.atomic():
        cases = casework.list_my_cases(actor=worker, limit=3)
        if not cases or _is_done(worker, cases[0].public_id, now=now):
            return 0
        done = 0
        for place, (kind, steps) in enumerate(STORIES.items()):
            case = cases[place % len(cases)]
            done += use(worker, case.public_id, kind, steps, now=now)
        _mistake(worker, cases[0].public_id, now=now)
        _say(worker, cases[0].public_id, now=now)
    return done


def _is_done(worker: Actor, case_id: UUID, *, now: datetime) -> bool:
    view = code_rights.read_rights(actor=worker, now=now, case_id=case_id)
    return bool(view.records)


def _asked(step: Told, now: datetime) -> StepAsked:
    days, code, by, fields = step
    on = local_day(now - timedelta(days=days))
    return StepAsked(step=code, on=on, by=by, fields=fields)


def use(
    worker: Actor,
    case_id: UUID,
    kind: str,
    steps: tuple[Told, ...],
    *,
    now: datetime,
) -> int:
    """Begin a right and take its steps, where the crime is old enough for them."""
    begin = code_rights.read_begin(actor=worker, now=now, case_id=case_id)
    oldest = min(begin.found.crimes, key=lambda crime: crime.reported_at)
    try:
        with transaction.atomic():
            taken = code_rights.begin_right(
                actor=worker,
                now=now,
                case_id=case_id,
                kind=kind,
                about=Whereabouts(victimisation_id=oldest.victimisation_id),
                asked=_asked(steps[0], now),
            )
            for step in steps[1:]:
                taken = code_rights.take_step(
                    actor=worker,
                    now=now,
                    case_id=case_id,
                    record_id=taken.record_id,
                    version=taken.version,
                    asked=_asked(step, now),
                )
    except BadStep:
        return 0
    return 1


def _say(worker: Actor, case_id: UUID, *, now: datetime) -> None:
    """Say of some promises without a day what became of them."""
    on = local_day(now - timedelta(days=1))
    view = standing.read_standing(actor=worker, now=now, case_id=case_id)
    about: dict[str, Any] = {"actor": worker, "now": now, "case_id": case_id}
    said: set[str] = set()
    for part in view.of(StandingState.OWED):
        code = part.line.rule.code
        if code in said or local_day(part.line.since) > on:
            continue
        said.add(code)
        if code in KEPT:
            standing.settle_met(**about, name=part.name, met_on=on, evidence=KEPT[code])
        elif code in NEEDLESS:
            standing.settle_not_owed(**about, name=part.name, reason="not_needed")


def _mistake(worker: Actor, case_id: UUID, *, now: datetime) -> None:
    """A step that was written down in the wrong case, and taken back."""
    begin = code_rights.read_begin(actor=worker, now=now, case_id=case_id)
    crime = begin.found.crimes[0]
    taken = code_rights.begin_right(
        actor=worker,
        now=now,
        case_id=case_id,
        kind="dates_to_avoid",
        about=Whereabouts(victimisation_id=crime.victimisation_id),
        asked=_asked(
            (
                *(0, "given", "person"),
                {
                    "from": local_day(now + timedelta(days=30)).isoformat(),
                    "until": local_day(now + timedelta(days=37)).isoformat(),
                    "reason": "holiday",
                },
            ),
            now,
        ),
    )
    view = code_rights.read_record(
        actor=worker, now=now, case_id=case_id, record_id=taken.record_id
    )
    if view.last is not None:
        code_rights.take_back_step(
            actor=worker,
            now=now,
            case_id=case_id,
            record_id=taken.record_id,
            version=taken.version,
            step_id=view.last,
            why="These are the dates of somebody else",
        )
