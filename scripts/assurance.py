"""Is the assurance pack true to the code? And its generated pages.

python -m scripts.assurance           write docs/assurance/asvs.md and dependencies.md
python -m scripts.assurance --check   exit 1 after naming what is not so
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts import licences
from scripts.assurance_proofs import ROOT, claims, missing_test, named_tests
from scripts.assurance_table import FOLDER, faults, page, read_levels, read_rows

# Documents whose every statement in a table must name a test that shows it:
# file and the heading under which those tables stand.
STATEMENTS = {"SECURITY.md": "## What holds, and what shows it"}
# Words that are read as ours: documents, and what pages say.
PLACES = ("*.md", "docs/**/*.md", "alongside/**/*.html", "alongside/web/**/*.py")


def pages() -> dict[Path, str]:
    """The generated pages and what they should hold."""
    return {
        FOLDER / "asvs.md": page(read_rows(), read_levels()),
        FOLDER / "dependencies.md": licences.page(),
    }


def problems() -> Iterator[str]:
    """Everything that is not so, in words."""
    table = list(faults(read_rows(), read_levels()))
    yield from table
    yield from licences.problems()
    yield from unknown_tests(documents())
    yield from unproved_statements()
    yield from unfounded_claims()
    if not table:
        yield from drift()


def drift() -> Iterator[str]:
    """Generated pages that are not what their data says."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            name = path.relative_to(ROOT)
            yield f"{name} is not what its data says. Run: python -m scripts.assurance"


def documents() -> list[Path]:
    """What people read that may name a test."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def unknown_tests(paths: Sequence[Path]) -> Iterator[str]:
    """Tests that documents name and pytest would not run."""
    for path in paths:
        for node in named_tests(path.read_text(encoding="utf-8")):
            if fault := missing_test(node):
                yield f"{path.name}: {fault}"


def unproved_statements() -> Iterator[str]:
    """Statements about what holds that no test shows."""
    for name, heading in STATEMENTS.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        if heading not in text:
            yield f"{name} lacks its section {heading!r}"
        for line in statements(text, heading):
            if not named_tests(line):
                yield f"{name}: no test is named for {line.split('|')[1].strip()!r}"


def statements(text: str, heading: str) -> Iterator[str]:
    """The lines of the tables under a heading, without the heads of the tables."""
    section = re.split(r"^## ", text.partition(heading)[2], maxsplit=1, flags=re.M)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rules = [place for place, line in enumerate(lines) if set(line) <= set("|-: ")]
    heads = {*rules, *(place - 1 for place in rules)}
    yield from (line for place, line in enumerate(lines) if place not in heads)


def unfounded_claims() -> Iterator[str]:
    """Claims, in documents or on pages, that software cannot make of itself."""
    for pattern in PLACES:
        for path in sorted(ROOT.glob(pattern)):
            for claim in claims(path.read_text(encoding="utf-8")):
                yield f"{path.relative_to(ROOT)} {claim}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or check everything: 0 when so, 1 with words when not."""
    parser = argparse.ArgumentParser(description="The assurance pack.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    if not parser.parse_args(arguments).check:
        for path, text in pages().items():
            path.write_text(text, encoding="utf-8")
    found = list(problems())
    for problem in found:
        print(problem, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
