"""Registers of a service, for another of its systems: rows without names, read only."""

from datetime import date, datetime
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from alongside.api.access import requires
from alongside.api.problems import Problem
from alongside.api.requests import ApiRequest
from alongside.care.code_rights.queries import RecordLine, RegisterFilter
from alongside.care.code_rights.queries.due import DueNext
from alongside.care.information_requests.queries import RequestFilter, RequestLine
from alongside.care.information_requests.types import Notice, Outcome, RequestState
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import ClosedDayLine
from alongside.foundation.organisations.types import EVERYBODY
from alongside.foundation.reference.tables import BANK_HOLIDAYS
from alongside.walls.context import acting_as
from alongside.workflows.read_registers import list_requests, list_rights

SIZE, LAST_PAGE = 200, 1000
REFUSALS = dict.fromkeys((400, 401, 403), Problem)
PageNumber = Annotated[int, Field(ge=1, le=LAST_PAGE)]

router = Router(tags=["registers"])


class RightsWanted(Schema):
    """Rights of one kind, at one step, and those that are open or that are over."""

    kind: str = ""
    state: str = ""
    is_open: bool | None = None
    page: PageNumber = 1


class RequestsWanted(Schema):
    """Requests that are open, or those that have ended, in one state."""

    ended: bool = False
    state: RequestState | None = None
    page: PageNumber = 1


class Right(Schema):
    """A right that somebody uses: how it stands and since when, and what is due next of
    it. `state` is empty where every step was taken back."""

    id: UUID
    case: UUID
    right: int
    kind: str
    title: str
    state: str
    stands: str
    since: date
    ended_on: date | None
    due: str
    due_by: str
    due_on: date | None
    worker: str
    team: str

    @classmethod
    def of(cls, line: RecordLine, due: DueNext | None) -> "Right":
        """A row of the register as the API gives it."""
        return cls(
            id=line.record_id,
            case=line.case_id,
            right=line.kind.right,
            kind=line.kind.code,
            title=line.kind.title,
            state=line.state.code if line.state else "",
            stands=line.state.label if line.state else "",
            since=line.state_on,
            ended_on=line.ended_on,
            due=due.label if due else "",
            due_by=due.holder if due else "",
            due_on=due.due_on if due else None,
            worker=line.worker,
            team=line.team,
        )


class RightPage(Schema):
    """Rights, the newest step first. `next` is the address of the next page, if any."""

    rights: list[Right]
    next: str | None


class RecordsRequest(Schema):
    """A request for what is held about somebody: who asked, when, and how it stands.
    Nobody's name, nor what was asked. `late`: its day of answer is past, or was when it
    was answered."""

    id: UUID
    body: str
    received_on: date
    due_on: date
    state: RequestState
    outcome: Outcome
    sent_on: date | None
    notice: Notice
    urgent: bool
    late: bool

    @classmethod
    def of(cls, line: RequestLine, today: date) -> "RecordsRequest":
        """A row of the register as the API gives it on a day."""
        return cls(
            id=line.asked_id,
            body=line.asker.body_name,
            received_on=line.asker.received_on,
            due_on=line.due_on,
            state=line.state,
            outcome=line.outcome,
            sent_on=line.sent_on,
            notice=line.said.notice.notice,
            urgent=line.asker.urgent,
            late=line.is_late(today),
        )


class RecordsRequestPage(Schema):
    """Requests: the open by the day an answer is due, the ended newest first. `next` is
    the address of the next page, if any."""

    requests: list[RecordsRequest]
    next: str | None


class ClosedDay(Schema):
    """A day that is not a working day: a bank holiday of England and Wales, or one that
    the area added (`added_at`), and why. `offices_of` are who owe promises and are
    closed, or everybody. One that was taken back counts again from `withdrawn_at`."""

    day: date
    what: str
    offices_of: list[str]
    why: str
    added_at: datetime | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, line: ClosedDayLine) -> "ClosedDay":
        """A day that the area added."""
        return cls(
            day=line.on,
            what=line.title,
            offices_of=list(line.holders),
            why=line.reason,
            added_at=line.added_at,
            withdrawn_at=line.withdrawn_at,
        )


class ClosedDays(Schema):
    """The closed days of a year, by day."""

    year: int
    days: list[ClosedDay]


@router.get(
    "/rights",
    response={200: RightPage, **REFUSALS},
    summary="The rights that people use, across cases",
    url_name="rights",
)
@requires(Permission.CASE_VIEW)
def get_rights(
    request: ApiRequest, wanted: Annotated[RightsWanted, Query()]
) -> RightPage:
    """Of the cases that the token may see, as on the page *Rights*: without names."""
    actor = request.auth
    with acting_as(actor), transaction.atomic():
        found = list_rights(
            actor=actor,
            now=request.now,
            chosen=RegisterFilter(
                kind=wanted.kind, state=wanted.state, is_open=wanted.is_open
            ),
            start=(wanted.page - 1) * SIZE,
            size=SIZE,
        )
    return RightPage(
        rights=[Right.of(line, found.due.get(line.key)) for line in found.lines],
        next=_next("rights", wanted) if found.has_more else None,
    )


@router.get(
    "/records-requests",
    response={200: RecordsRequestPage, **REFUSALS},
    summary="The register of requests for records",
    url_name="records_requests",
)
@requires(Permission.INFORMATION_REQUEST_WORK)
def get_records_requests(
    request: ApiRequest, wanted: Annotated[RequestsWanted, Query()]
) -> RecordsRequestPage:
    """Those that are open, or with `ended` those that have ended, about cases that the
    token may see, as on the page *Requests for records*: without names."""
    actor = request.auth
    with acting_as(actor), transaction.atomic():
        found = list_requests(
            actor=actor,
            now=request.now,
            chosen=RequestFilter(
                ended=wanted.ended, states=(wanted.state,) if wanted.state else ()
            ),
            start=(wanted.page - 1) * SIZE,
            size=SIZE,
        )
    today = local_day(request.now)
    return RecordsRequestPage(
        requests=[RecordsRequest.of(line, today) for line in found.lines],
        next=_next("records_requests", wanted) if found.has_more else None,
    )


@router.get(
    "/closed-days",
    response={200: ClosedDays, **REFUSALS},
    summary="The days that are not working days",
    url_name="closed_days",
)
@requires(Permission.CALENDAR_VIEW)
def get_closed_days(
    request: ApiRequest, year: Annotated[int | None, Query(ge=2000, le=2100)] = None
) -> ClosedDays:
    """Bank holidays and the days that the area added, of a year (this one where none is
    given), also those that were taken back."""
    asked = year or local_day(request.now).year
    with acting_as(request.auth), transaction.atomic():
        own = [ClosedDay.of(line) for line in organisations.list_closed_days()]
    everybodys = [
        ClosedDay(
            day=one.on,
            what=one.title,
            offices_of=[EVERYBODY],
            why="",
            added_at=None,
            withdrawn_at=None,
        )
        for one in BANK_HOLIDAYS
    ]
    days = [one for one in (*everybodys, *own) if one.day.year == asked]
    return ClosedDays(year=asked, days=sorted(days, key=lambda one: one.day))


def _next(name: str, wanted: RightsWanted | RequestsWanted) -> str:
    asked = wanted.dict(exclude_defaults=True) | {"page": wanted.page + 1}
    return f"{reverse(f'api:{name}')}?{urlencode(asked)}"
