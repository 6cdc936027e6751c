"""Requests, what was done about them, and counts that name nobody."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from alongside.care.information_requests import rules
from alongside.care.information_requests.models import (
    InformationRequest,
    RequestPart,
    RequestStep,
)
from alongside.care.information_requests.tables import UNSAID
from alongside.care.information_requests.types import (
    Approval,
    Asker,
    CameBy,
    ComplaintBy,
    Counselling,
    Fate,
    Grounds,
    Lack,
    Notice,
    NoticeGiven,
    Outcome,
    Part,
    PersonViews,
    Purpose,
    RequestState,
    Said,
    Scope,
    Section,
    StepKind,
    Views,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """One request, as lists and its own page show it."""

    key: int
    asked_id: UUID
    case_key: int | None
    case_id: UUID | None
    person_key: int | None
    compartments: int
    state: RequestState
    asker: Asker
    said: Said = field(repr=False)
    lacks: tuple[Lack, ...]
    opened_at: datetime
    opened_by: str
    complete_on: date | None
    due_on: date
    prepared_at: datetime | None
    prepared_by_id: int | None
    prepared_by: str
    proposed: Outcome
    decided_at: datetime | None
    decided_by: str
    outcome: Outcome
    sent_on: date | None
    sent_how: str = field(repr=False)
    ended_at: datetime | None
    complaint_on: date | None
    complaint_from: ComplaintBy | None
    complaint_due_on: date | None
    complaint_answered_on: date | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.ended_at is None

    def is_late(self, day: date) -> bool:
        """Whether the day of answer was past on a day, or when it was answered."""
        if self.is_open:
            return self.state is not RequestState.WAITING and self.due_on < day
        return self.sent_on is not None and self.sent_on > self.due_on

    @property
    def keeps_quiet(self) -> bool:
        """Whether nobody may tell the person of it."""
        return rules.must_keep_quiet(self.said)


@dataclass(frozen=True, kw_only=True)
class RequestFilter:
    """Which requests of the register: `force` by its code, `body` by its kind.

    With `late_on`, those past the day of answer on that day; of the ended, those that
    were answered after it.
    """

    ended: bool = False
    states: tuple[RequestState, ...] = ()
    body: str = ""
    force: str = ""
    late_on: date | None = None


EVERY_OPEN = RequestFilter()


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One thing that was said or done."""

    at: datetime
    by: str
    kind: StepKind
    section: str
    words: str = field(repr=False)
    said: Said = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class RequestNote:
    """That there is a request about a case, and whether the person may know."""

    is_open: bool
    keeps_quiet: bool


@dataclass(frozen=True, kw_only=True)
class BodyCount:
    """How many requests of one body came in a period, and what became of them."""

    body: str
    asked: int
    open: int
    given: int
    part: int
    refused: int
    nothing_held: int
    withdrawn: int
    late: int
    untold: int
    counselling: int


@dataclass(frozen=True, kw_only=True)
class OwnRequest:
    """A request as the force that made it sees it: nothing of the case."""

    asked_id: UUID
    their_reference: str
    received_on: date
    due_on: date
    stands: str
    sent_on: date | None


def said_in(row: InformationRequest) -> Said:
    """What a request says now."""
    return Said(
        purpose=Purpose(offence=row.offence, line=row.line),
        scope=Scope(
            kinds=tuple(row.kinds),
            everything=row.everything,
            period_from=row.period_from,
            period_until=row.period_until,
            particulars=row.particulars,
        ),
        grounds=Grounds(
            necessity=row.necessity,
            proportionality=row.proportionality,
            other_means=row.other_means,
        ),
        counselling=Counselling(
            counselling_reason=row.counselling_reason,
            counselling_rank=row.counselling_rank,
            counselling_on=row.counselling_on,
        ),
        approval=Approval(approved_rank=row.approved_rank, approved_on=row.approved_on),
        notice=NoticeGiven(
            notice=Notice(row.notice),
            notice_on=row.notice_on,
            notice_how=row.notice_how,
            withheld_why=row.withheld_why,
            withheld_words=row.withheld_words,
        ),
        views=PersonViews(
            views=Views(row.views), views_words=row.views_words, views_on=row.views_on
        ),
    )


def _asker(row: InformationRequest) -> Asker:
    return Asker(
        body=row.body,
        body_name=row.body_name,
        asker_id=row.asker_id,
        officer_role=row.officer_role,
        their_reference=row.their_reference,
        received_on=row.received_on,
        received_by=CameBy(row.received_by),
        urgent=row.urgent,
        urgent_why=row.urgent_why,
    )


