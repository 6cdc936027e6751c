"""GOV.UK Notify: handing over a message, finding it again, asking whether it arrived.

Notify takes the same message twice if it is asked twice. Our key goes along as its
reference, by which what may have left is found again before anything is sent anew.
"""

import logging
from typing import Any

import requests
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from alongside.foundation.gateways.messages import (
    Answer,
    Arrival,
    Handed,
    Message,
    NotifySender,
    Route,
)

TIMEOUT_SECONDS = 10
UNSURE_FROM = 500
TOO_MANY = 429
ARRIVED = frozenset({"delivered"})
LOST = frozenset({"permanent-failure", "temporary-failure", "technical-failure"})

# The library logs what the service answers, which may quote an address.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


class NotifyUnsure(Exception):
    """Notify could not be asked, or did not answer in words."""


def send(sender: NotifySender, route: Route, message: Message) -> Answer:
    """Hand a message over, once. What came of it is never an exception."""
    service = _service(sender)
    given: dict[str, Any] = {
        "template_id": sender.templates[route],
        "personalisation": {"words": message.words, "subject": message.subject},
        "reference": str(message.once_key),
    }
    try:
        if route is Route.TEXT:
            taken = service.send_sms_notification(phone_number=message.to, **given)
        else:
            taken = service.send_email_notification(email_address=message.to, **given)
        return Answer(handed=Handed.TAKEN, ref=str(taken["id"]))
    except APIError as error:
        return Answer(handed=_handed(error))
    except (requests.RequestException, KeyError, TypeError):
        return Answer(handed=Handed.NOT_KNOWN)


def _handed(error: APIError) -> Handed:
    """What an error says of the message. Cut off on the way, it may have left."""
    if isinstance(error.__cause__, requests.ConnectTimeout):
        return Handed.NOT_REACHED
    if error.response is None or error.status_code >= UNSURE_FROM:
        return Handed.NOT_KNOWN
    return Handed.NOT_REACHED if error.status_code == TOO_MANY else Handed.REFUSED


def find(sender: NotifySender, once_key: str) -> str:
    """Notify's name for what it took under our key; empty where it took nothing.

    Raises:
        NotifyUnsure: it cannot be asked now.
    """
    try:
        found = _service(sender).get_all_notifications(reference=once_key)
        taken = found["notifications"]
        return str(taken[0]["id"]) if taken else ""
    except (APIError, requests.RequestException, KeyError, TypeError) as error:
        raise NotifyUnsure from error


def ask_arrival(sender: NotifySender, ref: str) -> Arrival:
    """Whether what Notify took has arrived.

    Raises:
        NotifyUnsure: it cannot be asked now.
    """
    try:
        status = str(_service(sender).get_notification_by_id(ref)["status"])
    except (APIError, requests.RequestException, KeyError, TypeError) as error:
        raise NotifyUnsure from error
    if status in ARRIVED:
        return Arrival.YES
    return Arrival.NO if status in LOST else Arrival.NOT_YET


def _service(sender: NotifySender) -> NotificationsAPIClient:
    return NotificationsAPIClient(
        sender.api_key, base_url=sender.address, timeout=TIMEOUT_SECONDS
    )
