"""Two people who saw a crime, and what witness care does for them.

One is to give evidence in some days: warned, asked what they need, with screens applied
for and a visit booked. One has given it: they waited, were told the verdict and had
their fare paid. Days are counted back from today. Written down by witness care's own
worker through what their pages call. Done once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import working
from alongside.care.instruments.types import Moment
from alongside.care.journey.types import DutyHolder
from alongside.demo.assessing_story import fill
from alongside.demo.code_rights_story import Told, use
from alongside.demo.sample import WITNESSES
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows import assess
from alongside.workflows.receive_delivery import receive_file
from alongside.workflows.record_event import Entry, record_event, tell

LARGEST, LOOKED_AT = 1_000_000, 400
COURT = "Leicester Crown Court"
HEARD_AFTER = timedelta(hours=3)  # witness care hears a little after it happened
# Days ago, what happened, what was said, whether witness care told them of it.
Happened = tuple[int, str, dict[str, object], bool]


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """One witness: the day of the trial from today, and what is done for them."""

    crime_ref: str
    trial_in: int
    happened: tuple[Happened, ...]
    needs: Mapping[str, Any]
    rights: Mapping[str, tuple[Told, ...]]


# What both said of themselves: afraid, and glad of a screen.
NEEDS: Mapping[str, Any] = {
    "under_18_at_hearing": "no",
    "section_16": ["none"],
    "automatic": ["none"],
    "afraid": "yes",
    "declines": "wants",
    "measures": {"s23": "requested"}
    | dict.fromkeys((f"s{number}" for number in range(24, 31)), "not_needed"),
}
ATTENDED = {"waited": 150, "apart": True, "evidence": True}
WANTED = {"basis": "intimidated", "measures_17": ["screens"]}
SCENES = (
    _Scene(
        crime_ref="26011091001",
        trial_in=9,
        happened=(
            (70, "suspect_arrested", {}, False),
            (60, "charged", {}, False),
            (40, "plea_entered", {"plea": "not_guilty"}, False),
            (35, "hearing_listed", {"kind": "trial", "court": COURT}, True),
            (30, "witness_required", {}, True),
        ),
        needs={"practical": ["travel", "visit", "supporter"]},
        rights={
            "special_measures": ((24, "wanted", "person", WANTED),)
            + ((15, "applied", "cps", {}),),
            "court_visit": ((22, "offered", "wcu", {}),),
            "court_day": ((21, "expected", "wcu", {"when": 9, "court": COURT}),),
        },
    ),
    _Scene(
        crime_ref="26011091002",
        trial_in=-6,
        happened=(
            (80, "suspect_arrested", {}, False),
            (72, "charged", {}, False),
            (60, "plea_entered", {"plea": "not_guilty"}, False),
            (50, "hearing_listed", {"kind": "trial", "court": COURT}, True),
            (45, "witness_required", {}, True),
            (5, "trial_verdict", {"verdict": "guilty"}, True),
        ),
        needs={"practical": ["childcare", "separate_wait"]},
        rights={
            "special_measures": ((40, "wanted", "person", WANTED),)
            + ((33, "applied", "cps", {}),)
            + ((20, "granted", "court", {"all": True}),)
            + ((19, "told", "wcu", {}),)
            + ((6, "in_place", "wcu", {}),),
            "court_visit": ((38, "offered", "wcu", {}),)
            + ((30, "booked", "witness_service", {"when": -14, "how": "there"}),)
            + ((14, "done", "witness_service", {}),),
            "court_day": ((6, "attended", "service", ATTENDED),),
            "expenses": (
                (5, "claimed", "person", {"amount": 4_260, "what": ["travel", "care"]}),
                (1, "paid", "cps", {"amount": 4_260, "full": True}),
            ),
        },
    ),
)


def play_witnesses(*, now: datetime) -> int:
    """Look after the witnesses; how many. None where that was done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    worker = next((a for a in staff if a.role is Role.WITNESS_CARE_WORKER), None)
    if worker is None:
        return 0
    receive_file(path=WITNESSES, now=now - timedelta(hours=2), max_bytes=LARGEST)
    played = 0
    with acting_as(worker), transaction.atomic():
        waiting = _waiting(worker)
        for scene in SCENES:
            if scene.crime_ref in waiting:
                case_id, crime = waiting[scene.crime_ref]
                _play(worker, scene, case_id, crime, now=now)
                played += 1
    return played


def _waiting(worker: Actor) -> dict[str, tuple[UUID, int]]:
    """The cases that wait in the team, by the number of their crime."""
    queue = casework.list_queue(
        actor=worker, team_id=worker.team_id or 0, limit=LOOKED_AT
    )
    names = {case.case_id: case.public_id for case in queue}
    return {
        crime.crime_ref: (public_id, crime.victimisation_id)
        for key, public_id in names.items()
        for crime in casework.list_crimes(case_ids=[key])
    }


def _play(
    worker: Actor, scene: _Scene, case_id: UUID, crime: int, *, now: datetime
) -> None:
    working.take_case(actor=worker, now=now - timedelta(hours=1), case_id=case_id)
    trial = local_day(now) + timedelta(days=scene.trial_in)
    for happened in scene.happened:
        _happen(worker, happened, case_id, crime, trial=trial, now=now)
    _ask_needs(worker, scene, case_id, now)
    for kind, steps in scene.rights.items():
        use(worker, case_id, kind, _dated(steps, local_day(now)), now=now)


def _happen(
    worker: Actor,
    happened: Happened,
    case_id: UUID,
    crime: int,
    *,
    trial: date,
    now: datetime,
) -> None:
    days, event, said, told = happened
    at = now - timedelta(days=days)
    day = {"on": trial.isoformat()} if event == "hearing_listed" else {}
    event_id = record_event(
        actor=worker,
        now=now,
        case_id=case_id,
        entry=Entry(
            victimisation_id=crime,
            event=event,
            suspect_ref="S700401",
            offence_code="",
            occurred_at=at,
            received_at=at + HEARD_AFTER,
            detail={**said, **day},
        ),
    )
    if told:
        tell(
            actor=worker,
            now=now,
            case_id=case_id,
            event_id=event_id,
            told_at=at + timedelta(hours=20),
            told_by=DutyHolder.WCU,
            how="phone",
            evidence="I rang and went through it with them",
        )


def _ask_needs(worker: Actor, scene: _Scene, case_id: UUID, now: datetime) -> None:
    at = now - timedelta(days=max(scene.happened[-1][0] - 3, 1))
    made = assess.start(
        actor=worker,
        now=at,
        case_id=case_id,
        code="witness_needs",
        moment=Moment.ANY,
    )
    fill(worker, made, {"answers": {**NEEDS, **scene.needs}}, at)


def _dated(steps: Sequence[Told], today: date) -> tuple[Told, ...]:
    """The steps, each day they name counted from today."""
    return tuple(
        (days, code, by, {**fields, "when": _day(today, fields["when"])})
        if "when" in fields
        else (days, code, by, fields)
        for days, code, by, fields in steps
    )


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()
