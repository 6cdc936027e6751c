"""The macros draw what the Design System's own fixtures say, mark for mark."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils.safestring import SafeString
from lxml import html

from alongside.web.govuk.components import render

PROJECT = Path(__file__).resolve().parents[4]
PACKAGE = PROJECT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

# Fixtures that our adapter draws differently, and why.
NULL_IS_LEFT_OUT = "null and left out are one to us; we draw a foot of our own"
KNOWN_DIFFERENCES = {
    ("footer", "with no content licence"): NULL_IS_LEFT_OUT,
    ("footer", "with only custom meta"): NULL_IS_LEFT_OUT,
    ("footer", "with only meta links"): NULL_IS_LEFT_OUT,
}


def read_fixtures() -> dict[str, list[dict[str, Any]]]:
    told = (
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.glob("*/fixtures.json"))
    )
    return {component["component"]: component["fixtures"] for component in told}


FIXTURES = read_fixtures()


def marked(key: str, value: Any) -> Any:
    """The fixture's parameters with its mark-up marked safe, as our pages do."""
    if isinstance(value, dict):
        inside = "html" if key == "slots" else ""
        return {name: marked(inside or name, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [marked(key, item) for item in value]
    is_markup = key == "html" or key.endswith("Html")
    return SafeString(value) if is_markup and isinstance(value, str) else value


def flat(markup: str) -> list[str]:
    """Tags with sorted attributes, and words, one a line; white space evened out."""
    lines: list[str] = []
    for piece in html.fragments_fromstring(markup.strip()):
        walk(piece, lines)
    return lines


def walk(piece: Any, lines: list[str]) -> None:
    if isinstance(piece, str):
        lines.extend([" ".join(piece.split())] if piece.strip() else [])
        return
    if isinstance(piece.tag, str):
        attributes = (
            f"{name}={' '.join(value.split())}"
            for name, value in sorted(piece.attrib.items())
        )
        lines.append(" ".join(["<" + piece.tag, *attributes]))
        walk(piece.text or "", lines)
        for child in piece:
            walk(child, lines)
            walk(child.tail or "", lines)
        lines.append("</" + piece.tag)


def draw(component: str, fixture: dict[str, Any]) -> list[str]:
    return flat(render(component, marked("", fixture["options"])))


def test_the_fixtures_are_there():
    counted = sum(len(fixtures) for fixtures in FIXTURES.values())
    assert counted > 600, "make assets brings the Design System"


@pytest.mark.parametrize("component", FIXTURES)
def test_draws_the_same(component):
    for fixture in FIXTURES[component]:
        if (component, fixture["name"]) not in KNOWN_DIFFERENCES:
            drawn = draw(component, fixture)
            assert drawn == flat(fixture["html"]), fixture["name"]


def test_the_known_differences_are_still_different():
    for component, name in KNOWN_DIFFERENCES:
        (fixture,) = [f for f in FIXTURES[component] if f["name"] == name]
        assert draw(component, fixture) != flat(fixture["html"])
