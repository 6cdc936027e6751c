"""Small counts are hidden, and cannot be worked out from what is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.lib.small_numbers import hide_small


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([5, 9], [5, 9]),
        ([4], [None]),
        ([4, 0, 9, 7], [None, 0, 9, None]),
        ([1, 1, 9], [None, None, None]),
        ([4, 3, 9], [None, None, 9]),
        ([2, 0, 0], [None, 0, 0]),
    ],
)
def test_a_column(column, told):
    rows = hide_small([[count] for count in column], least=5)
    assert [row[0] for row in rows] == told


def test_columns_are_hidden_apart():
    assert hide_small([[3, 10], [8, 20], [9, 30]], least=5) == [
        [None, 10],
        [None, 20],
        [9, 30],
    ]


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=8))
def test_what_is_hidden_is_never_one_count_nor_a_small_sum(column):
    rows = hide_small([[count] for count in column], least=5)
    hidden = [n for n, row in zip(column, rows, strict=True) if row[0] is None]
    told = [row[0] for row in rows if row[0] is not None]
    assert all(count == 0 or count >= 5 for count in told)
    if any(told):  # else the total itself is small, and is hidden with them
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= 5)
