"""Instruments as text for tests: one that is well, and ways to spoil it."""

from alongside.care.instruments.tables.reading import parse_instrument, read_instrument
from alongside.care.instruments.types import BadInstrument

TOP = """
code = "small"
version = 1
title = "A small one"
purpose = "To be read in a test."
source = "This test"
licence = "Ours"
confidence = "local"
in_force = 2026-01-01

[[section]]
code = "only"
heading = "The only section"
"""

EVERY_KIND = (
    TOP
    + """
[[section.question]]
code = "one"
kind = "choice"
words = "Choose one"
required = true
options = [{ code = "a", words = "A", score = 2 }, { code = "b", words = "B" }]

[[section.question]]
code = "many"
kind = "many"
words = "Choose some"
options = [
  { code = "x", words = "X", score = 1 },
  { code = "y", words = "Y", score = 3 },
  { code = "none", words = "None", exclusive = true },
]
show_if = [{ question = "one", holds = "is", value = "a" }]

[[section.question]]
code = "number"
kind = "number"
words = "How many?"
least = 0
most = 10
show_if = [{ question = "many", holds = "any_of", value = ["x", "y"] }]

[[section.question]]
code = "day"
kind = "date"
words = "When?"
show_if = [{ question = "number", holds = "at_least", value = 3 }]

[[section.question]]
code = "text"
kind = "text"
words = "Why?"
most = 20

[[section.question]]
code = "scale"
kind = "scale"
words = "How much?"
least = 0
most = 4
least_words = "Not at all"
most_words = "Very much"

[[section.question]]
code = "grid"
kind = "grid"
words = "How is each?"
rows = [{ code = "r1", words = "Row 1" }, { code = "r2", words = "Row 2" }]
options = [{ code = "low", words = "Low" }, { code = "high", words = "Hi", score = 5 }]

[[score]]
code = "total"
words = "Total"
counting = "sum"
questions = ["one", "many", "number", "scale", "grid"]
weights = { scale = 2 }
band = [
  { code = "low", words = "Low", at_least = 0, up_to = 9 },
  { code = "high", words = "Hi", at_least = 10, risk = "high", asks = ["supervisor"] },
]
"""
)


def question(code="q", kind="choice", **values):
    """A question as a table."""
    made = {"code": code, "kind": kind, "words": f"Words of {code}", **values}
    if kind in {"choice", "many", "grid"} and "options" not in values:
        made["options"] = [{"code": c, "words": c.upper()} for c in ("yes", "no")]
    if kind == "grid" and "rows" not in values:
        made["rows"] = [{"code": "r1", "words": "Row 1"}]
    if kind == "scale":
        made = {"least": 0, "most": 4, "least_words": "L", "most_words": "M"} | made
    return made


def shown_if(on, holds="is", value=None):
    """A condition as a table."""
    made = {"question": on, "holds": holds}
    return made if value is None else {**made, "value": value}


def raw(*questions, scores=(), **top):
    """An instrument as tables."""
    return {
        "code": "small",
        "version": 1,
        "title": "A small one",
        "purpose": "To be read in a test.",
        "source": "This test",
        "licence": "Ours",
        "confidence": "local",
        "in_force": "2026-01-01",
        "section": [
            {"code": "only", "heading": "Only", "question": list(questions)},
        ],
        "score": list(scores),
        **top,
    }


def made(*questions, **more):
    """An instrument of these questions."""
    return read_instrument(raw(*questions, **more))


def faults(values):
    """What is said about tables, or about a text; nothing where it can be used."""
    try:
        if isinstance(values, str):
            parse_instrument(values)
        else:
            read_instrument(values)
    except BadInstrument as bad:
        return [str(problem) for problem in bad.problems]
    return []