def request_line(row: InformationRequest) -> RequestLine:
    """What a page shows of a request read with its case and people."""
    said = said_in(row)
    return RequestLine(
        key=row.pk,
        asked_id=row.public_id,
        case_key=row.case_id,
        case_id=row.case.public_id if row.case else None,
        person_key=row.case.person_id if row.case else None,
        compartments=row.case.compartments if row.case else 0,
        state=RequestState(row.state),
        asker=_asker(row),
        said=said,
        lacks=rules.lacking(said),
        opened_at=row.opened_at,
        opened_by=row.opened_by.name,
        complete_on=row.complete_on,
        due_on=row.due_on,
        prepared_at=row.prepared_at,
        prepared_by_id=row.prepared_by_id,
        prepared_by=row.prepared_by.name if row.prepared_by else "",
        proposed=Outcome(row.proposed),
        decided_at=row.decided_at,
        decided_by=row.decided_by.name if row.decided_by else "",
        outcome=Outcome(row.outcome),
        sent_on=row.sent_on,
        sent_how=row.sent_how,
        ended_at=row.ended_at,
        complaint_on=row.complaint_on,
        complaint_from=ComplaintBy(row.complaint_from) if row.complaint_from else None,
        complaint_due_on=row.complaint_due_on,
        complaint_answered_on=row.complaint_answered_on,
        version=row.version,
    )


_WITH = ("case", "opened_by", "prepared_by", "decided_by")


def _read() -> QuerySet[InformationRequest]:
    return InformationRequest.objects.select_related(*_WITH)


def get_request(
    *, actor: Actor, asked_id: UUID, lock: bool = False
) -> InformationRequest:
    """A request about a case the actor may see; row security decides.

    `lock` holds the row until the end of the transaction.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = InformationRequest.objects.filter(public_id=asked_id)
    rows = rows.select_for_update(of=("self",)) if lock else rows.select_related(*_WITH)
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that request")
    return found


def list_requests(
    *,
    actor: Actor,
    chosen: RequestFilter = EVERY_OPEN,
    limit: int,
    skip: int = 0,
) -> list[RequestLine]:
    """Requests: the open by the day an answer is due, the ended newest first."""
    ended = chosen.ended
    rows = _read().filter(agency_id=actor.agency_id, ended_at__isnull=not ended)
    if chosen.states:
        rows = rows.filter(state__in=list(chosen.states))
    if chosen.body:
        rows = rows.filter(body=chosen.body)
    if chosen.force:
        rows = rows.filter(asker__force_code=chosen.force)
    if chosen.late_on and ended:
        rows = rows.filter(sent_on__gt=F("due_on"))
    elif chosen.late_on:
        # Nothing is due of one that waits for who asked.
        rows = rows.exclude(state=RequestState.WAITING)
        rows = rows.filter(due_on__lt=chosen.late_on)
    order = ("-ended_at", "-pk") if ended else ("due_on", "pk")
    return [request_line(row) for row in rows.order_by(*order)[skip : skip + limit]]


def list_of_case(*, case_key: int) -> list[RequestLine]:
    """The requests about one case, newest first. One statement."""
    rows = _read().filter(case_id=case_key)
    return [request_line(row) for row in rows.order_by("-received_on", "-pk")]


def list_notes(*, case_key: int) -> list[RequestNote]:
    """That somebody asked for the records of a case, for its page. One statement."""
    rows = InformationRequest.objects.filter(case_id=case_key)
    return [
        RequestNote(
            is_open=ended is None,
            keeps_quiet=notice == Notice.WITHHELD
            and why in UNSAID
            and UNSAID[why].keep_quiet,
        )
        for ended, notice, why in rows.values_list("ended_at", "notice", "withheld_why")
    ]


def list_steps(*, request_key: int) -> list[StepLine]:
    """What was said and done, newest first. One statement."""
    rows = RequestStep.objects.filter(request_id=request_key).select_related("by")
    return [
        StepLine(
            at=row.at,
            by=row.by.name,
            kind=StepKind(row.kind),
            section=row.section,
            words=row.words,
            said=rules.said_then(Section(row.section), row.facts)
            if row.section
            else Said(),
        )
        for row in rows.order_by("-at", "-pk")
    ]


def list_parts(*, request_key: int) -> list[Part]:
    """What the newest prepared answer gives and does not. One statement."""
    rows = list(
        RequestPart.objects.filter(request_id=request_key).order_by("-step_id", "pk")
    )
    return [
        Part(kind=row.kind, fate=Fate(row.fate), words=row.words, reason=row.reason)
        for row in rows
        if row.step_id == rows[0].step_id
    ]


def count_by_body(*, actor: Actor, since: date, until: date) -> list[BodyCount]:
    """What became of the requests that came in a period, by body. Names nobody.

    `until` is exclusive. Counts every request of the agency, also those whose cases
    the actor may not see.

    Raises:
        DatabaseError: the actor is not of information governance.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM information_requests_counted(%s, %s)", [since, until]
        )
        return [
            BodyCount(
                body=row[0],
                asked=row[1],
                open=row[2],
                given=row[3],
                part=row[4],
                refused=row[5],
                nothing_held=row[6],
                withdrawn=row[7],
                late=row[8],
                untold=row[9],
                counselling=row[10],
            )
            for row in cursor.fetchall()
        ]


def list_own(*, actor: Actor, limit: int, skip: int = 0) -> list[OwnRequest]:
    """What the actor's own agency asked of the area's service, newest first.

    How each stands, and nothing of the case. One statement.

    Raises:
        DatabaseError: the actor is no police liaison.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM information_requests_asked_by_us(%s, %s)", [limit, skip]
        )
        return [
            OwnRequest(
                asked_id=row[0],
                their_reference=row[1],
                received_on=row[2],
                due_on=row[3],
                stands=row[4],
                sent_on=row[5],
            )
            for row in cursor.fetchall()
        ]
