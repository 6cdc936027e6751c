"""`alongside serve`: the site and its delivery worker, until stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from types import FrameType

from alongside.cli.arguments import Subparsers, add_port
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import complain, say
from alongside.cli.site import open_site, site_of
from alongside.foundation.lib.errors import DomainError

HOST = "127.0.0.1"
WEB_PROCESSES, THREADS = 2, 4
STOP_SECONDS = 30
START_SECONDS = 60
LOOK_SECONDS = 0.2


class PortTaken(DomainError):
    """Another program listens there."""


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "serve", help="run the site and the delivery worker until stopped"
    )
    add_port(command)
    command.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Serve until Ctrl-C or a termination signal; the database stays up."""
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    return serve(args.port or site.port)


def serve(
    port: int,
    *,
    welcome: Sequence[str] = (),
    variables: Mapping[str, str] | None = None,
) -> int:
    """Run the site on `port` and the worker beside it; say `welcome` when it is up.

    `variables` are for their environment, besides our own.

    Raises:
        PortTaken: another program listens on the port.
    """
    check_port(port)
    stopping = _Stopping()
    environment = {**os.environ, **(variables or {})}
    children = [
        subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
        for command in (_web_command(port), _worker_command())
    ]
    try:
        if _wait_until_listening(port, children, stopping):
            for line in welcome or (f"Alongside is at http://localhost:{port}/",):
                say(line)
        while not stopping.asked and _all_run(children):
            time.sleep(LOOK_SECONDS)
    finally:
        _stop(children)
    if stopping.asked:
        return 0
    complain("The site stopped by itself; what it said stands above")
    return 1


def check_port(port: int) -> None:
    """Refuse a port on which another program already listens.

    Raises:
        PortTaken: it does.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} is in use or not allowed; choose another with --port N"
            ) from error


class _Stopping:
    """Notes that somebody asked us to stop."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def _web_command(port: int) -> list[str]:
    options = ["--bind", f"{HOST}:{port}", "--workers", str(WEB_PROCESSES)]
    options += ["--threads", str(THREADS), "--worker-class", "gthread"]
    options += ["--log-level", "warning", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", *options, "config.wsgi:application"]


def _worker_command() -> list[str]:
    return [sys.executable, "-m", "config.main", "worker"]


def _wait_until_listening(
    port: int, children: Sequence[subprocess.Popen[bytes]], stopping: _Stopping
) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not stopping.asked and _all_run(children):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(LOOK_SECONDS)
    return False


def _all_run(children: Sequence[subprocess.Popen[bytes]]) -> bool:
    return all(child.poll() is None for child in children)


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Let requests and the delivery under way finish, within reason."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
