"""Rows of a CSV file, read so that a damaged row never takes its neighbours along.

RFC 4180 lets a quoted field run over several lines. Taken at its word, one stray
quotation mark would swallow every row up to the next one. So a row runs on to
further lines only when the whole then makes a row and no part of it looks like a
row of its own; in every other case a row is one line, and its quotation marks are
read as leniently as they must be.
"""

import csv
import re
from collections.abc import Iterator

from alongside.care.intake.rules.lines import LONGEST_LINE, Lookahead

QUOTE, COMMA = '"', ","
# A field that is quoted throughout, or else whatever stands up to the next comma.
FIELD = re.compile(r'(?:^|,)(?:"([^"]*(?:""[^"]*)*)"(?=,|\Z)|([^,]*))')
# An address or a note runs over a few lines; a run-away quotation mark over many.
MOST_LINES = 200
# Prose of this many commas inside one field is another row swallowed.
MOST_COMMAS = 40


def read_records(
    lines: Lookahead, width: int
) -> Iterator[tuple[str, list[str] | None]]:
    """Each row's own text with its fields; None where they cannot be told apart.

    Fields may be more or fewer than `width`, the number the header has. Blank
    lines are not rows.
    """
    for line in lines:
        if not line or line.isspace():
            continue
        if len(line) > LONGEST_LINE:
            yield line[:LONGEST_LINE], None
        elif QUOTE not in line:
            yield line, line.split(COMMA)
        else:
            yield _read_quoted(line, lines, width)


def _read_quoted(line: str, lines: Lookahead, width: int) -> tuple[str, list[str]]:
    if line.count(QUOTE) % 2:
        return _join(line, lines, width) or (line, split_leniently(line))
    fields = split_strictly(line)
    if fields is None or len(fields) != width:
        fields = split_leniently(line)
    return line, fields


def split_strictly(text: str) -> list[str] | None:
    """The fields as RFC 4180 has it; None when the text breaks its rules."""
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def split_leniently(line: str) -> list[str]:
    """The fields of one line; a quotation mark out of place stands for itself."""
    return [
        quoted.replace('""', QUOTE) or plain for quoted, plain in FIELD.findall(line)
    ]


def _join(line: str, lines: Lookahead, width: int) -> tuple[str, list[str]] | None:
    """The row that starts with an open quotation mark, if it goes on below."""
    parts, length, quotes = [line], len(line), line.count(QUOTE)
    for place in range(MOST_LINES):
        following = lines.peek(place)
        if following is None or _looks_like_row(following, width):
            return None
        parts.append(following)
        length += len(following) + 1
        quotes += following.count(QUOTE)
        if length > LONGEST_LINE:
            return None
        if quotes % 2 == 0:
            break
    text = "\n".join(parts)
    fields = split_strictly(text)
    if fields is None or len(fields) != width or any(map(_swallowed, fields)):
        return None
    lines.skip(len(parts) - 1)
    return text, fields


def _looks_like_row(line: str, width: int) -> bool:
    return line.count(COMMA) >= width - 1 and len(split_leniently(line)) == width


def _swallowed(field: str) -> bool:
    return "\n" in field and field.count(COMMA) > MOST_COMMAS
