"""The launcher against a real server: what the wheel's own manager gets wrong."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from alongside.foundation.gateways.embedded_postgres import (
    ADMINISTRATOR,
    Cluster,
    DatabaseDidNotStart,
)

PASSWORD = "not a secret of anybody's"
START = """
import sys
from pathlib import Path
from alongside.foundation.gateways.embedded_postgres import Cluster
cluster = Cluster(home=Path(sys.argv[1]), password=sys.argv[2])
cluster.start()
sys.stdout.write(str(cluster.pid()))
"""


@pytest.fixture
def cluster(home: Path) -> Cluster:
    return Cluster(home=home / "pg", password=PASSWORD)


def connect(cluster: Cluster, password: str = PASSWORD) -> psycopg.Connection:
    reach = cluster.server.connection(
        database="postgres", user=ADMINISTRATOR, password=password
    )
    return psycopg.connect(reach.conninfo(), autocommit=True)


def running_pid(cluster: Cluster) -> int:
    pid = cluster.pid()
    assert pid is not None
    return pid


def test_several_processes_start_one_server(cluster: Cluster, home: Path):
    command = [sys.executable, "-c", START, str(home / "pg"), PASSWORD]
    starting = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    pids = {process.communicate(timeout=120)[0] for process in starting}

    assert pids == {str(cluster.pid())}
    with connect(cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_nobody_gets_in_without_the_password(cluster: Cluster):
    cluster.start()

    for wrong in ("", "guess"):
        with pytest.raises(psycopg.OperationalError):
            connect(cluster, wrong)
    assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
    with connect(cluster) as connection:
        listens = connection.execute("SHOW listen_addresses").fetchone()
        kept = connection.execute("SHOW fsync").fetchone()
    assert (listens, kept) == (("",), ("on",))


def test_what_was_committed_outlives_a_kill(cluster: Cluster):
    cluster.start()
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    before = running_pid(cluster)

    os.kill(before, signal.SIGKILL)
    cluster.start()

    assert cluster.pid() != before
    with connect(cluster) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


def test_a_process_id_that_another_program_has_now_is_forgotten(cluster: Cluster):
    cluster.start()
    stale = (cluster.data / "postmaster.pid").read_text().splitlines()
    cluster.stop()
    stale[0] = str(os.getpid())
    (cluster.data / "postmaster.pid").write_text("\n".join(stale) + "\n")

    cluster.start()

    assert cluster.pid() != os.getpid()
    assert cluster.is_listening()


def test_a_killed_first_start_leaves_nothing_in_the_way(cluster: Cluster, home: Path):
    half = home / "pg" / "part-killed"
    (half / "data").mkdir(parents=True)
    (half / "data" / "PG_VERSION").write_text("18")

    cluster.start()

    assert not half.exists()
    assert cluster.is_listening()


def test_starting_and_stopping_again_does_nothing(cluster: Cluster):
    assert not cluster.stop()
    cluster.start()
    pid = cluster.pid()
    cluster.start()

    assert cluster.pid() == pid
    assert cluster.stop()
    assert not cluster.stop()
    assert not cluster.is_listening()


def test_a_deep_home_gets_a_short_private_socket_folder(home: Path):
    cluster = Cluster(home=home / ("deep" * 30) / "pg", password=PASSWORD)
    cluster.start()
    try:
        assert not cluster.socket_folder.is_relative_to(home)
        assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
        with connect(cluster) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        cluster.stop()
        cluster.socket_folder.rmdir()


def test_a_socket_folder_that_somebody_else_laid_is_refused(
    cluster: Cluster, home: Path
):
    (home / "elsewhere").mkdir()
    (home / "pg").mkdir()
    (home / "pg" / "s").symlink_to(home / "elsewhere")

    with pytest.raises(DatabaseDidNotStart, match="belongs to someone else"):
        cluster.start()


def test_what_people_typed_is_not_logged(cluster: Cluster):
    cluster.start()
    with connect(cluster) as connection, pytest.raises(psycopg.DataError):
        connection.execute("SELECT %s::int", ("Maud Applegarth",))
    cluster.stop()

    logs = "".join(path.read_text() for path in (cluster.data / "log").iterdir())
    assert "Applegarth" not in logs


def test_the_servers_log_says_nothing_of_what_people_typed(cluster: Cluster):
    cluster.start()
    wanted = {
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_min_messages": "log",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
    }
    with connect(cluster) as connection:
        found = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in wanted
        }
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::text::int", ["Patel-SECRET"])
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT 'Patel-SECRET'::int")
    assert found == {name: (value,) for name, value in wanted.items()}
    logs = [p for p in (cluster.data / "log").iterdir() if p.is_file()]
    assert logs
    assert all("Patel-SECRET" not in path.read_text() for path in logs)
