"""A server on this machine that speaks the protocol of GOV.UK Notify.

For practice and tests: nothing leaves, and what it was given is forgotten when it
stops. It checks the signature of every request, as the real one does. A number or
address that ends as in `LOST` never arrives, one as in `REFUSED` is refused.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from alongside.foundation.gateways.messages import FILE, NotifySender, Route

HOST = "127.0.0.1"
PRACTICE_KEY = "practice"
LOST, REFUSED = ("0002", "lost@example.org"), ("0003", "refused@example.org")
SERVICE, SECRET = (
    "5b7e1a52-7d1c-4f0e-9a63-3b1f0c2d9e11",
    "0c4f6f1e-2b3d-4c5a-8e7f-9a1b2c3d4e5f",
)
TEMPLATES = {
    Route.TEXT: "a3d1c7b2-0f4e-4b6a-9c8d-1e2f3a4b5c6d",
    Route.EMAIL: "b4e2d8c3-1a5f-4c7b-8d9e-2f3a4b5c6d7e",
}


@dataclass(frozen=True, kw_only=True)
class Given:
    """One message as the server was given it."""

    ref: str
    reference: str
    to: str
    words: str
    subject: str
    status: str


class PracticeNotify:
    """The server. `given` is what it took; `faults` name how it misbehaves.

    Faults: "down" answers every request with an error; "takes_and_dies" takes a
    message and then answers with an error; "silent" never says that anything arrived.
    """

    def __init__(self) -> None:
        self.given: list[Given] = []
        self.faults: set[str] = set()
        self.server = ThreadingHTTPServer((HOST, 0), _handler(self))

    @property
    def sender(self) -> NotifySender:
        """How this server is reached."""
        return NotifySender(
            api_key=f"{PRACTICE_KEY}-{SERVICE}-{SECRET}",
            templates=TEMPLATES,
            address=f"http://{HOST}:{self.server.server_port}",
        )

    @property
    def settings(self) -> dict[str, Any]:
        """The same as `messages.json` says it."""
        sender = self.sender
        templates = {route.value: name for route, name in sender.templates.items()}
        return {
            "notify": {
                "api_key": sender.api_key,
                "templates": templates,
                "address": sender.address,
            }
        }

    def take(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """A message, taken or refused."""
        to = str(body.get("phone_number") or body.get("email_address") or "")
        if "down" in self.faults:
            return 503, _error("The service is down")
        if not to or to.endswith(REFUSED):
            return 400, _error("ValidationError")
        words = body.get("personalisation", {})
        status = "permanent-failure" if to.endswith(LOST) else "delivered"
        one = Given(
            ref=str(uuid4()),
            reference=str(body.get("reference", "")),
            to=to,
            words=str(words.get("words", "")),
            subject=str(words.get("subject", "")),
            status="sending" if "silent" in self.faults else status,
        )
        self.given.append(one)
        if "takes_and_dies" in self.faults:
            return 500, _error("Internal error")
        return 201, {"id": one.ref, "reference": one.reference}

    def find(self, path: str, query: str) -> tuple[int, dict[str, Any]]:
        """What was taken: all with a reference, or one by its name."""
        if "down" in self.faults:
            return 503, _error("The service is down")
        name = path.rpartition("/")[2]
        wanted = parse_qs(query).get("reference", [""])[0]
        if name == "notifications":
            found = [_shown(one) for one in self.given if one.reference == wanted]
            return 200, {"notifications": found, "links": {}}
        one = next((one for one in self.given if one.ref == name), None)
        return (200, _shown(one)) if one else (404, _error("No result found"))


def _shown(one: Given) -> dict[str, Any]:
    return {"id": one.ref, "reference": one.reference, "status": one.status}


def _error(message: str) -> dict[str, Any]:
    return {"errors": [{"error": "Error", "message": message}]}


def _is_signed(header: str) -> bool:
    """Whether a token is signed with the secret of the service it names."""
    head, _, signature = header.removeprefix("Bearer ").rpartition(".")
    digest = hmac.new(SECRET.encode(), head.encode(), hashlib.sha256).digest()
    wanted = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    claims = _open(head.partition(".")[2])
    return hmac.compare_digest(signature, wanted) and claims.get("iss") == SERVICE


def _open(part: str) -> dict[str, Any]:
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _handler(notify: PracticeNotify) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a line would hold an address."""

        def do_POST(self) -> None:
            """Take a message."""
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length) or b"{}")
            self._answer(lambda: notify.take(self.path, body))

        def do_GET(self) -> None:
            """Tell what was taken."""
            parts = urlsplit(self.path)
            self._answer(lambda: notify.find(parts.path, parts.query))

        def _answer(self, made: Any) -> None:
            signed = _is_signed(self.headers.get("Authorization", ""))
            status, body = made() if signed else (403, _error("Invalid token"))
            sent = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

    return Handler


@contextmanager
def practice_notify() -> Iterator[PracticeNotify]:
    """The server, while a block runs."""
    notify = PracticeNotify()
    thread = threading.Thread(target=notify.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        notify.server.shutdown()
        notify.server.server_close()
        thread.join()


@contextmanager
def practice_sender(home: Path) -> Iterator[None]:
    """Have this installation send to such a server, while a block runs.

    Where the operator has set up a sender of their own, it is left alone.
    """
    path = home / FILE
    if path.exists() and PRACTICE_KEY not in path.read_text(encoding="utf-8"):
        yield
        return
    with practice_notify() as notify:
        path.write_text(json.dumps(notify.settings), encoding="utf-8")
        path.chmod(0o600)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
