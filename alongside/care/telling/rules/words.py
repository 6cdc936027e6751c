"""Which words an event gets, and how they read when they are filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

from alongside.care.telling.rules.library import Library
from alongside.care.telling.tables.saying import places
from alongside.care.telling.types import (
    DraftWords,
    Facts,
    Frame,
    Kind,
    Language,
    Part,
    TextKey,
    Wording,
)

# Characters of a text message and of each part of a longer one: in the alphabet of
# phones (GSM 03.38) and in any other.
ONE_PLAIN, PART_PLAIN = 160, 153
ONE_OTHER, PART_OTHER = 70, 67
PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€")


def choose_template(
    templates: Iterable[Wording], event: str, detail: Mapping[str, object]
) -> Wording | None:
    """The words for what an event says: those that ask for most of what fits."""
    said = {key: _said(value) for key, value in detail.items()}
    fitting = [
        row
        for row in templates
        if row.event == event and row.when.items() <= said.items()
    ]
    return max(fitting, key=lambda row: len(row.when), default=None)


def _said(value: object) -> str:
    return str(value).strip().lower().replace(" ", "_")


def fill(words: str, facts: Facts) -> str:
    """The words with what is known. A line that needs what nobody knows is left out."""
    known = asdict(facts)
    return "\n".join(
        line.format_map(known)
        for line in words.splitlines()
        if all(known.get(name) for name in places(line))
    )


def draft(
    library: Library,
    cases: Iterable[Wording],
    *,
    event: str,
    detail: Mapping[str, object],
    facts: Facts,
    kind: Kind,
    language: str,
) -> DraftWords | None:
    """The update for an event in one language; None where it has no words for it.

    `cases` say which words are for what; an area may have its own, or those of another
    language.
    """
    part = Part(kind)
    known = [row for row in cases if library.holds(language, row.code, part)]
    chosen = choose_template(known, event, detail)
    if chosen is None or not library.has_frame(language):
        return None
    text = library.texts[TextKey(language=language, code=chosen.code, part=part)]
    return DraftWords(
        template=chosen.code,
        version=text.version,
        kind=kind,
        language=language,
        words=fill(text.words, facts),
    )


def whole(words: str, *, frame: Frame, name: str, facts: Facts) -> str:
    """What the person reads: greeting, words, and who to ask.

    `name` is what they are called; without one there is no greeting.
    """
    greeting = frame.greeting.format(name=name) if name.strip() else ""
    parts = (greeting, words.strip(), fill(frame.sign_off, facts))
    return "\n\n".join(part for part in parts if part)


def text_parts(words: str) -> int:
    """How many parts a text message has; each is charged and may arrive apart.

    Lengths as in GSM 03.38 and 03.40: a letter outside the phones' own alphabet
    makes every part of the message shorter.
    """
    if all(letter in PLAIN or letter in TWICE for letter in words):
        length = len(words) + sum(letter in TWICE for letter in words)
        one, part = ONE_PLAIN, PART_PLAIN
    else:
        length = len(words.encode("utf-16-le")) // 2
        one, part = ONE_OTHER, PART_OTHER
    return 1 if length <= one else -(-length // part)


def say_day(day: date, language: Language) -> str:
    """A day as a language writes it; in figures where nobody has said how."""
    if not language.months:
        return f"{day:%d/%m/%Y}"
    month = language.months[day.month - 1]
    # Only English has its days of the week here.
    weekday = f"{day:%A} " if language.code == "en" else ""
    return f"{weekday}{day.day} {month} {day.year}"
