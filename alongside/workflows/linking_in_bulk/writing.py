"""Writing an answer: the whole of it, or nothing."""

import csv
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from alongside.foundation.lib.errors import DomainError


class CannotWrite(DomainError):
    """The answer cannot be written there; the sentence says why."""


def check_place(path: Path, *, source: Path) -> None:
    """Refuse a place that could not be written to, before hours of work.

    Raises:
        CannotWrite: no such folder, no right to it, or it is what is read from.
    """
    folder = path.parent
    if path.is_dir() or not folder.is_dir():
        raise CannotWrite("Name a file in a folder that is there with --out")
    if path.exists() and path.samefile(source):
        raise CannotWrite("The answer cannot take the place of the file it is about")
    if not os.access(folder, os.W_OK):
        raise CannotWrite("The folder of the answer cannot be written to")


def write_rows(
    path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write a CSV file beside its place and move it there once it is whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(heads)
            writer.writerows(rows)
        beside.chmod(0o600)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
