"""What the documents point at is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"`((?:alongside|bench|config|docs|scripts|tests)/[\w./-]*[\w/])`")
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("docs/adr/*.md"),
        *ROOT.glob("docs/assurance/*.md"),
    ]
)


def pointed_at(document: Path) -> Iterator[Path]:
    words = document.read_text(encoding="utf-8")
    for target in LINK.findall(words):
        if "://" not in target:
            yield document.parent / target
    for named in NAMED.findall(words):
        yield ROOT / named


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_at_is_there(document: Path):
    assert not [str(path) for path in pointed_at(document) if not path.exists()]


def test_every_decision_is_listed():
    listed = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    records = [path.name for path in (ROOT / "docs" / "adr").glob("0*.md")]

    assert records
    assert not [name for name in records if f"({name})" not in listed]
