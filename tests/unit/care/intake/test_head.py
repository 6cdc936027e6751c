from datetime import UTC, datetime

import pytest

from alongside.care.intake.rules import FileRefused, find_head
from alongside.care.intake.tables import COLUMNS
from alongside.care.intake.types import DeliveryKind, RawRow, RowFault
from tests.support.feed import HEAD, NOW, make_message, make_raw

BROKEN = RawRow(9, "", None, RowFault("row", "has 2 fields, the header has 62"))


def refusal(*rows: RawRow) -> str:
    with pytest.raises(FileRefused) as refused:
        find_head(rows, now=NOW)
    return refused.value.user_message


def test_the_head_is_what_the_rows_say():
    assert find_head([make_raw(), make_raw()], now=NOW) == HEAD
    assert find_head([make_message()], now=NOW) == HEAD


def test_a_damaged_row_does_not_speak_for_the_others():
    rows = [
        BROKEN,
        make_raw(force_code="kent", extract_id="", extracted_at="last night"),
        make_raw(),
        make_raw(extract_id="x" * 101),
        make_raw(extract_id="x" * 101),
        make_raw(extracted_at="last night"),
        make_raw(extracted_at="last night"),
    ]
    assert find_head(rows, now=NOW) == HEAD


def test_of_two_said_as_often_the_first_counts():
    head = find_head([make_raw(), make_raw(extract_id="LEI-2")], now=NOW)
    assert head.extract_id == "LEI-1"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), "no row that can be read"),
        ((BROKEN,), "no row that can be read"),
        ((make_raw(force_code=" "),), "force_code"),
        ((make_raw(extract_id=""),), "extract_id"),
        ((make_raw(extracted_at="last night"),), "extracted_at"),
        ((make_raw(extracted_at="2026-11-24T09:00:00"),), "future"),
    ],
)
def test_a_file_that_does_not_say_whose_it_is_is_refused(rows, words):
    assert words in refusal(*rows)


def test_clocks_may_differ_by_a_little():
    head = find_head([make_raw(extracted_at="2026-11-22T19:00:00")], now=NOW)
    assert head.extracted_at == datetime(2026, 11, 22, 19, tzinfo=UTC)


def test_both_kinds_of_message_begin_alike():
    first = [[c.name for c in COLUMNS[kind][:5]] for kind in DeliveryKind]
    assert first[0] == first[1]
