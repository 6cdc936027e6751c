"""What words may be filled with, and what they never say."""

import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import fields

from alongside.care.telling.types import Facts, Part

PLACEHOLDERS = frozenset(field.name for field in fields(Facts))
IN_GREETING = frozenset({"name"})
# Always known of an event: a line that needs more may be left out.
ALWAYS = frozenset({"date"})


def places(words: str) -> set[str]:
    """The placeholders of words.

    Raises:
        ValueError: a bracket does not close, or a placeholder says more than its name.
    """
    found = set()
    for _, name, form, conversion in string.Formatter().parse(words):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(words)
        found.add(name)
    return found


def known_places(part: Part) -> frozenset[str]:
    """What a part may be filled with. The subject tells nobody anything."""
    if part is Part.SUBJECT:
        return frozenset()
    return IN_GREETING if part is Part.GREETING else PLACEHOLDERS


def may_be_empty(words: str) -> bool:
    """Whether every line needs what nobody may know, so that nothing would be left."""
    return not any(places(line) <= ALWAYS for line in words.splitlines() if line)


def said_in(words: str, never: Mapping[str, Iterable[str]], language: str) -> str:
    """The first word in which words tell others what it is about; empty where none.

    `never` holds the beginnings of such words by language; those of English hold in
    every other.
    """
    for start in (*never.get("en", ()), *never.get(language, ())):
        found = re.search(rf"(?<!\w){re.escape(start)}\w*", words, re.IGNORECASE)
        if found:
            return found[0]
    return ""
