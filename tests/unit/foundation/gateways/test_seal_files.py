"""The key that signs seals, and the files that anchors are kept in."""

import pytest

from alongside.foundation.gateways.anchor_files import (
    AnchorsUnreachable,
    add_line,
    read_lines,
)
from alongside.foundation.gateways.seal_key import (
    PRIVATE,
    PUBLIC,
    SealKeyUnreadable,
    ensure_seal_key,
    read_public_keys,
)


def test_a_key_is_made_once_and_its_public_part_is_listed(tmp_path):
    key = ensure_seal_key(tmp_path)
    assert ensure_seal_key(tmp_path).name == key.name
    known = read_public_keys(tmp_path / PUBLIC)
    known[key.name].verify(key.private.sign(b"said"), b"said")
    assert "private" not in repr(key)


def test_a_new_key_leaves_the_old_one_on_the_list(tmp_path):
    old = ensure_seal_key(tmp_path)
    (tmp_path / PRIVATE).unlink()
    new = ensure_seal_key(tmp_path)
    assert set(read_public_keys(tmp_path / PUBLIC)) == {old.name, new.name}


@pytest.mark.parametrize("name", [PRIVATE, PUBLIC])
def test_a_damaged_file_of_keys_is_told_and_not_replaced(tmp_path, name):
    ensure_seal_key(tmp_path)
    (tmp_path / name).write_text("[1")
    with pytest.raises(SealKeyUnreadable):
        ensure_seal_key(tmp_path)
    assert (tmp_path / name).read_text() == "[1"


def test_lines_are_added_and_told_with_their_place(tmp_path):
    for year, line in ((2025, "a"), (2026, "b"), (2026, "c")):
        add_line(tmp_path / "x", year=year, line=line)
    (tmp_path / "x" / "notes.txt").write_text("not an anchor")
    assert list(read_lines(tmp_path / "x")) == [
        ("2025.jsonl line 1", "a"),
        ("2026.jsonl line 1", "b"),
        ("2026.jsonl line 2", "c"),
    ]
    assert list(read_lines(tmp_path / "nowhere")) == []


def test_a_folder_that_is_none_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AnchorsUnreachable):
        add_line(tmp_path / "file", year=2026, line="a")
