"""Says plainly what this machine lacks. Runs on any Python 3."""

import sys
from collections.abc import Iterator
from importlib.util import find_spec

LEAST = (3, 11)


def list_missing() -> Iterator[str]:
    """What is missing, one sentence each."""
    if sys.version_info < LEAST:
        found = "{}.{}".format(*sys.version_info[:2])
        yield (
            "Alongside needs Python 3.11 or newer; python3 here is " + found + ". "
            "Install a newer one and run: make PYTHON=/path/to/python3.11 setup"
        )
        return
    if not (find_spec("venv") and find_spec("ensurepip")):
        yield (
            "Python's venv module is missing. On Debian or Ubuntu: "
            "apt-get install python3-venv"
        )


def main() -> int:
    """Exit 1 after naming everything that is missing."""
    missing = list(list_missing())
    for sentence in missing:
        sys.stderr.write(sentence + "\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
