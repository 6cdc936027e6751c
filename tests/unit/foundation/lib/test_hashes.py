from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.lib.hashes import hash_bytes, hash_text

PARTS = st.lists(st.text(max_size=5), max_size=5)


def test_the_hash_never_changes():
    assert hash_text(["Nanda", "1973-07-06", ""]) == UUID(
        "351efe6e-1900-8e69-8fe5-22ab698a4cee"
    )


def test_the_length_of_each_part_counts():
    cut = {hash_text(p) for p in (["a", "bc"], ["ab", "c"], ["abc"], ["abc", ""])}
    assert len(cut) == 4


def test_a_secret_makes_another_hash():
    plain, one, other = (hash_text(["a"], secret=s) for s in (b"", b"x" * 64, b"y"))
    assert len({plain, one, other}) == 3


def test_half_a_character_can_be_hashed():
    assert hash_text(["\ud800"]) != hash_text(["\ud801"])


@given(PARTS, PARTS)
def test_only_equal_parts_have_equal_hashes(one, other):
    assert (hash_text(one) == hash_text(other)) == (one == other)
    assert hash_text(one).bytes == hash_bytes(one)
