"""Are the locked requirements those of the lists, each with its hashes?

python -m scripts.check_lock    exit 1 after naming every difference

Looks at files only: no registry is asked, so it says the same anywhere.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")
NAMES = ("base", "dev", "node", "spark")


def main() -> int:
    """Name every difference."""
    differences = [one for name in NAMES for one in _differences(name)]
    for difference in differences:
        sys.stderr.write(f"{difference}. Run: make lock\n")
    return 1 if differences else 0


def _differences(name: str) -> Iterator[str]:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    locked = _locked(text)
    for wanted in _wanted(REQUIREMENTS / f"{name}.in"):
        versions = locked.get(canonicalize_name(wanted.name), [])
        if not any(wanted.specifier.contains(version) for version in versions):
            yield f"requirements/{name}.txt does not lock {wanted}"
    for unhashed in _unhashed(text):
        yield f"requirements/{name}.txt has no hash for {unhashed}"


def _wanted(path: Path) -> Iterator[Requirement]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            yield from _wanted(path.parent / line.removeprefix("-r "))
        elif line and not line.startswith("#"):
            yield Requirement(line)


def _locked(text: str) -> dict[str, list[str]]:
    """Versions by name: some have one for each kind of machine."""
    locked: dict[str, list[str]] = {}
    for line in text.splitlines():
        if found := PINNED.match(line):
            locked.setdefault(canonicalize_name(found[1]), []).append(found[2])
    return locked


def _unhashed(text: str) -> Iterator[str]:
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        found = PINNED.match(entry)
        if found and "--hash=sha256:" not in entry:
            yield found[1]


if __name__ == "__main__":
    sys.exit(main())
