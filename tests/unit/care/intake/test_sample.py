"""The sample feed against what the format says becomes of each of its rows."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from alongside.care.intake.rules import find_head, judge, judge_progress, open_extract
from alongside.care.intake.types import Code, ProgressRow, RowFault
from tests.support.feed import (
    LIMIT,
    NOW,
    PROGRESS,
    REFERRALS,
    area_of_sample,
    make_context,
)

ROOT = Path(__file__).parents[4]
SAMPLE = ROOT / "alongside/demo/data/sample-5k.csv"
DATA = ROOT / "tests/data"


def verdicts() -> list[str]:
    with SAMPLE.open("rb") as source:
        extract = open_extract(source, kind=REFERRALS, max_bytes=LIMIT)
        head = find_head(extract.rows(), now=NOW)
        context = make_context(head=head, **area_of_sample())
        found = []
        for raw in extract.rows():
            row = judge(raw, context)
            if isinstance(row, RowFault):
                found.append(str(Code.BAD_ROW))
            else:
                found.append(str(row.holds[0]) if row.holds else str(Code.CREATED))
        return found


@pytest.fixture(scope="module")
def expected() -> list[str]:
    with (DATA / "sample-5k.truth.csv").open(encoding="utf-8") as source:
        return [row["expected_code"] for row in csv.DictReader(source)]


def test_every_row_alone_comes_to_the_code_expected_of_it(expected):
    found = verdicts()
    assert len(found) == len(expected) == 5000
    # A row may be a repeat of another; that is not its own to tell.
    pairs = Counter(zip(expected, found, strict=True))
    wrong = {p: n for p, n in pairs.items() if p[0] not in {p[1], Code.UNCHANGED}}
    assert wrong == {}


def test_every_progress_message_is_read():
    with (DATA / "sample-progress.csv").open("rb") as source:
        extract = open_extract(source, kind=PROGRESS, max_bytes=LIMIT)
        head = find_head(extract.rows(), now=NOW)
        found = [judge_progress(raw, head=head) for raw in extract.rows()]
    assert len(found) == 4380
    assert all(isinstance(message, ProgressRow) for message in found)
