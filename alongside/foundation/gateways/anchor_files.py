"""Files in which anchors of the audit trail are kept, outside the database.

One line an anchor, one file a year, only ever added to: the folder may be storage
that can be written once.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from alongside.foundation.lib.errors import DomainError


class AnchorsUnreachable(DomainError):
    """The folder for anchors cannot be read or written."""

    user_message = (
        "The folder for anchors of the audit trail (ALONGSIDE_ANCHORS) cannot be "
        "used; put it right and run alongside audit anchor"
    )


def add_line(folder: Path, *, year: int, line: str) -> Path:
    """Add a line to the year's file; it is on disk before this returns.

    Raises:
        AnchorsUnreachable: the file cannot be written.
    """
    file = folder / f"{year}.jsonl"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # A line cut short by a power cut must not swallow this one.
            start = "" if _ends_well(descriptor) else "\n"
            os.write(descriptor, f"{start}{line}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _keep_name(folder)
    except OSError as error:
        raise AnchorsUnreachable from error
    return file


def read_lines(folder: Path) -> Iterator[tuple[str, str]]:
    """(where, line) of each line there is, oldest file first.

    Raises:
        AnchorsUnreachable: a file cannot be read.
    """
    try:
        for file in sorted(folder.glob("[0-9][0-9][0-9][0-9].jsonl")):
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{file.name} line {number}", line
    except OSError as error:
        raise AnchorsUnreachable from error


def _ends_well(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
