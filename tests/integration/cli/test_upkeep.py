"""Setting up, checking, and serving until told to stop."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping

import psycopg
import pytest

from alongside.cli.serve import PortTaken, check_port
from alongside.foundation.gateways.installation import Connections
from tests.integration.cli.conftest import Run


def test_migrating_again_changes_nothing(run: Run, capsys):
    assert run("migrate") == 0
    assert "up to date" in capsys.readouterr().out


def test_an_installation_is_sound(run: Run, capsys):
    assert run("check") == 0
    assert "Nothing is wrong" in capsys.readouterr().out


def test_a_demonstration_is_not_for_real_people(run: Run, capsys):
    assert run("check", "--deploy") == 1
    assert "ALONGSIDE_PRODUCTION" in capsys.readouterr().err


def test_a_wall_taken_down_is_named(run: Run, fresh_database: Connections, capsys):
    with psycopg.connect(fresh_database.owner.conninfo()) as connection:
        connection.execute("ALTER TABLE casework_case NO FORCE ROW LEVEL SECURITY")

    assert run("check") == 1
    assert "casework_case" in capsys.readouterr().err


def test_a_database_that_waits_for_migrations_is_not_worked_on(
    run: Run, fresh_database: Connections, capsys
):
    with psycopg.connect(fresh_database.owner.conninfo()) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'contact'")

    assert run("cases", "status") == 1
    assert "run alongside migrate" in capsys.readouterr().err


def test_setting_up_the_demonstration_again_changes_nothing(run: Run, capsys):
    assert run("demo", "--no-serve", "--empty") == 0
    assert "supervisor@llr.example" in capsys.readouterr().out


def test_a_port_in_use_is_refused_in_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortTaken, match="choose another"):
            check_port(taken.getsockname()[1])


def test_the_site_serves_until_it_is_told_to_stop(surroundings: Mapping[str, str]):
    port = _free_port()
    command = [sys.executable, "-m", "config.main", "serve", "--port", str(port)]
    serving = subprocess.Popen(
        command, env=dict(surroundings), stdout=subprocess.PIPE, text=True
    )
    try:
        assert serving.stdout is not None
        assert f"localhost:{port}" in serving.stdout.readline()
        assert _status(port, "/sign-in") == 200
    finally:
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=60) == 0
        serving.communicate()
    with pytest.raises(OSError, match="refused"):
        _status(port, "/sign-in")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _status(port: int, path: str) -> int:
    deadline = time.monotonic() + 20
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except ConnectionResetError:
            if time.monotonic() > deadline:
                raise
        finally:
            connection.close()
