from pathlib import Path

import pytest

from scripts import check_lock

LOCKED = "django==5.2.19 \\\n    --hash=sha256:00\n    # via -r base.in\n"


@pytest.fixture
def requirements(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(check_lock, "REQUIREMENTS", tmp_path)
    for name in check_lock.NAMES:
        (tmp_path / f"{name}.in").write_text("# nothing\n")
        (tmp_path / f"{name}.txt").write_text("")
    (tmp_path / "base.in").write_text("django==5.2.*\n")
    (tmp_path / "base.txt").write_text(LOCKED)
    return tmp_path


def test_a_lock_that_follows_its_list(requirements: Path):
    assert check_lock.main() == 0


def test_a_package_that_is_not_locked(requirements: Path, capsys):
    (requirements / "dev.in").write_text("-r base.in\npytest\n")
    (requirements / "dev.txt").write_text(LOCKED)

    assert check_lock.main() == 1
    assert "does not lock pytest" in capsys.readouterr().err


def test_a_version_that_the_list_no_longer_allows(requirements: Path, capsys):
    (requirements / "base.in").write_text("django==6.*\n")

    assert check_lock.main() == 1
    assert "does not lock django==6.*" in capsys.readouterr().err


def test_a_package_without_a_hash(requirements: Path, capsys):
    (requirements / "base.txt").write_text(LOCKED + "tqdm==4.70.1\n")

    assert check_lock.main() == 1
    assert "no hash for tqdm" in capsys.readouterr().err
