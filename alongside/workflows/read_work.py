"""What is to be done, in order: a worker's own cases, and a team's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from alongside.care.assessment import queries as assessment
from alongside.care.assessment.types.filled import Draft
from alongside.care.assessment.types.prompts import Prompt
from alongside.care.casework import queries as casework
from alongside.care.casework.types import Repeat, Tier
from alongside.care.journey import queries as journey
from alongside.care.journey.queries.owed import next_owed
from alongside.care.journey.queries.silence import find_silent
from alongside.care.journey.types.owed import NextOwed
from alongside.care.people import queries as people
from alongside.care.planning.queries.due import next_planned
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import TeamChoice
from alongside.workflows.prompts import find_prompts

# More cases than anybody can hold: the list stops there and says so.
CASELOAD_LIMIT = 1000
DRAFTS_LIMIT = 50
WEEK = timedelta(days=7)
PURPOSE = "list of work"


class Due(StrEnum):
    """How soon something must happen."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """One case of a list, and the soonest thing that is due in it.

    `promised` is true where that is a promise the service owes, not the action a
    worker planned; `case` is one of others where only a task in it is the actor's.
    `ground` is what enhanced support rests on, in words. `repeats` say how often the
    person, their address and household were hit of late; `prompts` what the case asks
    for by itself; `owed` is the soonest promise that runs, whoever owes it; `silent`
    says in which ways nothing was heard for too long.
    """

    case: casework.WorkCase
    name: str
    what: str
    due_on: date | None
    due: Due
    promised: bool
    ground: str
    repeats: tuple[Repeat, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    owed: NextOwed | None = None
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MyWork:
    """The cases the actor holds, soonest due first.

    `held` counts every one of them; `counts` the lines of each `Due`; `matching` those
    the filter lets through, of which `items` are one page. Cases of others, in which
    something is for the actor to do, are lines too: `elsewhere` counts them.
    """

    items: tuple[WorkItem, ...]
    held: int
    matching: int
    counts: dict[Due, int]
    on: date
    elsewhere: int = 0
    drafts: tuple[Draft, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TeamWork:
    """One page of a team's cases. `count` stops at COUNT_LIMIT + 1."""

    team: TeamChoice
    teams: tuple[TeamChoice, ...]
    items: tuple[WorkItem, ...]
    count: int
    has_more: bool
    on: date


@dataclass(frozen=True, kw_only=True)
class _Line:
    case: casework.WorkCase
    what: str
    due_on: date | None
    due: Due
    promised: bool


def due_of(day: date | None, *, on: date) -> Due:
    """How soon a day is. A case without a day is overdue: nobody watches it."""
    if day is None or day < on:
        return Due.OVERDUE
    if day == on:
        return Due.TODAY
    return Due.WEEK if day < on + WEEK else Due.LATER


def read_my_work(
    *,
    actor: Actor,
    now: datetime,
    due: Due | None = None,
    tier: Tier | None = None,
    start: int = 0,
    size: int,
) -> MyWork:
    """The actor's open cases by what is due, whoever set it. Sixteen statements.

    Names are opened for the one page that is shown.
    """
    on = local_day(now)
    cases = casework.list_my_cases(actor=actor, limit=CASELOAD_LIMIT)
    keys = [case.case_id for case in cases]
    clocks = journey.next_service_clocks(case_ids=keys)
    tasks = casework.next_tasks(actor=actor, case_ids=keys)
    plans = next_planned(case_ids=keys, on=on, now=now)
    elsewhere = casework.list_tasks_elsewhere(actor=actor, limit=CASELOAD_LIMIT)
    lines = sorted(
        [
            *(
                _with_plan(
                    _soonest(
                        case, clocks.get(case.case_id), on, tasks.get(case.case_id)
                    ),
                    plans.get(case.case_id),
                    on,
                )
                for case in cases
            ),
            *(_to_do(one.case, one.due_on, one.words, on) for one in elsewhere),
        ],
        key=lambda line: (line.due_on or date.min, line.case.case_id),
    )
    wanted = [
        line
        for line in lines
        if due in {None, line.due} and tier in {None, line.case.tier}
    ]
    return MyWork(
        items=_items(wanted[start : start + size], now=now),
        held=casework.count_my_cases(actor=actor),
        matching=len(wanted),
        counts={kind: sum(line.due is kind for line in lines) for kind in Due},
        on=on,
        elsewhere=len(elsewhere),
        drafts=tuple(assessment.list_drafts(user_id=actor.user_id, limit=DRAFTS_LIMIT)),
    )


