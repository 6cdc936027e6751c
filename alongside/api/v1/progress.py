"""Progress messages: what the police and the courts say has happened."""

from django.http import HttpResponse
from ninja import Router, Status

from alongside.api.access import requires
from alongside.api.requests import ApiRequest
from alongside.api.v1.schemas import Sent
from alongside.api.v1.sending import ANSWERS, BODY, send
from alongside.care.intake.types import DeliveryKind
from alongside.foundation.accounts.types import Permission

router = Router(tags=["progress"])


@router.post("", response=ANSWERS, openapi_extra=BODY, summary="Send progress messages")
@requires(Permission.FEED_SEND)
def send_progress(request: ApiRequest, response: HttpResponse) -> Status[Sent]:
    """Answered with the address of a delivery, as for referrals.

    The same bytes a second time change nothing and are answered 200.
    """
    return send(request, response, DeliveryKind.PROGRESS)
