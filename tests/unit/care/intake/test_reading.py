import io
import json

import pytest

from alongside.care.intake.rules import FileRefused
from alongside.care.intake.rules.lines import CHUNK, LONGEST_LINE, read_lines
from alongside.care.intake.types import RowFault
from tests.support.feed import (
    MESSAGE,
    NAMES,
    PROGRESS,
    PROGRESS_NAMES,
    REFERRAL,
    as_csv,
    open_bytes,
    rows_of,
)

TWO = [REFERRAL, REFERRAL | {"surname": "Patel", "adjustments": "a\nb, c"}]
VALUES = [tuple(row.get(name, "") for name in NAMES) for row in TWO]
HEADER = ",".join(NAMES).encode()


def refusal(data: bytes, **options: object) -> str:
    with pytest.raises(FileRefused) as refused:
        open_bytes(data, **options)  # type: ignore[arg-type]
    return refused.value.user_message


def values(data: bytes) -> list[tuple[str, ...] | None]:
    return [row.values for row in rows_of(data)]


def as_lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_rows_are_read_with_number_and_text():
    first, second = rows_of(as_csv(TWO))
    assert (first.number, second.number) == (1, 2)
    assert first.values == VALUES[0]
    assert first.text.startswith("1,leicestershire,niche,LEI-1,")
    assert second.values == VALUES[1]
    assert "a\nb, c" in second.text


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: (
            data.replace(b"a\nb", b"a\x00b")
            .replace(b"\n", b"\r\n")
            .replace(b"a\x00b", b"a\nb")
        ),
        lambda data: data.rstrip(b"\n"),
        lambda data: b"\n\n" + data + b"\n \n",
        lambda data: data.replace(b"feed_version", b'" Feed_Version "', 1),
    ],
    ids=["mark", "crlf", "no last end", "blank lines", "quoted header"],
)
def test_the_same_rows_come_out_however_the_file_is_written(change):
    assert values(change(as_csv(TWO))) == VALUES


def test_columns_go_by_name_and_unknown_ones_stay_in_the_text():
    names = ("beat", *reversed(NAMES))
    (row,) = rows_of(as_csv([REFERRAL | {"beat": "NL61"}], names))
    assert row.values == VALUES[0]
    assert row.text.startswith("NL61,")


def test_a_column_that_is_not_sent_is_empty():
    names = tuple(name for name in NAMES if name not in {"title", "suspect_ref"})
    assert values(as_csv([REFERRAL], names)) == VALUES[:1]


def test_rows_can_be_read_twice():
    extract = open_bytes(as_csv(TWO))
    next(extract.rows())
    assert [row.number for row in extract.rows()] == [1, 2]
    assert extract.examined.lines == 5


def test_a_header_alone_has_no_rows():
    assert values(HEADER) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello\nworld\n", "not CSV"),
        (b"<!doctype html>\n<p>", "a web page"),
        (b"\n <?xml?>", "a web page or XML"),
        (b"[{}]", "a JSON list"),
        (HEADER.replace(b",", b";"), "parted by semicolons"),
        (HEADER.replace(b",", b"\t"), "parted by tabs"),
        (b'"feed_version,force_code\n', "not a CSV header"),
        (b"Dear all, please find attached\n", "lacks columns: feed_version"),
        (HEADER.replace(b"crime_ref", b"crime"), "lacks columns: crime_ref"),
        (HEADER.replace(b"town", b"surname"), "twice: surname"),
        (
            HEADER.replace(b"given_names", b"x").replace(b"surname", b"y"),
            "lacks columns: given_names or surname",
        ),
        (as_csv([MESSAGE], PROGRESS_NAMES), "a file of progress, not of referrals"),
        (HEADER + b"\n\xff\n", "not UTF-8: see line 2"),
    ],
)
def test_a_file_that_is_no_feed_is_refused_in_one_sentence(data, words):
    assert words in refusal(data)


def test_a_refusal_never_repeats_what_may_be_a_person():
    line = as_csv([REFERRAL]).splitlines()[1]
    said = refusal(line + b",Nanda\n")
    assert "Nanda" not in said


