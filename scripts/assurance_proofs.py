"""What may prove a statement: a test that pytest collects, or a section that is there.

Reads files only. A test is known by its node id, `tests/…/test_x.py::test_y`; a section
by document and heading, `docs/x.md#the-heading`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE = re.compile(r"`(tests/[\w./-]+\.py::[\w:]+)`")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
# A section with fewer words than this says nothing.
WORDS_OF_A_SECTION = 15


@cache
def collected(path: Path) -> frozenset[str]:
    """The names in a file that pytest collects: `test_y`, `TestX::test_y`."""
    if not path.name.startswith("test_") or not path.is_file():
        return frozenset()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return frozenset(name for node in body for name in _names(node))


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        if node.name.startswith("test"):
            yield node.name
    elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
        inside = [name for child in node.body for name in _names(child)]
        if not any(getattr(child, "name", "") == "__init__" for child in node.body):
            yield from (f"{node.name}::{name}" for name in inside)


def missing_test(node: str, *, root: Path = ROOT) -> str | None:
    """Why this is no test that pytest would run, in words; None where it is one."""
    file, _, name = node.partition("::")
    if not file.startswith("tests/") or ".." in file:
        return f"{node} is not below tests/"
    if not (root / file).is_file():
        return f"{node}: there is no such file"
    if name not in collected(root / file):
        return f"{node}: no such test is collected there"
    return None


def missing_section(reference: str, *, root: Path = ROOT) -> str | None:
    """Why this is no section with something in it; None where it is one."""
    file, _, anchor = reference.partition("#")
    if not (root / file).is_file():
        return f"{reference}: there is no such document"
    text = (root / file).read_text(encoding="utf-8")
    for place, found in enumerate(headings := list(HEADING.finditer(text))):
        if anchor_of(found[1]) == anchor:
            end = headings[place + 1].start() if headings[place + 1 :] else len(text)
            words = text[found.end() : end].split()
            few = len(words) < WORDS_OF_A_SECTION
            return f"{reference}: the section says nothing" if few else None
    return f"{reference}: there is no such section"


def anchor_of(heading: str) -> str:
    """The address of a heading inside its page, as Markdown viewers make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def missing_code(path: str, *, root: Path = ROOT) -> str | None:
    """Why this is no place in the code; None where it is one."""
    return None if (root / path).exists() else f"{path}: there is no such place"


def named_tests(text: str) -> list[str]:
    """Every test that a document names in back-ticks."""
    return NODE.findall(text)


_SCHEMES = (
    r"PASF|NPIRMT|ISO(?:/IEC)?\s?-?27\d{3}(?::\d{4})?|Cyber\s+Essentials(?:\s+Plus)?|DSPT|DTAC"
    r"|CJSM|SOC\s?2|IL3|G-?Cloud|NCSC|ASVS|GDPR|PASF-?assessed"
)
_PRAISE = (
    r"compliant|compliance\s+is\s+met|certified|certification\s+held|assured|accredited"
    r"|approved|conformant|secure\s+by\s+design\s+certified"
)
CLAIMS = (
    re.compile(rf"\b(?:{_SCHEMES})[\s,-]+(?:\w+[\s-]+){{0,2}}(?:{_PRAISE})\b", re.I),
    re.compile(
        rf"\b(?:{_PRAISE})\s+(?:with|to|by|under|for|against)\s+(?:\w+\s+){{0,2}}"
        rf"(?:{_SCHEMES})\b",
        re.I,
    ),
)


def claims(text: str) -> Iterator[str]:
    """Claims that software cannot make of itself: they are an operator's or a host's.

    Where a thing runs and who runs it is what those schemes look at.
    """
    flat = " ".join(text.split())
    for pattern in CLAIMS:
        yield from (f"claims {found.group()!r}" for found in pattern.finditer(flat))
