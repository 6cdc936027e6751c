"""How commands speak: plain lines, JSON for machines, progress on a terminal."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from tqdm import tqdm

# Told how many rows are done so far.
OnProgress = Callable[[int], None]


def say(line: str = "") -> None:
    """One line of a command's answer."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """One line about why something was not done."""
    sys.stderr.write(f"{line}\n")


def say_json(answer: Mapping[str, Any] | Sequence[Any]) -> None:
    """The answer for a machine, as one JSON document."""
    say(json.dumps(answer, default=_plain, indent=2, ensure_ascii=False))


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no plain form")


def say_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under headings, each column as wide as it must be."""
    cells = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    for row in cells:
        line = "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True))
        say(line.rstrip())


@contextmanager
def progress(words: str, total: int | None = None) -> Iterator[OnProgress]:
    """A progress bar on a terminal, and silence anywhere else."""
    with tqdm(
        desc=words,
        total=total,
        unit=" rows",
        leave=False,
        disable=not sys.stderr.isatty(),
    ) as bar:

        def report(done: int) -> None:
            bar.update(done - bar.n)

        yield report
