"""The words that are shipped, one file for each language, checked at the start."""

from collections.abc import Iterable, Mapping, Sequence

from alongside.care.journey.tables import EVENTS, RULES
from alongside.care.journey.types import MetBy, ProgressEvent
from alongside.care.telling.tables.saying import (
    known_places,
    may_be_empty,
    places,
    said_in,
)
from alongside.care.telling.types import (
    FRAME,
    Frame,
    Part,
    Text,
    TextKey,
    Wording,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.lib.provenance import Confidence

Never = Mapping[str, Sequence[str]]

# The promises that are kept by telling.
TOLD_RULES = sorted({rule.code for rule in RULES if rule.met_by is MetBy.TOLD_ON})
# What somebody is owed to be told of, and all else that a force tells us.
OWED = frozenset(ProgressEvent) | {
    event
    for rule in RULES
    if rule.met_by is MetBy.TOLD_ON
    for event in rule.triggers & EVENTS.keys()
}


def load_never_said(
    text: str,
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Read by language the beginnings of words that are never written to people: those
    that somebody has looked at, and those from memory, which refuse nothing."""
    rows = read_toml(text, "said", name="never_said.toml")
    checked: dict[str, tuple[str, ...]] = {}
    unchecked: dict[str, tuple[str, ...]] = {}
    for row in rows:
        confidence = row.provenance()["confidence"]
        language = row.text("language")
        if language in checked or language in unchecked:
            raise row.wrong("language", "is there twice")
        found = unchecked if confidence is Confidence.MEMORY else checked
        found[language] = tuple(sorted(row.names("words")))
        row.finish()
    return checked, unchecked


def load_templates(text: str, *, name: str, never: Never) -> tuple[Wording, ...]:
    """Read the words of one language.

    Raises BadDataFile for an event or placeholder nobody knows, or words that tell
    others what it is about.
    """
    language = name.partition(".")[0]
    return read_rows(
        read_toml(text, "template", name=name),
        lambda row: _template(row, never, language),
        key=lambda row: row.code,
    )


def load_frame(text: str, *, name: str, never: Never) -> Frame:
    """Read what stands around every update of one language."""
    language = name.partition(".")[0]
    rows = read_rows(
        read_toml(text, "frame", name=name),
        lambda row: _frame(row, never, language),
        key=lambda _row: "frame",
    )
    if len(rows) != 1:
        raise BadDataFile(f"{name}: holds more than one frame")
    return rows[0]


def check_whole(templates: Iterable[Wording], *, name: str) -> None:
    """Refuse a language in which an event has no words for every case of it."""
    general = {row.event for row in templates if not row.when}
    lacking = sorted(OWED - general)
    if lacking:
        raise BadDataFile(f"{name}: {lacking[0]} has no words")


def check_alike(
    templates: Iterable[Wording], english: Iterable[Wording], *, name: str
) -> None:
    """Refuse a language whose templates are for other cases than the English ones."""
    meant = {row.code: (row.event, row.when) for row in english}
    for row in templates:
        if meant.get(row.code) != (row.event, row.when):
            raise BadDataFile(f"{name}: {row.code} is not for what it is in English")


def texts_of(
    templates: Mapping[str, Iterable[Wording]], frames: Mapping[str, Frame]
) -> dict[TextKey, Text]:
    """Every text that is shipped, by itself."""
    found = [
        Text(key=key(language, row.code, part), version=row.version, words=words)
        for language, rows in templates.items()
        for row in rows
        for part, words in (
            (Part.STANDARD, row.standard),
            (Part.EASY_READ, row.easy_read),
        )
    ]
    found += [
        Text(key=key(language, FRAME, part), version=frame.version, words=words)
        for language, frame in frames.items()
        for part, words in (
            (Part.SUBJECT, frame.subject),
            (Part.GREETING, frame.greeting),
            (Part.SIGN_OFF, frame.sign_off),
        )
    ]
    return {one.key: one for one in found}


def key(language: str, code: str, part: Part) -> TextKey:
    """Which text it is."""
    return TextKey(language=language, code=code, part=part)


def _template(row: Row, never: Never, language: str) -> Wording:
    event = row.text("event")
    if event not in EVENTS:
        raise row.wrong("event", "is one that nobody knows")
    code = row.text("code")
    if code == FRAME:
        raise row.wrong("code", "is kept for what stands around every update")
    return Wording(
        code=code,
        event=event,
        when={str(key): str(value) for key, value in row.table("when").items()},
        version=row.whole("version"),
        standard=_words(row, Part.STANDARD, never, language),
        easy_read=_words(row, Part.EASY_READ, never, language),
        **row.provenance(),
    )


def _frame(row: Row, never: Never, language: str) -> Frame:
    subject, greeting, sign_off = (
        _words(row, part, never, language)
        for part in (Part.SUBJECT, Part.GREETING, Part.SIGN_OFF)
    )
    return Frame(
        version=row.whole("version"),
        subject=subject,
        greeting=greeting,
        sign_off=sign_off,
        **row.provenance(),
    )


def _words(row: Row, part: Part, never: Never, language: str) -> str:
    words = row.text(part)
    said = said_in(words, never, language)
    if said:
        raise row.wrong(part, f"says “{said}”, which others may read")
    try:
        unknown = sorted(places(words) - known_places(part))
    except ValueError:
        raise row.wrong(part, "has a bracket that does not close") from None
    if unknown:
        raise row.wrong(part, f"has the placeholder {unknown[0]}, which nobody knows")
    if part in {Part.STANDARD, Part.EASY_READ} and may_be_empty(words):
        raise row.wrong(part, "may be left with nothing to say")
    return words
