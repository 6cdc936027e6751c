"""How long somebody who is sent to the API takes, through the product's own server."""

import json
import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

from bench.databases import open_copy
from bench.linking.measure import MILLISECONDS, WARM, arrival_of, spread
from bench.linking.register import Known

PATIENCE_SECONDS = 30


def main(database: str, coming_file: str, singles: str) -> None:
    """Send people one after the other; those who did not come before."""
    open_copy(database)
    coming: list[Known] = pickle.loads(Path(coming_file).read_bytes())  # noqa: S301
    people = coming[-int(singles) :]
    token = _token()
    with _serving(database) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        taken = []
        for one in people:
            body = json.dumps(arrival_of(one))
            started = time.perf_counter()
            status = _send(connection, body, token)
            taken.append((time.perf_counter() - started) * MILLISECONDS)
            if status != 201:
                raise RuntimeError(f"the API answered {status}")
    found = {"http": spread(taken[min(WARM, len(taken) // 10) :])}
    sys.stdout.write(json.dumps(found))


def _token() -> str:
    from alongside.foundation.accounts.models import Membership
    from alongside.foundation.accounts.operations import make_token

    return make_token(
        actor="bench",
        now=datetime.now(tz=UTC),
        membership=Membership.objects.get(user__email="worker@llr.example"),
        label="bench",
    )


def _send(connection: HTTPConnection, body: str, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/people", body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


@contextmanager
def _serving(database: str) -> Iterator[int]:
    """One process of the product's own server on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "1", "--threads", "4", "--worker-class", "gthread"),
            *("--keep-alive", "60", "--log-level", "error", "config.wsgi:application"),
        ],
        env={**os.environ, "ALONGSIDE_DATABASE": database},
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    main(*sys.argv[1:])
