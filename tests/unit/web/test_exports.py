"""What goes into a spreadsheet."""

import csv
from io import StringIO

import pytest

from alongside.web.exports import csv_file


def cells(value: object) -> list[str]:
    answer = csv_file("list", ("first", "second"), [(value, "x")])
    head, *rows = csv.reader(StringIO(answer.content.decode(), newline=""))
    assert head == ["first", "second"]
    (row,) = rows
    return row


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_reads_like_a_formula_is_made_text(start: str):
    words = f'{start}HYPERLINK("https://elsewhere.example")'
    assert cells(words) == [f"'{words}", "x"]


@pytest.mark.parametrize(
    "words", ['say "yes", then', "two\nlines", "a,b", "Ann-Marie", "7-8"]
)
def test_other_words_come_back_as_they_were(words: str):
    assert cells(words) == [words, "x"]


def test_nothing_is_an_empty_cell():
    assert cells(None) == ["", "x"]
