"""The page of the words in which people are told what has happened."""

from collections.abc import Iterator

from alongside.care.journey.tables import EVENTS
from alongside.care.telling import tables
from alongside.care.telling.rules import fill, text_parts, whole
from alongside.care.telling.rules.measuring import sample_facts
from alongside.care.telling.types import Kind, Wording
from scripts.docs import page, table

EVENT_NAMES = {str(code): row.label for code, row in EVENTS.items()}
FACTS = sample_facts("en")


def templates() -> str:
    """Every text, and how long it is as a text message."""
    missing = ", ".join(row.label for row in tables.missing_languages())
    rows = (
        [
            EVENT_NAMES.get(one.event, one.event),
            ", ".join(f"{k} is {v}" for k, v in one.when.items()) or "always",
            tag,
            one.version,
            _parts(one, tag, Kind.STANDARD),
            _parts(one, tag, Kind.EASY_READ),
        ]
        for tag, found in tables.TEMPLATES.items()
        for one in found
    )
    head = ("event", "when", "language", "version")
    return page(
        "What people are told",
        "The words for each event, plainly and in easy read, as they would be sent to"
        " Nina by her worker. Each area has its people read these words over, on the"
        " page Words; until enough of them have, they never leave by themselves."
        f" Languages without words yet: {missing}.",
        table((*head, "text parts", "text parts, easy read"), rows),
        *(part for tag in tables.TEMPLATES for part in _texts(tag)),
    )


def _parts(one: Wording, tag: str, kind: Kind) -> int:
    return text_parts(_filled(one.words(kind), tag))


def _filled(words: str, tag: str) -> str:
    return whole(
        fill(words, FACTS),
        frame=tables.FRAMES[tag],
        name=tables.SAMPLE.name,
        facts=FACTS,
    )


def _texts(tag: str) -> Iterator[str]:
    for one in tables.TEMPLATES[tag]:
        yield f"## {one.code.replace('_', ' ').capitalize()} ({tag})"
        for kind in Kind:
            lines = _filled(one.words(kind), tag).splitlines()
            quoted = "\n".join(f"> {line}".rstrip() for line in lines)
            yield f"{kind.value.replace('_', ' ').capitalize()}:\n\n{quoted}"
