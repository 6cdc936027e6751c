"""How text messages and e-mails leave: which sender for which, and what came of it.

Which senders there are is the installation's to say: `messages.json` in its home.
Nobody is known here; a message is an address and words.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from alongside.foundation.lib.errors import DomainError

FILE = "messages.json"
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class SendersUnreadable(DomainError):
    """The file is not what the documents say. The text names the file, no secret."""


class Route(StrEnum):
    """What a sender carries."""

    TEXT = "sms"
    EMAIL = "email"


class Handed(StrEnum):
    """What is known of a message after handing it over."""

    TAKEN = "taken"
    REFUSED = "refused"  # nothing left, and trying again would not help
    NOT_REACHED = "not_reached"  # nothing left
    NOT_KNOWN = "not_known"  # it may have left


class Arrival(StrEnum):
    """What the sender says of a message it took."""

    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"


@dataclass(frozen=True, kw_only=True)
class NotifySender:
    """A service of GOV.UK Notify and the template of each route.

    The templates hold nothing but `((words))`, and an e-mail's subject `((subject))`.
    """

    api_key: str = field(repr=False)
    templates: Mapping[Route, str]
    address: str = "https://api.notifications.service.gov.uk"


@dataclass(frozen=True, kw_only=True)
class SmtpSender:
    """A mail server. `tls` is "always" (from the first byte), "starttls", or "none"
    for a server on this machine."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "starttls"


Sender = NotifySender | SmtpSender
Senders = Mapping[Route, Sender]


@dataclass(frozen=True, kw_only=True)
class Message:
    """Words for one address. `once_key` is the same however often it is handed over."""

    once_key: UUID
    to: str = field(repr=False)
    subject: str
    words: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of handing a message over; `ref` is the sender's own name for it."""

    handed: Handed
    ref: str = ""


def read_senders(home: Path) -> dict[Route, Sender]:
    """The senders of an installation by what they carry; none where there is no file.

    Raises:
        SendersUnreadable: the file is damaged, or asks for what is not safe.
    """
    try:
        given = json.loads((home / FILE).read_text(encoding="utf-8"))
        return _read(given)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise SendersUnreadable(
            f"{FILE} cannot be read; docs/operations.md says what it holds"
        ) from None


def _read(given: Mapping[str, Any]) -> dict[Route, Sender]:
    if unknown := given.keys() - {"notify", "smtp"}:
        raise ValueError(unknown)
    senders: dict[Route, Sender] = {}
    if "notify" in given:
        row = dict(given["notify"])
        templates = {Route(key): str(one) for key, one in row.pop("templates").items()}
        notify = NotifySender(templates=templates, **row)
        _check_notify(notify)
        senders |= dict.fromkeys(templates, notify)
    if "smtp" in given:
        smtp = SmtpSender(**given["smtp"])
        _check_smtp(smtp)
        senders[Route.EMAIL] = smtp
    return senders


def _check_notify(sender: NotifySender) -> None:
    parts = urlsplit(sender.address)
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        raise ValueError
    # The key ends in two ids with hyphens: the service's and its secret.
    UUID(sender.api_key[-73:-37])
    UUID(sender.api_key[-36:])


def _check_smtp(sender: SmtpSender) -> None:
    if sender.tls not in {"always", "starttls", "none"}:
        raise ValueError
    if sender.tls == "none" and sender.host not in LOCAL:
        raise ValueError
    if "@" not in sender.sender:
        raise ValueError
