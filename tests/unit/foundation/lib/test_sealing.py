import pytest

from alongside.foundation.lib.sealing import Sealer, Tampered, derive_area_key

MASTER = bytes(range(32))
WORDS = b"Paul Nanda, 07700 900123"


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(derive_area_key(MASTER, area_code="llr"))


def test_what_was_sealed_opens_under_its_own_label(sealer: Sealer):
    sealed = sealer.seal(WORDS, label=b"feed row 1")

    assert WORDS not in sealed
    assert sealer.open(sealed, label=b"feed row 1") == WORDS


def test_the_same_words_are_sealed_differently_each_time(sealer: Sealer):
    assert sealer.seal(WORDS, label=b"1") != sealer.seal(WORDS, label=b"1")


def test_what_was_moved_elsewhere_does_not_open(sealer: Sealer):
    sealed = sealer.seal(WORDS, label=b"feed row 1")

    with pytest.raises(Tampered):
        sealer.open(sealed, label=b"feed row 2")


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_what_was_altered_does_not_open(sealer: Sealer, place: int):
    sealed = bytearray(sealer.seal(WORDS, label=b"feed row 1"))
    sealed[place] ^= 1

    with pytest.raises(Tampered):
        sealer.open(bytes(sealed), label=b"feed row 1")


@pytest.mark.parametrize("length", [0, 1, 12, 28])
def test_what_was_cut_short_does_not_open(sealer: Sealer, length: int):
    sealed = sealer.seal(WORDS, label=b"feed row 1")

    with pytest.raises(Tampered):
        sealer.open(sealed[:length], label=b"feed row 1")


def test_another_areas_key_opens_nothing(sealer: Sealer):
    elsewhere = Sealer(derive_area_key(MASTER, area_code="kent"))

    with pytest.raises(Tampered):
        elsewhere.open(sealer.seal(WORDS, label=b"1"), label=b"1")


def test_a_key_is_not_shown():
    key = derive_area_key(MASTER, area_code="llr")

    assert repr(key) == "AreaKey('llr')"
