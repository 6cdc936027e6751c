import io
from hashlib import sha256

import pytest

from alongside.care.intake.rules import FileRefused
from alongside.care.intake.rules.examining import CHUNK, examine

LIMIT = 3 * CHUNK


def refusal(data: bytes, max_bytes: int = LIMIT) -> str:
    with pytest.raises(FileRefused) as refused:
        examine(io.BytesIO(data), max_bytes=max_bytes)
    return refused.value.user_message


def test_a_file_of_text_is_counted_and_left_at_its_beginning():
    source = io.BytesIO(b"a,b\n1,2\n")
    found = examine(source, max_bytes=8)
    assert (found.size, found.lines) == (8, 3)
    assert found.sha256 == sha256(source.getvalue()).digest()
    assert source.tell() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b" \r\n\n ", "is empty"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"PK\x03\x04....", "a spreadsheet"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"a,b\r1,2\r", "CR alone"),
        (b"a,b\n1,caf\xe9\n", "not UTF-8: see line 2"),
        (b"a,b\n1,2\n\xc3", "not UTF-8: see line 3"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(data, words):
    assert words in refusal(data)


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    assert "limit of 1 MB" in refusal(b"a" * (1 << 20) + b"a", max_bytes=1 << 20)
    assert "limit of 2 bytes" in refusal(b"a,b", max_bytes=2)


def test_a_slip_far_inside_is_found_and_its_line_told():
    lines = b"a,b\n" * CHUNK
    assert "see line" in refusal(lines[: 2 * CHUNK] + b"\xe9\n")
    expected = (2 * CHUNK) // 4 + 1
    assert refusal(lines[: 2 * CHUNK] + b"\xe9\n").count(str(expected)) == 1


@pytest.mark.parametrize("before", range(CHUNK - 4, CHUNK + 1))
def test_a_character_over_the_edge_of_a_chunk_is_no_slip(before):
    data = b"a" * before + "é\n".encode()
    assert examine(io.BytesIO(data), max_bytes=LIMIT).size == len(data)
