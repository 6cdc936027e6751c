"""The lines of a file as text, a few at a time."""

import codecs
from collections import deque
from collections.abc import Iterable, Iterator
from typing import BinaryIO

CHUNK = 1 << 18
# A row of the feed is some hundred characters. What is this long is no row, and
# keeping all of it would let one line fill the memory.
LONGEST_LINE = 1 << 18


def read_lines(source: BinaryIO) -> Iterator[str]:
    """Every line without its end (LF or CRLF), a byte-order mark left out.

    The file must be UTF-8. A line longer than LONGEST_LINE comes with its first
    LONGEST_LINE characters, and at least one more to be known by.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    rest = ""
    while chunk := source.read(CHUNK):
        lines = (rest + decoder.decode(chunk)).split("\n")
        rest = lines.pop()[: LONGEST_LINE + 1]
        for line in lines:
            yield line[:-1] if line.endswith("\r") else line
    if rest:
        yield rest.removesuffix("\r")


class Lookahead(Iterator[str]):
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._seen: deque[str] = deque()

    def __next__(self) -> str:
        if self._seen:
            return self._seen.popleft()
        return next(self._lines)

    def peek(self, place: int) -> str | None:
        """The line `place` lines ahead (0 is the next), or None beyond the end."""
        while len(self._seen) <= place:
            line = next(self._lines, None)
            if line is None:
                return None
            self._seen.append(line)
        return self._seen[place]

    def skip(self, count: int) -> None:
        """Take that many of the lines already looked at."""
        for _ in range(count):
            self._seen.popleft()
