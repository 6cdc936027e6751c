"""Whose keys were destroyed, kept outside the database and its backups.

A backup made before a person was erased still holds their wrapped key. The journal
says that it must go again after a restore. It holds random identifiers only: no
name, nothing that says who.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from alongside.foundation.gateways.secrets_file import locked


@dataclass(frozen=True, kw_only=True, slots=True)
class ShredLine:
    """One key that was destroyed, whose it was, and when."""

    at: datetime
    person: UUID
    key: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ShredRecord:
    """Every line of the journal, and how many could not be read."""

    lines: tuple[ShredLine, ...]
    unreadable: int


class ShredJournal:
    """A folder with one file a year, each line one key. Lines are only added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(self, lines: Iterable[ShredLine]) -> None:
        """Add lines; they are on the disk before this returns."""
        by_year: dict[int, list[ShredLine]] = {}
        for line in lines:
            by_year.setdefault(line.at.year, []).append(line)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self.folder / ".lock"):
            for year, of_year in by_year.items():
                _append(self.folder / f"{year}.jsonl", of_year)
            _sync_folder(self.folder)

    def read(self) -> ShredRecord:
        """Everything that was ever destroyed.

        A last line without its end was being written when the machine stopped; what
        it speaks of had not been committed. Any other that cannot be read is counted.
        """
        lines: list[ShredLine] = []
        unreadable = 0
        for path in sorted(self.folder.glob("*.jsonl")):
            text = path.read_text(encoding="utf-8", errors="replace")
            for row in text.split("\n")[:-1]:
                line = _read(row)
                if line is None:
                    unreadable += 1
                else:
                    lines.append(line)
        return ShredRecord(lines=tuple(lines), unreadable=unreadable)


def _append(path: Path, lines: Iterable[ShredLine]) -> None:
    text = "".join(f"{json.dumps(_plain(line))}\n" for line in lines)
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            # A torn line stays a line of its own.
            text = f"\n{text}"
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _plain(line: ShredLine) -> dict[str, str]:
    return {
        "at": line.at.isoformat(),
        "person": str(line.person),
        "key": str(line.key),
    }


def _read(row: str) -> ShredLine | None:
    try:
        kept = json.loads(row)
        return ShredLine(
            at=datetime.fromisoformat(kept["at"]),
            person=UUID(kept["person"]),
            key=UUID(kept["key"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
