"""Whatever happens to a file on its way, no row is lost and none takes others along.

Each of 250 files has 20 damaged rows among 40: 5,000 damaged rows for either form.
"""

import csv
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from alongside.care.intake.rules import FileRefused, find_head, judge
from alongside.care.intake.types import RawRow, ReadRow, RowFault
from tests.support.feed import (
    NAMES,
    NOW,
    REFERRAL,
    area_of_sample,
    as_csv,
    make_context,
    open_bytes,
)

SAMPLE = Path(__file__).parents[4] / "alongside/demo/data/sample-5k.csv"
ROWS, DAMAGED, FILES = 40, 20, 250
COLUMNS = {*NAMES, "row"}
AWKWARD = ['"', '""', '","', ",", "\r", "\x00", "'", "\\", "}", "{", "é", "\u2028"]

Damage = tuple[int, str, int, str]

words = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n")),
)
damages = st.lists(
    st.tuples(
        st.integers(0, ROWS - 1),
        st.sampled_from(["swap", "insert", "drop", "replace", "cut", "double"]),
        st.integers(0, 5000),
        words,
    ),
    min_size=DAMAGED,
    max_size=DAMAGED,
    unique_by=lambda damage: damage[0],
)
many = settings(
    max_examples=FILES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def whole_rows() -> list[dict[str, str]]:
    """Rows of the sample, quoted ones among them; every tenth has a note of lines."""
    with SAMPLE.open(encoding="utf-8") as source:
        rows = [
            row for row, _ in zip(csv.DictReader(source), range(ROWS), strict=False)
        ]
    for row in rows[::10]:
        row["adjustments"] = 'Hard of hearing,\nsays "speak up"\n\nand waits'
    return rows


def damage_line(line: str, kind: str, place: int, text: str) -> str:
    """One line with one thing gone wrong; never blank, never two lines."""
    at = place % len(line)
    fields = line.split(",")
    field = place % len(fields)
    match kind:
        case "swap":
            line = line[:at] + text[:1] + line[at + 1 :]
        case "insert":
            line = line[:at] + text + line[at:]
        case "drop":
            line = ",".join(fields[:field] + fields[field + 1 :])
        case "replace":
            line = ",".join([*fields[:field], text, *fields[field + 1 :]])
        case "cut":
            line = line[:at]
        case "double":
            line = line[:at] + line[at // 2 :]
    return line if line.strip() else "x"


def judged(rows: Sequence[RawRow]) -> list[ReadRow | RowFault]:
    """The verdict on each row, in a delivery of the force's."""
    head = find_head(rows, now=NOW)
    context = make_context(head=head, **area_of_sample())
    return [judge(row, context) for row in rows]


def read_all(data: bytes) -> list[RawRow]:
    return list(open_bytes(data).rows())


def check_damage(
    lines: list[str], join: Callable[[list[str]], bytes], hurt: list[Damage]
) -> None:
    """Hurt some of the lines, and see that the rest of the file is as it was."""
    before = judged(read_all(join(lines)))
    after_lines = list(lines)
    for number, kind, place, text in hurt:
        if "\n" not in lines[number]:
            after_lines[number] = damage_line(lines[number], kind, place, text)
    rows = read_all(join(after_lines))
    assert [row.number for row in rows] == list(range(1, ROWS + 1))
    for was, now, old, new in zip(
        lines, after_lines, before, judged(rows), strict=True
    ):
        if was == now:
            assert new == old
        if isinstance(new, RowFault):
            assert new.column in COLUMNS
            assert new.reason


@cache
def csv_lines() -> list[str]:
    return [
        as_csv([row]).decode().removesuffix("\n").split("\n", 1)[1]
        for row in whole_rows()
    ]


@cache
def json_lines() -> list[str]:
    return [json.dumps(row, ensure_ascii=False) for row in whole_rows()]


def join_csv(lines: list[str]) -> bytes:
    return "\n".join([",".join(NAMES), *lines]).encode()


def join_json(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


@many
@given(damages)
@example([(n, "insert", 0, '"') for n in range(ROWS)])
@example([(n, "insert", 4999, '"') for n in range(ROWS)])
@example([(n, "swap", 33, ",") for n in range(1, ROWS, 2)])
def test_damage_to_rows_of_csv_stays_where_it_is(hurt):
    check_damage(csv_lines(), join_csv, hurt)


@many
@given(damages)
def test_damage_to_rows_of_json_stays_where_it_is(hurt):
    check_damage(json_lines(), join_json, hurt)


@settings(deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(st.binary(max_size=200), st.integers(0, 3000))
def test_any_bytes_are_refused_in_words_or_read(noise, place):
    data = as_csv([REFERRAL] * 3)
    at = place % len(data)
    try:
        judged(read_all(data[:at] + noise + data[at:]))
    except FileRefused as refused:
        assert refused.user_message
