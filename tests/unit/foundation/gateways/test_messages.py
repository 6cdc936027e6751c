"""Which senders there are, and what a mail server is given. Nobody is real."""

import json
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from alongside.demo.practice_notify import practice_notify
from alongside.foundation.gateways import notify, smtp
from alongside.foundation.gateways.messages import (
    FILE,
    Arrival,
    Handed,
    Message,
    Route,
    SendersUnreadable,
    SmtpSender,
    read_senders,
)

KEY = UUID("5b7e1a52-7d1c-4f0e-9a63-3b1f0c2d9e12")
NEWS = Message(once_key=KEY, to="a@people.example", subject="News", words="Hello.\nIt.")
MAIL: dict[str, Any] = {
    "host": "mail.example",
    "port": 587,
    "sender": "us@service.example",
}


def written(tmp_path, given):
    (tmp_path / FILE).write_text(json.dumps(given), encoding="utf-8")
    return read_senders(tmp_path)


def test_without_a_file_nothing_leaves(tmp_path):
    assert read_senders(tmp_path) == {}


def test_each_route_has_the_sender_that_the_file_names(tmp_path):
    with practice_notify() as server:
        senders = written(tmp_path, server.settings | {"smtp": MAIL})
        assert senders[Route.TEXT] == server.sender
    assert senders[Route.EMAIL] == SmtpSender(**MAIL)


@pytest.mark.parametrize(
    "given",
    [
        [],
        {"pigeon": {}},
        {"smtp": MAIL | {"tls": "none"}},
        {"smtp": MAIL | {"tls": "perhaps"}},
        {"smtp": MAIL | {"sender": "nobody"}},
        {"notify": {"api_key": "short", "templates": {"sms": "x"}}},
        {
            "notify": {
                "api_key": f"a-{KEY}-{KEY}",
                "templates": {"sms": "x"},
                "address": "http://elsewhere.example",
            }
        },
    ],
)
def test_a_file_that_is_damaged_or_unsafe_stops_the_start(tmp_path, given):
    with pytest.raises(SendersUnreadable) as refusal:
        written(tmp_path, given)
    assert "short" not in str(refusal.value)


def test_no_secret_is_shown():
    with practice_notify() as server:
        assert server.sender.api_key not in repr(server.sender)
    assert "hush" not in repr(SmtpSender(**MAIL, password="hush"))
    assert "people.example" not in repr(NEWS)


def test_notify_takes_finds_and_tells():
    with practice_notify() as server:
        taken = notify.send(server.sender, Route.EMAIL, NEWS)
        assert taken.handed is Handed.TAKEN
        assert (server.given[0].to, server.given[0].words) == (NEWS.to, NEWS.words)
        assert notify.find(server.sender, str(KEY)) == taken.ref
        assert notify.find(server.sender, str(UUID(int=1))) == ""
        assert notify.ask_arrival(server.sender, taken.ref) is Arrival.YES


def test_what_notify_refuses_never_left_and_what_broke_off_may_have():
    with practice_notify() as server:
        wrong = replace(server.sender, api_key=server.sender.api_key[:-4] + "0000")
        assert notify.send(wrong, Route.TEXT, NEWS).handed is Handed.REFUSED
        server.faults.add("takes_and_dies")
        assert notify.send(server.sender, Route.TEXT, NEWS).handed is Handed.NOT_KNOWN
        assert len(server.given) == 1
        gone = server.sender
    assert notify.send(gone, Route.TEXT, NEWS).handed is Handed.NOT_KNOWN
    with pytest.raises(notify.NotifyUnsure):
        notify.find(gone, str(KEY))
    with pytest.raises(notify.NotifyUnsure):
        notify.ask_arrival(gone, "x")


class _Mail(socketserver.StreamRequestHandler):
    """A mail server of a few words. `server.fault` is where it goes wrong."""

    server: "_Server"

    def handle(self):
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "RCPT" and self.server.fault == "rcpt":
                self._say("550 nobody of that name")
            elif verb == "DATA":
                self._say("354 go on")
                if not self._data():
                    return
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 good")

    def _data(self):
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.server.given.append(b"".join(lines).decode())
        if self.server.fault == "after":
            return False
        self._say("250 taken")
        return True

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, fault):
        super().__init__(("127.0.0.1", 0), _Mail)
        self.fault: str = fault
        self.given: list[str] = []


@contextmanager
def mail_server(fault=""):
    with _Server(fault) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.server_address[1]
        sender = SmtpSender(
            host="127.0.0.1", port=port, sender="us@service.example", tls="none"
        )
        yield sender, server.given
        server.shutdown()
        thread.join()


def test_mail_carries_our_key_and_plain_words():
    with mail_server() as (sender, given):
        assert smtp.send(sender, NEWS).handed is Handed.TAKEN
    assert f"Message-ID: <{KEY}@service.example>" in given[0]
    assert "Content-Type: text/plain" in given[0] and "Hello.\r\nIt." in given[0]


@pytest.mark.parametrize(
    ("fault", "handed"), [("rcpt", Handed.REFUSED), ("after", Handed.NOT_KNOWN)]
)
def test_mail_that_is_refused_or_cut_off(fault, handed):
    with mail_server(fault) as (sender, _):
        assert smtp.send(sender, NEWS).handed is handed


def test_a_mail_server_that_is_not_there_was_given_nothing():
    with mail_server() as (sender, _):
        pass
    assert smtp.send(sender, NEWS).handed is Handed.NOT_REACHED


def test_a_line_break_in_a_header_is_refused():
    with mail_server() as (sender, given):
        bad = replace(NEWS, to="a@people.example\nBcc: b@people.example")
        assert smtp.send(sender, bad).handed is Handed.REFUSED
        assert given == []
