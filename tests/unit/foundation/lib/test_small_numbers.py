"""Small counts are hidden, and cannot be worked out from what is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.lib.small_numbers import hide_lines, hide_small


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


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ([], set()),
        ([[9, 9]], set()),
        ([[9, 3]], {0}),
        ([[9, 3], [50, 50], [20, 20]], {0, 2}),
        ([[9, 1], [9, 3], [50, 50], [20, 0]], {0, 1, 3, 2}),
        ([[9, 0], [20, 20]], set()),
    ],
)
def test_lines_are_hidden_whole(rows, hidden):
    assert hide_lines(rows, least=5) == hidden


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)),
        max_size=8,
    )
)
def test_hidden_lines_are_never_one_nor_a_small_sum_where_others_are_told(rows):
    hidden = hide_lines(rows, least=5)
    told = set(range(len(rows))) - hidden
    assert all(not 0 < count < 5 for place in told for count in rows[place])
    if hidden and told:
        assert len(hidden) > 1
        for column in zip(*(rows[place] for place in hidden), strict=True):
            assert not 0 < sum(column) < 5
