import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.lib.names import fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SMITH", "Smith"),
        ("O'Sullivan", "OSullivan"),
        ("O’Sullivan", "O'SULLIVAN"),
        ("Paul  Christian ", "Paul Christian"),
        ("Kelly-Anne", "Kelly Anne"),
        ("Rafał", "RAFAL"),
        ("José", "Jose\u0301"),
        ("Strauß", "STRAUSS"),
        ("Søren", "soren"),
        ("D’Alia", "D`Alia"),
    ],
)
def test_one_name_written_two_ways_is_one(one, other):
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amit Raj", "Raj Amit"),
        ("Anne Marie", "Annemarie"),
        ("Smith", "Smyth"),
        ("मीना", "मीन"),
    ],
)
def test_two_names_stay_two(one, other):
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize("text", ["", " ", "-", "...", "'’"])
def test_a_name_without_letters_is_no_name(text):
    assert fold_name(text) == ""


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text):
    folded = fold_name(text)
    assert folded == " ".join(folded.split())
    if folded.isascii():
        assert fold_name(folded) == folded
