"""A pgbouncer of the test's own, in transaction mode, before the tests' server."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alongside.foundation.gateways.installation import Connection

# Debian keeps it where ordinary users do not look.
PROGRAM = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
WAIT_SECONDS = 10
INI = """
[databases]
{database} = host={host} port={port} dbname={database}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {users}
pool_mode = transaction
max_client_conn = 200
default_pool_size = 6
ignore_startup_parameters = extra_float_digits
"""


@contextmanager
def pgbouncer(app: Connection, folder: Path) -> Iterator[str]:
    """Its address, host:port, while it runs. Fewer connections than requests."""
    listen = _free_port()
    users = folder / "users.txt"
    users.write_text(f'"{app.user}" "{app.password}"\n', encoding="utf-8")
    ini = folder / "pgbouncer.ini"
    ini.write_text(
        INI.format(
            database=app.database,
            host=app.host,
            port=app.port,
            listen=listen,
            users=users,
        ),
        encoding="utf-8",
    )
    # It will not run as root; the server's own user can reach the server's socket.
    owner = Path(app.host).stat() if app.host.startswith("/") else folder.stat()
    user = {"user": owner.st_uid, "group": owner.st_gid} if os.getuid() == 0 else {}
    for path in (folder, users, ini):
        os.chown(path, owner.st_uid if user else -1, -1)
    _let_through(folder)
    with subprocess.Popen([PROGRAM, "-q", str(ini)], **user) as process:  # type: ignore[call-overload]
        try:
            _wait(listen)
            yield f"127.0.0.1:{listen}"
        finally:
            process.terminate()


def _let_through(folder: Path) -> None:
    """Pytest keeps its folders to itself; another user must pass through them."""
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("pgbouncer did not start")
