"""What no file of the tree may hold: registry hosts, machine paths, secrets, leftovers.

python -m scripts.check_tree    exit 1 after naming every breach
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written in parts, so that this file does not breach what it checks.
HOSTS = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js",
    "deb.deb" + "ian",
)
FOLDERS = ("wo" + "rk", "fa" + "rm")


@dataclass(frozen=True)
class Ban:
    """Something that must not be in a tracked file, and why."""

    why: str
    pattern: re.Pattern[str]
    only: str = ""  # how the names of the files it concerns end
    spared: tuple[str, ...] = ()  # folders in which it may be


BANS = (
    Ban(
        "names a package registry's host",
        re.compile("|".join(re.escape(host) for host in HOSTS)),
    ),
    Ban(
        "names a path of one machine",
        re.compile(rf"(^|[^A-Za-z0-9_./])/({'|'.join(FOLDERS)})/"),
    ),
    Ban("holds a private key", re.compile("BEGIN [A-Z ]*PRIVATE " + "KEY")),
    Ban(
        "holds something that reads like a token",
        re.compile(
            r"\b(as_[A-Za-z0-9_-]{40,}|ghp_[A-Za-z0-9]{30,}|AKIA[0-9A-Z]{16})\b"
        ),
    ),
    Ban(
        "has a leftover",
        re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|breakpoint\(\)"),
        only=".py",
    ),
    Ban(
        "skips a test",
        re.compile(
            r"mark\.(sk" + r"ip|xf" + r"ail)|pytest\.(sk" + r"ip|xf" + r"ail)\("
        ),
        only=".py",
    ),
    Ban(
        "prints: a command speaks through its own output",
        re.compile(r"(^|[^\w.\"'`])pri" + r"nt\("),
        only=".py",
        spared=("bench/", "scripts/"),
    ),
)


def main() -> int:
    """Name every breach, by file and line."""
    breaches = [breach for path in _tracked() for breach in _breaches(path)]
    for breach in breaches:
        sys.stderr.write(f"{breach}\n")
    return 1 if breaches else 0


def _tracked() -> list[Path]:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True)
    return [Path(name) for name in done.stdout.split("\0") if name]


def _breaches(path: Path) -> Iterator[str]:
    try:
        text = (ROOT / path).read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return  # an image or archive, or a file just taken away
    bans = [ban for ban in BANS if _concerns(ban, str(path))]
    for number, line in enumerate(text.splitlines(), start=1):
        for ban in bans:
            if ban.pattern.search(line):
                yield f"{path}:{number} {ban.why}"


def _concerns(ban: Ban, name: str) -> bool:
    return name.endswith(ban.only) and not name.startswith(ban.spared)


if __name__ == "__main__":
    sys.exit(main())
