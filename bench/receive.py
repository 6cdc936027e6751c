"""Receive one file in a process of its own and print what it took, as JSON."""

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.databases import open_copy

KIBIBYTE = 1024


def main(database: str, feed: str) -> None:
    """Receive `feed` into `database` as `alongside feed receive` does."""
    open_copy(database)
    from django.conf import settings

    from alongside.workflows.receive_delivery import receive_file

    started = time.perf_counter()
    report = receive_file(
        path=Path(feed),
        now=datetime.now(tz=UTC),
        max_bytes=settings.FEED_MAX_BYTES,
    )
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTE
    found = {"seconds": seconds, "rows": report.rows, "megabytes": peak}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
