"""What changed for people, in counts: nobody is named, and nothing is a percentage."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router, Schema

from alongside.api.access import requires
from alongside.api.problems import BodyProblem, Problem
from alongside.api.requests import ApiRequest
from alongside.api.v1 import csv_answers
from alongside.care.assessment.types.filled import GroupBy
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.months import (
    a_year_before,
    is_whole_months,
    last_whole_month,
)
from alongside.walls.context import acting_as
from alongside.workflows.read_outcomes import (
    LEAST,
    Counted,
    Outcomes,
    Part,
    file_rows,
    read_outcomes,
)

YEAR = timedelta(days=365)
REFUSALS = dict.fromkeys((400, 401, 403, 404), Problem)

router = Router(tags=["outcomes"])


class NoSuchTime(BodyProblem):
    code = "bad_parameter"
    user_message = "until: is a day after since, which it does not include"


class NotWholeMonths(BodyProblem):
    code = "bad_parameter"
    user_message = (
        "since, until: must be the first day of a month, and the months be over"
    )


class Asked(Schema):
    """Which time, in which team, by which groups. `until` is not included. Where they
    are left out: until today, today included, and from a year before. Who commissions
    the service asks for whole months that are over."""

    since: date | None = None
    until: date | None = None
    by: GroupBy = GroupBy.NOTHING
    team: UUID | None = None


class OutcomeLine(Schema):
    """One question in one group. Of those answered twice: better, the same or worse.

    `not_to_publish` names the counts that are so few that they may tell who somebody
    is.
    """

    instrument: str
    what: str
    group: str
    question: str
    words: str
    asked: int
    answered: int
    answered_twice: int
    better: int
    same: int
    worse: int
    not_to_publish: list[str]

    @classmethod
    def of(cls, part: Part, line: Counted) -> "OutcomeLine":
        """The counts as the API gives them."""
        return cls(
            instrument=part.row.instrument,
            what=part.row.label,
            group=line.group,
            question=line.counts.question,
            words=line.words,
            **line.numbers(),
            not_to_publish=list(line.small()),
        )


class WithoutLine(Schema):
    """Cases that closed without last scores, for one reason."""

    why: str
    cases: int
    not_to_publish: bool


class OutcomesAnswer(Schema):
    """Counts of a time. A count under `publish_least` is not to be published.

    Who commissions the service is not told lines with such a count, nor those from
    which it could be worked out: `lines_left_out` says how many.
    """

    since: date
    until: date
    by: GroupBy
    publish_least: int
    lines_left_out: int
    outcomes: list[OutcomeLine]
    without: list[WithoutLine]


@router.get(
    "/outcomes",
    response={200: OutcomesAnswer, **REFUSALS},
    summary="What changed for people, in counts",
)
@requires(Permission.COUNTS_VIEW)
def count_outcomes(
    request: ApiRequest, asked: Annotated[Asked, Query()]
) -> OutcomesAnswer:
    """Of each person whose newest assessment was completed in the time, the first
    beside the newest: asked, answered, better, the same, worse. By crime group, age,
    district, team, service, provider or month, or everybody together."""
    since, until = _time(request, asked)
    found = _read(request, asked)
    return OutcomesAnswer(
        since=since,
        until=until,
        by=asked.by,
        publish_least=LEAST,
        lines_left_out=sum(part.hidden for part in found.parts),
        outcomes=[OutcomeLine.of(p, line) for p in found.parts for line in p.lines],
        without=[
            WithoutLine(why=why, cases=cases, not_to_publish=0 < cases < LEAST)
            for why, cases in found.without
        ],
    )


@router.get(
    "/outcomes.csv",
    response=REFUSALS,
    openapi_extra=csv_answers.ANSWER,
    summary="What changed for people, in counts, as CSV",
)
@requires(Permission.COUNTS_VIEW)
def write_outcomes(
    request: ApiRequest, asked: Annotated[Asked, Query()]
) -> HttpResponse:
    """The same counts, one line for each question and group."""
    since, until = _time(request, asked)
    return HttpResponse(
        csv_answers.write_outcomes(file_rows(_read(request, asked))),
        headers=csv_answers.headers(f"outcomes-{since}-{until}"),
    )


def _time(request: ApiRequest, asked: Asked) -> tuple[date, date]:
    on = local_day(request.now)
    if request.auth.has(Permission.STATUS_VIEW):
        until = asked.until or on + timedelta(days=1)
        since = asked.since or until - YEAR
    else:
        until = asked.until or last_whole_month(on)
        since = asked.since or a_year_before(until)
        # Of two times that differ by a day the difference would be that day's few.
        if not is_whole_months(since, until, on=on):
            raise NotWholeMonths
    if until <= since:
        raise NoSuchTime
    return since, until


def _read(request: ApiRequest, asked: Asked) -> Outcomes:
    since, until = _time(request, asked)
    with acting_as(request.auth), transaction.atomic():
        return read_outcomes(
            actor=request.auth,
            now=request.now,
            since=since,
            until=until,
            by=asked.by,
            team_id=asked.team,
        )
