"""Runs a private PostgreSQL server in one folder, for evaluation, tests, small sites.

Only a Unix socket in a private folder, only with a password. Starting is safe from
several processes at once, after a kill -9 and after a stale process id.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import psutil

from alongside.foundation.gateways.installation import SOCKET_PORT, Server
from alongside.foundation.gateways.postgres_binaries import (
    BUILTIN_LOCALE_MAJOR,
    Binaries,
    find_binaries,
    within_reach,
)
from alongside.foundation.gateways.secrets_file import locked
from alongside.foundation.gateways.service_user import ServiceUser, choose_service_user
from alongside.foundation.lib.errors import DomainError

ADMINISTRATOR = "postgres"
SOCKET_NAME = f".s.PGSQL.{SOCKET_PORT}"
# The kernel allows 107 bytes for a socket's path (sun_path), 103 on a Mac.
LONGEST_SOCKET_PATH = 103
# Recovery after a crash may take minutes; a shorter limit would call it a failure.
START_SECONDS = 900
STOP_SECONDS = 300
ORPHAN_SECONDS = 20
SHORT_FOLDER = Path("/tmp")  # noqa: S108 - the folder made there is checked to be ours
OUT_OF_REACH_HOME = Path("/var/lib/alongside")

CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
port = {port}
max_connections = 60
shared_buffers = {buffers}MB
work_mem = 32MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
jit = off
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
log_destination = 'stderr'
logging_collector = on
log_rotation_size = 10MB
# What people typed may be personal: no statement, no value, and no error, for an
# error's own words quote the value. LOG stands above ERROR in the server's log.
log_min_messages = log
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_min_error_statement = panic
log_error_verbosity = terse
"""

MEGABYTE = 1024 * 1024
CONTAINER_MEMORY = Path("/sys/fs/cgroup/memory.max")  # "max" where there is no limit
# An eighth of the machine: beside it live the pages of files, the web and the worker.
BUFFERS_SHARE, LEAST_BUFFERS, MOST_BUFFERS = 8, 128, 4096


def choose_buffers(memory: int) -> int:
    """Megabytes in which a server keeps what it reads; `memory` is in bytes."""
    share = memory // BUFFERS_SHARE // MEGABYTE
    return max(LEAST_BUFFERS, min(share, MOST_BUFFERS))


