"""Taking a body that a force sends: looked over at once, received by a worker."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from ninja import Status

from alongside.api.bodies import CONTENT_TYPES, spooled_body
from alongside.api.problems import Problem
from alongside.api.requests import ApiRequest
from alongside.api.v1.schemas import Sent
from alongside.care.intake.types import DeliveryKind
from alongside.workflows.receive_waiting import queue_delivery

ANSWERS = {
    200: Sent,
    202: Sent,
    **dict.fromkeys((400, 401, 403, 411, 413, 415, 422), Problem),
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in CONTENT_TYPES
        },
    }
}


def send(
    request: ApiRequest, response: HttpResponse, kind: DeliveryKind
) -> Status[Sent]:
    """Keep what was sent: 202 where it is new, 200 where the same bytes came before."""
    with spooled_body(request) as source:
        report = queue_delivery(
            source=source,
            kind=kind,
            actor=request.auth,
            now=request.now,
            max_bytes=settings.FEED_MAX_BYTES,
        )
    address = reverse("api:delivery", args=[report.delivery_id])
    response.headers["Location"] = address
    status = HTTPStatus.OK if report.already_received else HTTPStatus.ACCEPTED
    return Status(status, Sent.of(report, address=address))
