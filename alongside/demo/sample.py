"""The sample feed that ships with the product: invented people only."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

DATA = Path(__file__).parent / "data"
REFERRALS = DATA / "sample-5k.csv"
PROGRESS = DATA / "sample-progress.csv"
# People who are easily taken for one another, for the review desk.
LOOK_ALIKES = DATA / "look-alikes.csv"
# People who saw a crime and are no victims of it, for witness care.
WITNESSES = DATA / "witnesses.csv"


@contextmanager
def first_rows(feed: Path, rows: int | None) -> Iterator[Path]:
    """The feed, or a passing copy of its heads and first `rows` rows."""
    if rows is None:
        yield feed
        return
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", suffix=".csv"
    ) as part:
        with feed.open(encoding="utf-8", newline="") as source:
            csv.writer(part).writerows(islice(csv.reader(source), rows + 1))
        part.flush()
        yield Path(part.name)
