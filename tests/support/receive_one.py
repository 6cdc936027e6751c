"""Receives one file in a process of its own, so that it can be killed.

Says "ready" when it is about to begin. A process of its own and not a fork: a fork
would inherit whatever threads the tests before it have left behind.
"""

import os
import sys
from datetime import datetime
from pathlib import Path


def main(path: str, now: str, limit: str) -> None:
    """Receive the file as of a moment, up to so many bytes."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from alongside.workflows.receive_delivery import receive_file

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    receive_file(path=Path(path), now=datetime.fromisoformat(now), max_bytes=int(limit))


if __name__ == "__main__":
    main(*sys.argv[1:])
