"""Deliveries of a force: send one, see how it stands and what became of each row."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from ninja import Query, Router, Status

from alongside.api.access import requires
from alongside.api.problems import NotReceivedYet, Problem
from alongside.api.requests import ApiRequest
from alongside.api.v1 import csv_answers
from alongside.api.v1.schemas import (
    DeliveryAnswer,
    DeliveryLine,
    DeliveryPage,
    Returned,
    Returns,
    Row,
    RowPage,
    Sent,
)
from alongside.api.v1.sending import ANSWERS, BODY, send
from alongside.care.intake import queries as intake
from alongside.care.intake.operations import deliveries
from alongside.care.intake.tables import RETURNS
from alongside.care.intake.types import DeliveryKind, DeliveryState, ReturnCode
from alongside.foundation.accounts.types import Permission
from alongside.walls.context import acting_as

REFUSALS = dict.fromkeys((400, 401, 403, 404, 409), Problem)
MOST_DELIVERIES, MOST_ROWS = 100, 1000

router = Router(tags=["deliveries"])


@router.post("", response=ANSWERS, openapi_extra=BODY, summary="Send referrals")
@requires(Permission.FEED_SEND)
def send_delivery(request: ApiRequest, response: HttpResponse) -> Status[Sent]:
    """One file of referrals, as CSV or JSON Lines.

    A body that cannot be taken as a whole is refused at once (422) and nothing of it
    is stored. Any other is kept (202) and its rows are worked soon after: its address
    says how it stands. The same bytes a second time change nothing (200).
    """
    return send(request, response, DeliveryKind.REFERRALS)


@router.get(
    "",
    response={200: DeliveryPage, **REFUSALS},
    summary="List deliveries",
    url_name="deliveries",
)
@requires(Permission.FEED_VIEW)
def list_deliveries(
    request: ApiRequest,
    limit: Annotated[int, Query(ge=1, le=MOST_DELIVERIES)] = 50,
    before: UUID | None = None,
) -> DeliveryPage:
    """What your agency sent or received, newest first, of both kinds."""
    actor = request.auth
    with acting_as(actor), transaction.atomic():
        last = before and intake.get_delivery(actor=actor, public_id=before)
        lines = intake.list_sent_or_received(
            actor=actor, limit=limit + 1, before=last or None
        )
        deliveries.note_reading(actor=actor, now=request.now, purpose="list")
    shown = [
        DeliveryLine.of(one, address=_address("delivery", one.public_id))
        for one in lines[:limit]
    ]
    following = None
    if len(lines) > limit:
        query = urlencode({"limit": limit, "before": shown[-1].id})
        following = f"{reverse('api:deliveries')}?{query}"
    return DeliveryPage(deliveries=shown, next=following)


@router.get(
    "/{uuid:delivery_id}",
    response={200: DeliveryAnswer, **REFUSALS},
    summary="How a delivery stands",
    url_name="delivery",
)
@requires(Permission.FEED_VIEW)
def get_delivery(request: ApiRequest, delivery_id: UUID) -> DeliveryAnswer:
    """Its state, its counts of each fate and code, and how far it has come."""
    actor = request.auth
    with acting_as(actor), transaction.atomic():
        delivery = intake.get_delivery(actor=actor, public_id=delivery_id)
        line = DeliveryLine.of(
            intake.summarise(delivery), address=_address("delivery", delivery_id)
        )
        done = line.rows or intake.get_rows_done(delivery_id=delivery.pk)
        deliveries.note_reading(actor=actor, now=request.now, delivery=delivery)
    return DeliveryAnswer(**line.dict(), rows_done=done)


@router.get(
    "/{uuid:delivery_id}/rows",
    response={200: RowPage, **REFUSALS},
    summary="What became of each row",
    url_name="delivery_rows",
)
@requires(Permission.FEED_VIEW)
def list_rows(
    request: ApiRequest,
    delivery_id: UUID,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = MOST_ROWS,
) -> RowPage:
    """The rows' fates in the file's order, from the row after `after`."""
    with acting_as(request.auth), transaction.atomic():
        delivery_key = _open_rows(request, delivery_id, purpose="rows")
        fates = intake.list_fates(
            delivery_id=delivery_key, after=after, limit=limit + 1
        )
    rows = [
        Row(
            row=fate.row,
            fate=fate.fate,
            code=fate.code,
            column=fate.column,
            message=fate.message,
            codes=list(fate.codes),
        )
        for fate in fates[:limit]
    ]
    following = None
    if len(fates) > limit:
        query = urlencode({"after": rows[-1].row, "limit": limit})
        following = f"{_address('delivery_rows', delivery_id)}?{query}"
    return RowPage(rows=rows, next=following)


@router.get(
    "/{uuid:delivery_id}/rows.csv",
    response=REFUSALS,
    openapi_extra=csv_answers.ANSWER,
    summary="What became of each row, as CSV",
)
@requires(Permission.FEED_VIEW)
def write_rows(request: ApiRequest, delivery_id: UUID) -> HttpResponseBase:
    """Every row: row, fate, code, message, column."""
    actor = request.auth
    with acting_as(actor), transaction.atomic():
        delivery_key = _open_rows(request, delivery_id, purpose="rows")
    return StreamingHttpResponse(
        csv_answers.iterate_rows(actor, delivery_key),
        headers=csv_answers.headers(f"{delivery_id}-rows"),
    )


@router.get(
    "/{uuid:delivery_id}/returns",
    response={200: Returns, **REFUSALS},
    summary="What was sent back to the force",
)
@requires(Permission.FEED_VIEW)
def list_returns(request: ApiRequest, delivery_id: UUID) -> Returns:
    """Referrals of this delivery that were returned, and what each is asked for."""
    return Returns(returns=_list_returned(request, delivery_id))


@router.get(
    "/{uuid:delivery_id}/returns.csv",
    response=REFUSALS,
    openapi_extra=csv_answers.ANSWER,
    summary="What was sent back to the force, as CSV",
)
@requires(Permission.FEED_VIEW)
def write_returns(request: ApiRequest, delivery_id: UUID) -> HttpResponseBase:
    """The same as the list of returns."""
    return HttpResponse(
        csv_answers.write_returned(_list_returned(request, delivery_id)),
        headers=csv_answers.headers(f"{delivery_id}-returns"),
    )


def _address(name: str, delivery_id: UUID) -> str:
    return reverse(f"api:{name}", args=[delivery_id])


def _open_rows(request: ApiRequest, delivery_id: UUID, *, purpose: str) -> int:
    """The key of a delivery whose rows may be read now, with a note that they were."""
    actor = request.auth
    delivery = intake.get_delivery(actor=actor, public_id=delivery_id)
    if delivery.state != DeliveryState.VISIBLE:
        raise NotReceivedYet
    deliveries.note_reading(
        actor=actor, now=request.now, delivery=delivery, purpose=purpose
    )
    return delivery.pk


def _list_returned(request: ApiRequest, delivery_id: UUID) -> list[Returned]:
    actor = request.auth
    with acting_as(actor), transaction.atomic():
        delivery_key = _open_rows(request, delivery_id, purpose="returns")
        returned = intake.list_returns(actor=actor, delivery_id=delivery_key)
    return [
        Returned(
            row=one.row,
            source_system=one.source_system,
            crime_ref=one.crime_ref,
            person_ref=one.person_ref,
            return_code=one.return_code,
            message=RETURNS[ReturnCode(one.return_code)].words,
            note=one.message,
            returned_at=one.returned_at,
        )
        for one in returned
    ]
