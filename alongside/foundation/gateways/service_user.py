"""Runs programs as somebody who is not root: PostgreSQL refuses to run as root."""

import contextlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from alongside.foundation.lib.errors import DomainError

OWN_USER = "alongside-db"
PLAIN_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}
KNOWN_USERS = (OWN_USER, "postgres")


class NoServiceUser(DomainError):
    """We are root and there is nobody to hand the database to."""

    user_message = (
        "PostgreSQL does not run as root, and a user for it could not be made. "
        "Run as an ordinary user, or set DATABASE_URL"
    )


@dataclass(frozen=True)
class ServiceUser:
    """Who the database runs as: a user and group id, or ourselves when None."""

    uid: int | None = None
    gid: int | None = None

    @property
    def effective_uid(self) -> int:
        """The id its processes and files carry."""
        return os.geteuid() if self.uid is None else self.uid

    def run(
        self,
        *args: str | Path,
        output: int = subprocess.PIPE,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user; its exit code is the caller's to judge.

        The caller's environment is not passed on: `PG…` variables would point the
        server's tools somewhere else. A program that leaves others running must not
        be given a pipe for `output`, which they would hold open.
        """
        return subprocess.run(  # noqa: S603
            [str(arg) for arg in args],
            env=PLAIN_ENVIRONMENT,
            cwd="/",
            umask=0o077,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            check=False,
        )

    def give(self, path: Path) -> None:
        """Make `path` this user's."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can_reach(self, path: Path) -> bool:
        """May this user enter the folder, or run the program, `path`?"""
        if self.uid is None:
            return os.access(path, os.X_OK)
        return self.run("/usr/bin/test", "-x", path).returncode == 0


def choose_service_user(data: Path) -> ServiceUser:
    """Whoever owns `data` already; else, for root, an account without rights.

    Raises:
        NoServiceUser: we are root and no such account exists or can be made.
    """
    if os.geteuid() != 0:
        return ServiceUser()
    with contextlib.suppress(FileNotFoundError, KeyError):
        owner = pwd.getpwuid(data.stat().st_uid)
        if owner.pw_uid != 0:
            return ServiceUser(owner.pw_uid, owner.pw_gid)
    for name in KNOWN_USERS:
        with contextlib.suppress(KeyError):
            known = pwd.getpwnam(name)
            return ServiceUser(known.pw_uid, known.pw_gid)
    return _make_service_user()


def _make_service_user() -> ServiceUser:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if not useradd:
        raise NoServiceUser
    options = ("--system", "--no-create-home", "--shell", "/usr/sbin/nologin")
    ServiceUser().run(useradd, *options, OWN_USER)
    try:
        made = pwd.getpwnam(OWN_USER)
    except KeyError as error:
        raise NoServiceUser from error
    return ServiceUser(made.pw_uid, made.pw_gid)
