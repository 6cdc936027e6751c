"""Looking a whole file over before a single row of it is read."""

import codecs
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from alongside.foundation.lib.errors import DomainError

CHUNK = 1 << 18
BOM = codecs.BOM_UTF8
# How other kinds of file begin. All else that is not text fails as UTF-8.
OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a spreadsheet or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"\x1f\x8b", "a compressed file"),
    (codecs.BOM_UTF16_LE, "text in UTF-16"),
    (codecs.BOM_UTF16_BE, "text in UTF-16"),
)
EXPECTED = "The feed is CSV or JSON Lines in UTF-8"
BYTES_IN_MEGABYTE = 1 << 20


class FileRefused(DomainError):
    """The file as a whole cannot be taken. The sentence says why."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a file that is text throughout. `lines` is at most one out."""

    size: int
    lines: int
    sha256: bytes


def examine(source: BinaryIO, *, max_bytes: int) -> Examined:
    """Read the whole file once, in little memory, and leave it at its beginning.

    Raises FileRefused when it is empty, too large, not UTF-8, another kind of file,
    or has lines no reader of CSV would see.
    """
    size = source.seek(0, 2)
    if size > max_bytes:
        raise FileRefused(f"The file is larger than the limit of {_size(max_bytes)}")
    source.seek(0)
    _refuse_other_kinds(source.read(CHUNK))
    source.seek(0)
    examined = _read_through(source, size)
    source.seek(0)
    return examined


def _refuse_other_kinds(start: bytes) -> None:
    for beginning, kind in OTHER_KINDS:
        if start.startswith(beginning):
            raise FileRefused(f"The file is {kind}. {EXPECTED}")
    if not start.removeprefix(BOM).strip():
        raise FileRefused("The file is empty")


def _read_through(source: BinaryIO, size: int) -> Examined:
    decoder = codecs.getincrementaldecoder("utf-8")()
    digest = sha256()
    newlines = returns = 0
    while chunk := source.read(CHUNK):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            line = newlines + error.object[: error.start].count(b"\n") + 1
            raise _not_utf8(line) from None
        digest.update(chunk)
        newlines += chunk.count(b"\n")
        returns += chunk.count(b"\r")
    if decoder.getstate()[0]:
        raise _not_utf8(newlines + 1)
    if returns and not newlines:
        raise FileRefused(
            "The lines of the file end in CR alone; end them in LF or CRLF"
        )
    return Examined(size=size, lines=newlines + 1, sha256=digest.digest())


def _size(count: int) -> str:
    megabytes = count // BYTES_IN_MEGABYTE
    return f"{megabytes} MB" if megabytes else f"{count} bytes"


def _not_utf8(line: int) -> FileRefused:
    return FileRefused(f"The file is not UTF-8: see line {line}. {EXPECTED}")
