"""The file of keys: made once, changed whole, read again when it changes."""

import stat
from datetime import UTC, datetime

import pytest

from alongside.foundation.gateways.key_ring import (
    EMPTY,
    KeysDiffer,
    KeysUnreadable,
    RingFile,
    change_ring,
    ensure_areas,
    join_rings,
    make_key,
    read_ring,
    ring_of_text,
    text_of_ring,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.json"


def test_no_file_is_an_empty_ring(path):
    assert read_ring(path) == EMPTY


def test_an_area_gets_its_keys_once(path):
    first = ensure_areas(path, ["llr"], now=NOW)
    assert (
        ensure_areas(path, ["llr", "other"], now=NOW).areas["llr"]
        == (first.areas["llr"])
    )
    assert read_ring(path).areas.keys() == {"llr", "other"}


def test_only_its_owner_reads_the_file(path):
    ensure_areas(path, ["llr"], now=NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"areas": {"llr": {"wrapping": []}}}', '{"areas": 3}']
)
def test_a_damaged_file_is_said_to_be_damaged(path, text):
    path.write_text(text)
    with pytest.raises(KeysUnreadable):
        read_ring(path)


def test_a_damaged_file_is_not_overwritten(path):
    path.write_text("{")
    with pytest.raises(KeysUnreadable):
        ensure_areas(path, ["llr"], now=NOW)
    assert path.read_text() == "{"


def test_a_key_of_the_wrong_length_is_refused():
    ring = ensure_text()
    with pytest.raises(KeysUnreadable):
        ring_of_text(ring.replace('"key": "', '"key": "00', 1))


def ensure_text():
    ring = EMPTY.with_area("llr", _keys())
    return text_of_ring(ring)


def _keys():
    from alongside.foundation.gateways.key_ring import AreaKeys

    return AreaKeys(
        wrapping=(make_key("llr", now=NOW),), index=(make_key("llr", now=NOW),)
    )


def test_what_is_written_is_read_again():
    text = ensure_text()
    assert text_of_ring(ring_of_text(text)) == text


def test_a_change_is_noticed_by_who_reads(path):
    ensure_areas(path, ["llr"], now=NOW)
    file = RingFile(path)
    before = file.read()
    assert file.read() is before
    change_ring(path, lambda ring: ring.with_area("new", _keys()))
    assert "new" in file.read().areas


def test_joining_keeps_every_key_and_what_is_in_use():
    one, other = EMPTY.with_area("llr", _keys()), EMPTY.with_area("llr", _keys())
    joined = join_rings(one, other)
    assert joined.names() == one.names() | other.names()
    assert joined.areas["llr"].wrapping[-1] == one.areas["llr"].wrapping[-1]
    assert join_rings(joined, other) == joined


def test_one_name_for_two_keys_is_refused():
    from dataclasses import replace

    one = EMPTY.with_area("llr", _keys())
    key = one.areas["llr"].wrapping[0]
    false = replace(one.areas["llr"], wrapping=(replace(key, key=b"x" * 32),))
    with pytest.raises(KeysDiffer):
        join_rings(one, EMPTY.with_area("llr", false))
