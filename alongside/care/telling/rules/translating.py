"""The file a translator works in: every text with its English, and back again."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from alongside.care.telling.rules.checking import check_words
from alongside.care.telling.rules.library import Library
from alongside.care.telling.rules.measuring import measure_for
from alongside.care.telling.tables import ENGLISH
from alongside.care.telling.tables.saying import places
from alongside.care.telling.types import FRAME, FRAME_PARTS, Part, Problem, TextKey

KEY, WORDS, TRANSLATION = "key", "English", "translation"
HEAD = (KEY, "what happened", "form", "keep as it is", WORDS, TRANSLATION)
SEPARATORS = (",", ";", "\t")
# A spreadsheet puts this before what might be taken for a formula.
APOSTROPHE = "'"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong in one row of a file. Rows are counted as a spreadsheet does."""

    row: int
    key: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Translated:
    """What a file holds: words by text, faults, and how many rows are still empty."""

    words: Mapping[TextKey, str]
    faults: tuple[Fault, ...]
    empty: int


def list_keys(library: Library) -> list[TextKey]:
    """Every text there is to translate: first what stands around each update."""
    keys = [key for key in library.texts if key.language == ENGLISH]
    return sorted(keys, key=lambda key: key.code != FRAME)


def write_rows(
    library: Library,
    language: str,
    *,
    names: Mapping[str, str],
    forms: Mapping[Part, str],
) -> Iterator[tuple[str, ...]]:
    """The rows of a file under `HEAD`, with the translations there are.

    `names` say by code what happened, `forms` what a part is.
    """
    for english in list_keys(library):
        text = library.texts[english]
        held = library.texts.get(_in(english, language))
        keep = " ".join(f"{{{name}}}" for name in sorted(places(text.words)))
        yield (
            str(english),
            names[english.code],
            forms[english.part],
            keep,
            text.words,
            held.words if held else "",
        )


def read_rows(text: str, *, library: Library, language: str) -> Translated:
    """What a translator's file holds, with every fault by its row.

    The English beside each translation must be the English in use: otherwise the
    translation is of other words. Rows without a translation are left for later.
    """
    rows = list(_table(text))
    if not rows or not {KEY, WORDS, TRANSLATION} <= set(rows[0]):
        words = f"The first row must name the columns {KEY}, {WORDS} and {TRANSLATION}"
        return Translated(
            words={}, faults=(Fault(row=1, key="", words=words),), empty=0
        )
    found: dict[TextKey, str] = {}
    faults: list[Fault] = []
    empty = 0
    for number, cells in enumerate(rows[1:], start=2):
        row = dict(zip(rows[0], cells, strict=False))
        if not any(cell.strip() for cell in cells):
            continue
        said = _fit(row.get(TRANSLATION, ""))
        if not said:
            empty += 1
            continue
        key, wrong = _key(row, library, found, language)
        if key is not None:
            wrong = [one.words for one in _problems(key, said, library)]
            found[key] = said
        name = row.get(KEY, "")[:60]
        faults += [Fault(row=number, key=name, words=words) for words in wrong]
    faults += _of_frame(found, library, language)
    return Translated(words=found, faults=tuple(faults), empty=empty)


def _table(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        return


def _key(
    row: Mapping[str, str],
    library: Library,
    found: Mapping[TextKey, str],
    language: str,
) -> tuple[TextKey | None, list[str]]:
    """Which text a row is of; or none, and why."""
    named = {str(key): key for key in list_keys(library)}
    english = named.get(row.get(KEY, "").strip())
    if english is None:
        return None, ["There are no words of this name"]
    key = _in(english, language)
    if key in found:
        return None, ["It is there twice"]
    if _fit(row.get(WORDS, "")) != library.texts[english].words:
        return None, [
            "The English has changed since the file was made. Make the file anew"
        ]
    return key, []


def _problems(key: TextKey, words: str, library: Library) -> Iterator[Problem]:
    measure = measure_for(key, library)
    return (one for one in check_words(key, words, measure) if one.stops)


def _of_frame(
    found: Mapping[TextKey, str], library: Library, language: str
) -> Iterator[Fault]:
    """What stands around every update must be there for any of it to be used."""
    for part in FRAME_PARTS if found else ():
        key = TextKey(language=language, code=FRAME, part=part)
        if key not in found and key not in library.texts:
            yield Fault(
                row=1,
                key=str(key),
                words="Translate this too: without it nothing can be sent",
            )


def _in(key: TextKey, language: str) -> TextKey:
    return TextKey(language=language, code=key.code, part=key.part)


def _fit(words: str) -> str:
    lines = words.replace("\r\n", "\n").removeprefix(APOSTROPHE).strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)