def _memory() -> int:
    """The machine's memory in bytes, or what a container may have of it."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        allowed = CONTAINER_MEMORY.read_text(encoding="ascii").strip()
    except OSError:
        return machine
    return min(machine, int(allowed)) if allowed.isdecimal() else machine


class DatabaseDidNotStart(DomainError):
    """The server could not be started or stopped; its log says why."""

    user_message = "The database did not start"


class Cluster:
    """One server and its folder. `home` is this server's alone."""

    def __init__(self, *, home: Path, password: str, pg_bin: Path | None = None):
        self._home = home.resolve()
        self._password = password
        self._pg_bin = pg_bin
        self._user = choose_service_user(self._home / "data")
        if self._user.uid is not None:
            self._home = _reachable_home(home, self._user)

    @property
    def data(self) -> Path:
        """The folder with the tables."""
        return self._home / "data"

    @property
    def log(self) -> Path:
        """What the last start said."""
        return self._home / "start.log"

    @property
    def socket_folder(self) -> Path:
        """The private folder the server listens in."""
        beside = self._home / "s"
        if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return beside
        short = sha256(os.fsencode(self._home)).hexdigest()[:16]
        return SHORT_FOLDER / f"alongside-{short}"

    @property
    def server(self) -> Server:
        """Where it listens."""
        return Server(host=str(self.socket_folder), port=str(SOCKET_PORT))

    def is_listening(self) -> bool:
        """Does the server answer on its socket?"""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(os.fspath(self.socket_folder / SOCKET_NAME))
            except OSError:
                return False
        return True

    def is_made(self) -> bool:
        """Has this server been made here before?"""
        return (self.data / "PG_VERSION").exists()

    def pid(self) -> int | None:
        """The process id of the server, as its own file says."""
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def start(self) -> Server:
        """Make the server if there is none, start it if it is not running.

        Raises:
            DomainError: PostgreSQL is missing or did not start; the text says why.
        """
        with locked(self._home.with_name(f".{self._home.name}.lock")):
            self._make_folders()
            binaries = self._find()
            self._make_cluster(binaries)
            if self._alive(binaries):
                self._wait_until_ready(binaries)
            else:
                self._start(binaries)
        return self.server

    def stop(self) -> bool:
        """Stop the server after finishing what is under way; False if it was not up.

        Raises:
            DatabaseDidNotStart: it would not stop.
        """
        with locked(self._home.with_name(f".{self._home.name}.lock")):
            if not self.is_made():
                return False
            binaries = self._find()
            if not self._alive(binaries):
                return False
            options = ("-w", "-m", "fast", "-t", str(STOP_SECONDS))
            done = self._user.run(
                binaries / "pg_ctl", "-D", self.data, *options, "stop"
            )
            if done.returncode:
                raise DatabaseDidNotStart("The database did not stop")
            return True

    def _make_folders(self) -> None:
        # Root's home folder may not hide the server's folder from its user.
        open_to = 0o700 if self._user.uid is None else 0o711
        self._home.parent.mkdir(mode=open_to, parents=True, exist_ok=True)
        self._own_folder(self._home)
        for leftover in self._home.glob("part-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        self._own_folder(self.socket_folder)
        if not self._user.can_reach(self._home):
            raise DatabaseDidNotStart(
                "The database's user cannot reach its folder: set ALONGSIDE_HOME to "
                "a folder that every user may enter"
            )

    def _own_folder(self, folder: Path) -> None:
        """Make `folder` ours alone; refuse one that somebody else laid there."""
        folder.mkdir(mode=0o700, exist_ok=True)
        kept = folder.lstat()
        if folder.is_symlink() or kept.st_uid not in {
            os.geteuid(),
            self._user.effective_uid,
        }:
            raise DatabaseDidNotStart(
                "A folder the database needs belongs to someone else"
            )
        folder.chmod(0o700)
        self._user.give(folder)

    def _find(self) -> Binaries:
        major = None
        if self.is_made():
            major = int((self.data / "PG_VERSION").read_text())
        found = find_binaries(self._pg_bin, major=major)
        return within_reach(found, self._user, self._home)

    def _make_cluster(self, binaries: Binaries) -> None:
        if self.is_made():
            return
        part = Path(tempfile.mkdtemp(prefix="part-", dir=self._home))
        self._user.give(part)
        password_file = part / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._password, encoding="utf-8")
        self._user.give(password_file)
        locale = ["--locale=C.UTF-8"]
        if binaries.major >= BUILTIN_LOCALE_MAJOR:
            locale = ["--locale=C", "--locale-provider=builtin"]
            locale.append("--builtin-locale=C.UTF-8")
        options = [f"--pwfile={password_file}", f"--username={ADMINISTRATOR}", *locale]
        options += ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256"]
        options += ["--encoding=UTF8", "--data-checksums"]
        done = self._user.run(binaries / "initdb", "-D", part / "data", *options)
        if done.returncode:
            raise DatabaseDidNotStart("The database could not be made in its folder")
        with (part / "data" / "postgresql.conf").open("a") as configuration:
            configuration.write("include_if_exists 'alongside.conf'\n")
        # Whole or not at all: a killed set-up leaves no half cluster behind.
        os.replace(part / "data", self.data)
        shutil.rmtree(part)

    def _configure(self) -> None:
        """Written at each start: the folder may have moved, we may have learnt."""
        configuration = self.data / "alongside.conf"
        configuration.write_text(
            CONFIGURATION.format(
                socket_folder=self.socket_folder,
                port=SOCKET_PORT,
                buffers=choose_buffers(_memory()),
            ),
            encoding="utf-8",
        )
        configuration.chmod(0o600)
        self._user.give(configuration)

    def _alive(self, binaries: Binaries) -> bool:
        """Is there a server process of ours, ready or not?"""
        pid = self.pid()
        if pid is None or not self._is_ours(pid):
            return False
        status = self._user.run(binaries / "pg_ctl", "-D", self.data, "status")
        return status.returncode == 0

    def _is_ours(self, pid: int) -> bool:
        try:
            process = psutil.Process(pid)
            return (
                process.status() != psutil.STATUS_ZOMBIE
                and process.name().startswith("postgres")
                and process.uids().real == self._user.effective_uid
                and Path(process.cwd()) == self.data
            )
        except psutil.Error:
            return False

    def _ready(self, binaries: Binaries) -> bool:
        host, port = str(self.socket_folder), str(SOCKET_PORT)
        asked = self._user.run(binaries / "pg_isready", "-q", "-h", host, "-p", port)
        return asked.returncode == 0

    def _wait_until_ready(self, binaries: Binaries) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._ready(binaries):
            if time.monotonic() > deadline or not self._alive(binaries):
                raise self._did_not_start()
            time.sleep(0.1)

    def _start(self, binaries: Binaries) -> None:
        self._clear_stale_pid()
        self._configure()
        options = ("-w", "-t", str(START_SECONDS), "-l", self.log, "-s")
        command = (binaries / "pg_ctl", "-D", self.data, *options, "start")
        done = self._user.run(*command, output=subprocess.DEVNULL)
        if done.returncode or not self._ready(binaries):
            raise self._did_not_start()

    def _did_not_start(self) -> DatabaseDidNotStart:
        return DatabaseDidNotStart(f"The database did not start; see {self.log}")

    def _clear_stale_pid(self) -> None:
        """Forget a process id that is nobody's, or another program's by now.

        PostgreSQL itself trusts any live process of that number, and a killed server
        can stay a zombie where nothing reaps it: it would never start again. Orphans
        of a killed server still write, so they are waited for.
        """
        deadline = time.monotonic() + ORPHAN_SECONDS
        while any(self._is_ours(pid) for pid in psutil.pids()):
            if time.monotonic() > deadline:
                return
            time.sleep(0.05)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for leftover in self.socket_folder.glob(f"{SOCKET_NAME}*"):
            leftover.unlink(missing_ok=True)


def _reachable_home(home: Path, user: ServiceUser) -> Path:
    """`home`, or for root a place outside a private folder, with a link from `home`.

    A checkout under root's own home folder hides everything in it from the
    database's user. We do not open that folder.
    """
    if home.is_symlink():
        return home.resolve()
    nearest = next(p for p in (home, *home.parents) if p.exists())
    if user.can_reach(nearest):
        return home.resolve()
    name = sha256(os.fsencode(home.resolve())).hexdigest()[:16]
    OUT_OF_REACH_HOME.mkdir(mode=0o711, parents=True, exist_ok=True)
    home.parent.mkdir(parents=True, exist_ok=True)
    home.symlink_to(OUT_OF_REACH_HOME / name)
    return OUT_OF_REACH_HOME / name
