import json
import threading
from pathlib import Path

import pytest

from alongside.foundation.gateways.secrets_file import (
    Secrets,
    SecretsUnreadable,
    ensure_secrets,
    read_secrets,
    write_private,
)


def test_there_are_none_before_set_up(tmp_path: Path):
    assert read_secrets(tmp_path) is None


def test_secrets_are_made_once_and_read_back(tmp_path: Path):
    made = ensure_secrets(tmp_path, roles=("one",))

    assert read_secrets(tmp_path) == made
    assert ensure_secrets(tmp_path, roles=("one",)) == made
    assert len(made.area_master_key) == len(made.context_keys[1]) == 32


def test_a_new_role_gets_a_password_and_the_rest_stays(tmp_path: Path):
    before = ensure_secrets(tmp_path, roles=("one",))
    after = ensure_secrets(tmp_path, roles=("one", "two"))

    assert after.passwords["one"] == before.passwords["one"]
    assert after.passwords["two"]
    assert after.django_key == before.django_key


def test_nobody_else_may_read_the_file(tmp_path: Path):
    ensure_secrets(tmp_path, roles=("one",))

    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_secrets_are_not_shown(tmp_path: Path):
    made = ensure_secrets(tmp_path, roles=("one",))

    assert made.passwords["one"] not in repr(made)
    assert made.django_key not in repr(made)


def test_many_at_once_make_one_set(tmp_path: Path):
    made: list[Secrets] = []
    threads = [
        threading.Thread(
            target=lambda: made.append(ensure_secrets(tmp_path, roles=("one",)))
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 8
    assert all(one == made[0] for one in made)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"django_key": "x"}'])
def test_a_damaged_file_is_refused_and_kept(tmp_path: Path, text: str):
    file = tmp_path / "secrets.json"
    file.write_text(text)

    with pytest.raises(SecretsUnreadable):
        ensure_secrets(tmp_path, roles=("one",))
    assert file.read_text() == text


def test_writing_leaves_no_part_behind(tmp_path: Path):
    write_private(tmp_path / "note", json.dumps({"a": 1}))

    assert [path.name for path in tmp_path.iterdir()] == ["note"]