def read_team_work(
    *,
    actor: Actor,
    now: datetime,
    team_id: UUID | None,
    waiting: bool,
    tier: Tier | None = None,
    place: casework.Place | None = None,
    size: int,
) -> TeamWork:
    """A team's cases, soonest due first: those nobody holds, or all that are open.

    Without `team_id`: the actor's own team, else the first. Twelve statements.

    Raises:
        NotFound: the agency has no such team, or no team at all.
    """
    teams = organisations.list_teams(agency_id=actor.agency_id)
    team = _chosen_team(actor, teams, team_id)
    read = casework.list_queue if waiting else casework.list_team_cases
    count = casework.count_queue if waiting else casework.count_team_cases
    cases = read(
        actor=actor, team_id=team.team_id, limit=size + 1, place=place, tier=tier
    )
    before = place is not None and place.before
    shown = cases[-size:] if before else cases[:size]
    on = local_day(now)
    return TeamWork(
        team=team,
        teams=tuple(teams),
        items=_items([_soonest(case, None, on) for case in shown], now=now),
        count=count(actor=actor, team_id=team.team_id, tier=tier),
        has_more=len(cases) > size,
        on=on,
    )


def read_chosen(
    *, actor: Actor, now: datetime, case_ids: Sequence[UUID]
) -> tuple[WorkItem, ...]:
    """The cases somebody ticked, soonest due first. Ten statements."""
    cases = casework.list_chosen(actor=actor, case_ids=list(case_ids))
    on = local_day(now)
    return _items([_soonest(case, None, on) for case in cases], now=now)


def _chosen_team(
    actor: Actor, teams: Sequence[TeamChoice], team_id: UUID | None
) -> TeamChoice:
    if team_id is not None:
        wanted = [team for team in teams if team.public_id == team_id]
    else:
        wanted = [team for team in teams if team.team_id == actor.team_id]
        wanted = wanted or list(teams)
    if not wanted:
        raise NotFound("We could not find that team")
    return wanted[0]


def _soonest(
    case: casework.WorkCase,
    clock: tuple[date, str] | None,
    on: date,
    task: tuple[date, str] | None = None,
) -> _Line:
    planned = case.next_action_on
    others = [one for one in (planned, clock and clock[0]) if one is not None]
    if task is not None and (planned is None or task[0] < min(others)):
        return _to_do(case, *task, on)
    if clock is not None and (planned is None or clock[0] < planned):
        return _Line(
            case=case,
            what=clock[1],
            due_on=clock[0],
            due=due_of(clock[0], on=on),
            promised=True,
        )
    return _Line(
        case=case,
        what=case.next_action,
        due_on=planned,
        due=due_of(planned, on=on),
        promised=False,
    )


def _to_do(case: casework.WorkCase, due: date, words: str, on: date) -> _Line:
    return _Line(
        case=case, what=words, due_on=due, due=due_of(due, on=on), promised=False
    )


def _with_plan(line: _Line, planned: tuple[date, str] | None, on: date) -> _Line:
    """What is planned with the person, where it is due before anything else."""
    if planned is None or line.due_on is None or planned[0] >= line.due_on:
        return line
    day, words = planned
    return _Line(
        case=line.case, what=words, due_on=day, due=due_of(day, on=on), promised=False
    )


def _items(lines: Sequence[_Line], *, now: datetime) -> tuple[WorkItem, ...]:
    labels = people.open_labels(
        person_ids=[line.case.person_id for line in lines], purpose=PURPOSE, now=now
    )
    grounds = assessment.list_first_grounds(
        case_ids=[line.case.case_id for line in lines]
    )
    repeats = casework.count_repeats(
        person_ids=[line.case.person_id for line in lines], now=now
    )
    prompts, _ = find_prompts(cases=[line.case for line in lines], on=local_day(now))
    owed = next_owed(case_ids=[line.case.case_id for line in lines])
    silent = find_silent(
        case_ids=[line.case.case_id for line in lines], on=local_day(now)
    )
    return tuple(
        WorkItem(
            case=line.case,
            name=labels[line.case.person_id].name,
            what=line.what,
            due_on=line.due_on,
            due=line.due,
            promised=line.promised,
            ground=grounds.get(line.case.case_id, ""),
            repeats=repeats.get(line.case.person_id, ()),
            prompts=prompts.get(line.case.case_id, ()),
            owed=owed.get(line.case.case_id),
            silent=tuple(rule.label for rule, _ in silent.get(line.case.case_id, ())),
        )
        for line in lines
    )