def test_progress_has_columns_of_its_own():
    data = as_csv([MESSAGE], PROGRESS_NAMES)
    (row,) = rows_of(data, kind=PROGRESS)
    assert row.values == tuple(MESSAGE[name] for name in PROGRESS_NAMES)
    assert "referrals, not of progress" in refusal(as_csv([]), kind=PROGRESS)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda line: line.rsplit(b",", 2)[0], f"has {len(NAMES) - 2} fields"),
        (lambda line: line + b",,", f"has {len(NAMES) + 2} fields"),
        (lambda line: line + b'"' + b"x" * LONGEST_LINE, "is longer than"),
    ],
)
def test_a_row_of_the_wrong_shape_is_a_fault_of_the_row(damage, words):
    header, line = as_csv([REFERRAL]).splitlines()
    rows = list(rows_of(b"\n".join([header, line, damage(line), line])))
    assert [row.values for row in rows] == [VALUES[0], None, VALUES[0]]
    assert rows[1].fault is not None
    assert rows[1].fault.column == "row"
    assert words in rows[1].fault.reason


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x85"])
def test_a_control_character_is_a_fault_of_its_column(character):
    (row,) = rows_of(as_csv([REFERRAL | {"surname": f"Nan{character}da"}]))
    assert row.fault == RowFault("surname", "holds a control character")


def test_other_alphabets_and_odd_spaces_are_no_fault():
    (row,) = rows_of(as_csv([REFERRAL | {"surname": "नंदा\u00a0\u200d", "town": "é"}]))
    assert row.fault is None


def test_json_lines_hold_the_same_rows():
    assert values(as_lines(*TWO)) == VALUES


def test_json_values_become_text():
    row: dict[str, object] = {**REFERRAL, "feed_version": 1, "safe_sms": True}
    row |= {"safe_email": False, "title": None, "dash_yes_count": 7}
    row |= {"beat": {"any": [1]}}
    (read,) = rows_of(as_lines(row))
    found = dict(zip(NAMES, read.values or (), strict=True))
    assert found["feed_version"] == "1"
    assert (found["safe_sms"], found["safe_email"]) == ("y", "n")
    assert (found["title"], found["dash_yes_count"]) == ("", "7")
    assert '"beat"' in read.text


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"surname": "Nanda"', RowFault("row", "is not one JSON object")),
        (b'["Nanda"]', RowFault("row", "is not one JSON object")),
        (b'{"surname": NaN}', RowFault("row", "is not one JSON object")),
        (b'{"a": ' + b"[" * 9999, RowFault("row", "is not one JSON object")),
        (b'{"a": 1, "a": 2}', RowFault("row", "names a key twice")),
        (
            b'{"flags": ["sexual"]}',
            RowFault("flags", "holds a list or an object, not a text"),
        ),
        (
            b'{"surname": "Nan\\u0000da"}',
            RowFault("surname", "holds a control character"),
        ),
        (b'{"title": "\\ud800"}', RowFault("title", "holds a control character")),
    ],
)
def test_a_broken_object_is_a_fault_and_stops_nothing(line, fault):
    data = as_lines(REFERRAL) + line + b"\n\n" + as_lines(REFERRAL)
    rows = list(rows_of(data))
    assert [row.values for row in rows] == [VALUES[0], None, VALUES[0]]
    assert rows[1].fault == fault


def test_a_damaged_first_object_does_not_hide_that_the_others_are_objects():
    data = b'[x"surname": 1}\n' + as_lines(REFERRAL, REFERRAL)
    assert values(data) == [None, VALUES[0], VALUES[0]]


def test_an_object_too_long_is_cut():
    data = as_lines(REFERRAL, {"adjustments": "x" * LONGEST_LINE})
    rows = list(rows_of(data))
    assert rows[1].fault is not None
    assert rows[1].fault.column == "row"
    assert len(rows[1].text) == LONGEST_LINE


@pytest.mark.parametrize("length", [CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK])
def test_lines_are_whole_whatever_the_chunks(length):
    lines = list(read_lines(io.BytesIO(b"a" * length + b"\r\n" + b"b\n\nc")))
    assert len(lines[0]) == min(length, max(LONGEST_LINE + 1, length % CHUNK))
    assert lines[1:] == ["b", "", "c"]
