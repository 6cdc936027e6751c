"""Everything that can be said without running the product: `make check`.

python -m scripts.check    runs every check, then names those that failed
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable


@dataclass(frozen=True)
class Check:
    """One check: what it makes sure of, and the command that says so."""

    what: str
    command: tuple[str | Path, ...]


CHECKS = (
    Check("the code is formatted", (BIN / "ruff", "format", "--check", "--quiet", ".")),
    Check("the code is clean", (BIN / "ruff", "check", "--quiet", ".")),
    Check(
        "templates are clean",
        (BIN / "djlint", "--lint", "alongside"),
    ),
    Check(
        "types agree",
        # A cache of its own: partial runs in an editor would leave theirs stale.
        (BIN / "mypy", "--no-error-summary", "--cache-dir=.mypy_cache/check"),
    ),
    Check("imports point down", (BIN / "lint-imports",)),
    Check(
        "no migration is missing",
        (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"),
    ),
    Check("the lock is that of the lists", (PYTHON, "-m", "scripts.check_lock")),
    Check("generated documents are current", (PYTHON, "-m", "scripts.docs", "--check")),
    Check("the assurance pack is true", (PYTHON, "-m", "scripts.assurance", "--check")),
    Check("nothing stands where it must not", (PYTHON, "-m", "scripts.check_tree")),
)


def main() -> int:
    """Run all checks, showing what only the failed ones said."""
    failed = [check.what for check in CHECKS if not _holds(check)]
    for what in failed:
        print(f"Failed: {what}", file=sys.stderr)
    return 1 if failed else 0


def _holds(check: Check) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        [str(part) for part in check.command],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{verdict:7}{check.what} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
