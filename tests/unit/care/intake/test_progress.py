import pytest

from alongside.care.intake.rules import judge_progress
from alongside.care.intake.types import ProgressRow, RawRow, RowFault
from tests.support.feed import HEAD, make_message


def read(**changes: str) -> ProgressRow:
    found = judge_progress(make_message(**changes), head=HEAD)
    assert isinstance(found, ProgressRow)
    return found


def test_a_message_is_read_in_full():
    message = read()
    assert message.event == "suspect_bailed"
    assert message.detail == {"until": "2026-05-05"}
    assert message.occurred_at.isoformat() == "2026-04-04T02:05:56+00:00"
    assert message.received_at > message.occurred_at


def test_a_message_may_be_without_suspect_and_detail():
    message = read(suspect_ref="", detail="")
    assert message.suspect_ref == ""
    assert message.detail == {}


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("force_code", "kent", "force of this delivery"),
        ("extract_id", "LEI-2", "extract of this delivery"),
        ("crime_ref", "", "missing"),
        ("event", "convicted", "not one of not_investigated,"),
        ("occurred_at", "2026-04-04", "date and time"),
        ("occurred_at", "2026-10-04T10:00:00", "later than extracted_at"),
        ("received_at", "", "missing"),
        ("received_at", "2026-10-04T10:00:00", "later than extracted_at"),
        ("detail", "until Friday", "JSON object"),
        ("detail", "[1]", "JSON object"),
        ("detail", '{"a": NaN}', "JSON object"),
        ("detail", '{"a": 1e999}', "JSON object"),
        ("detail", '{"a": "\\u0000"}', "JSON object"),
        ("detail", '{"a": "\\ud800"}', "JSON object"),
        ("detail", '{"a":' + "[" * 3000 + "]" * 3000 + "}", "JSON object"),
    ],
)
def test_a_fault_names_its_column(column, text, words):
    found = judge_progress(make_message(**{column: text}), head=HEAD)
    assert isinstance(found, RowFault)
    assert found.column == column
    assert words in found.reason


def test_news_may_come_before_it_happens():
    assert read(received_at="2026-04-01T10:00:00").event == "suspect_bailed"


def test_the_same_news_has_the_same_hash():
    assert read(extracted_at="2026-09-28T03:00:00").content_hash == read().content_hash
    assert read(suspect_ref="S2").content_hash != read().content_hash


def test_a_row_that_was_never_read_keeps_its_fault():
    broken = RowFault("row", "is not one JSON object")
    assert judge_progress(RawRow(1, "", None, broken), head=HEAD) is broken
