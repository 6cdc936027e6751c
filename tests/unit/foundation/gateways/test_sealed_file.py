"""A sealed file tells a wrong passphrase, a cut and an alteration from one another."""

from datetime import UTC, datetime

import pytest

from alongside.foundation.gateways import sealed_file
from alongside.foundation.gateways.sealed_file import (
    Altered,
    CutShort,
    NotSealed,
    NotWritten,
    PassphraseTooShort,
    WrongPassphrase,
    open_sealed,
    sealing,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORDS = "correct horse battery"


@pytest.fixture(autouse=True)
def small_and_cheap(monkeypatch):
    """Pieces of a hundred bytes, and a passphrase that is quickly tried."""
    monkeypatch.setattr(sealed_file, "PIECE_BYTES", 100)
    monkeypatch.setattr(sealed_file, "COST", 2**4)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sealed"


def write(path, data, passphrase=WORDS):
    with sealing(path, passphrase=passphrase, kind="test", made_at=NOW) as writer:
        writer.write(data[:7])
        writer.write(data[7:])


def read(path, passphrase=WORDS, kind="test"):
    return b"".join(open_sealed(path, passphrase=passphrase, kind=kind).pieces())


@pytest.mark.parametrize("length", [0, 1, 99, 100, 101, 200, 1234])
def test_what_was_written_is_read_again(path, length):
    data = bytes(i % 251 for i in range(length))
    write(path, data)
    assert read(path) == data


def test_cut_anywhere_it_is_cut_short_or_no_such_file(path):
    write(path, b"x" * 250)
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        with pytest.raises(NotSealed if end < 24 else CutShort):
            read(path)


def test_altered_anywhere_it_never_opens(path):
    write(path, b"x" * 250)
    whole = path.read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        path.write_bytes(changed)
        with pytest.raises((Altered, CutShort, NotSealed, WrongPassphrase)):
            read(path)


def test_pieces_in_another_order_do_not_open(path):
    write(path, b"a" * 100 + b"b" * 100 + b"c" * 50)
    whole = path.read_bytes()
    piece = 5 + 100 + 16
    start = len(whole) - (5 + 50 + 16) - 2 * piece
    one, two = whole[start : start + piece], whole[start + piece : start + 2 * piece]
    path.write_bytes(whole[:start] + two + one + whole[start + 2 * piece :])
    with pytest.raises(Altered):
        read(path)


def test_something_after_the_end_is_noticed(path):
    write(path, b"x" * 250)
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(Altered):
        read(path)


def test_another_passphrase_or_purpose_is_refused(path):
    write(path, b"x")
    with pytest.raises(WrongPassphrase):
        read(path, passphrase="another passphrase")
    with pytest.raises(NotSealed):
        read(path, kind="other")


def test_a_block_that_fails_leaves_no_file(path):
    begun = sealing(path, passphrase=WORDS, kind="test", made_at=NOW)
    with pytest.raises(ZeroDivisionError), begun as writer:
        writer.write(b"half")
        raise ZeroDivisionError
    assert list(path.parent.iterdir()) == []


def test_what_was_there_before_stays_until_the_new_is_whole(path):
    write(path, b"old")
    begun = sealing(path, passphrase=WORDS, kind="test", made_at=NOW)
    with pytest.raises(ZeroDivisionError), begun:
        raise ZeroDivisionError
    assert read(path) == b"old"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NotWritten):
        write(tmp_path / "nowhere" / "sealed", b"x")


def test_a_short_passphrase_is_refused(path):
    with pytest.raises(PassphraseTooShort):
        write(path, b"x", passphrase="short")
