"""`alongside check` says when the bank holidays it knows run out."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.cli.check import _of_calendar
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import rules


@pytest.mark.parametrize(
    ("left", "said", "late"),
    [(500, False, False), (200, True, False), (30, True, True), (-5, True, True)],
)
def test_it_is_said_first_and_a_fault_later(monkeypatch, left, said, late):
    ends = local_day(datetime.now(tz=UTC)) + timedelta(days=left)
    monkeypatch.setattr(rules, "CALENDAR_ENDS", ends)

    words, is_late = _of_calendar()

    assert ("Bank holidays are known up to" in words) is said
    assert is_late is late
