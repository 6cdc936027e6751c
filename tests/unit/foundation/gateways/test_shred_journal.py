"""The journal of destroyed keys: only added to, and readable after any stop."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from alongside.foundation.gateways.shred_journal import ShredJournal, ShredLine


@pytest.fixture
def journal(tmp_path):
    return ShredJournal(tmp_path / "shredded")


def line(year=2026):
    return ShredLine(
        at=datetime(year, 11, 22, 9, tzinfo=UTC), person=uuid4(), key=uuid4()
    )


def test_nothing_is_shredded_yet(journal):
    assert journal.read().lines == ()


def test_lines_are_kept_in_order_by_year(journal):
    lines = (line(2026), line(2026), line(2027))
    journal.append(lines[:1])
    journal.append(lines[1:])
    assert journal.read().lines == lines
    assert {path.name for path in journal.folder.glob("*.jsonl")} == {
        "2026.jsonl",
        "2027.jsonl",
    }


def test_a_line_being_written_when_the_machine_stopped_is_not_one(journal):
    first, last = line(), line()
    journal.append([first])
    with (journal.folder / "2026.jsonl").open("a") as file:
        file.write('{"at": "2026-11-2')
    assert journal.read().lines == (first,)
    assert journal.read().unreadable == 0

    journal.append([last])
    assert journal.read().lines == (first, last)
    assert journal.read().unreadable == 1


def test_it_says_nothing_of_who_it_was(journal):
    one = line()
    journal.append([one])
    text = (journal.folder / "2026.jsonl").read_text()
    assert sorted(text.split('"')[1::4]) == ["at", "key", "person"]
