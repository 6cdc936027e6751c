"""What is wrong with words that an area wants to send, before anybody gets them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from alongside.care.telling.rules.words import fill, text_parts, whole
from alongside.care.telling.tables.saying import (
    known_places,
    may_be_empty,
    places,
    said_in,
)
from alongside.care.telling.types import (
    KIND_PARTS,
    Facts,
    Frame,
    LimitCode,
    Part,
    Problem,
    TextKey,
)

SENTENCE = re.compile(r"(?<=[.?!:؟۔।])\s+|\n+")
WORD = re.compile(r"[^\s]+")
BRACKET = "A bracket does not close, or there is more in it than a name"


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """What words are held against: the English text in use, what they are filled with,
    the limits, the beginnings of words that are never written, and of those to be
    thought about."""

    english: str
    frame: Frame
    facts: Facts
    name: str
    limits: Mapping[LimitCode, int]
    never: Mapping[str, Iterable[str]]
    think: Mapping[str, Iterable[str]]


def check_words(
    key: TextKey, words: str, measure: Yardstick, *, original: bool = False
) -> tuple[Problem, ...]:
    """Everything that keeps words from use, then what to think about.

    They must hold every placeholder of the English words and no other. `original`
    says that they are English words of the area's own: those may add a placeholder.
    """
    if not words.strip():
        return (Problem("There are no words"),)
    try:
        found = places(words)
    except ValueError:
        return (Problem(BRACKET),)
    return (
        *_of_places(key, found, places(measure.english), original=original),
        *_of_saying(key, words, measure),
        *_of_length(key, words, measure),
        *_of_ease(key, words, measure),
    )


def _of_places(
    key: TextKey, found: set[str], english: set[str], *, original: bool
) -> Iterator[Problem]:
    for name in sorted(english - found):
        yield Problem(f"{{{name}}} is missing: the English words have it")
    allowed = known_places(key.part) if original else english
    for name in sorted(found - allowed):
        known = name in known_places(key.part)
        why = "the English words do not have it" if known else "nobody knows it"
        yield Problem(f"{{{name}}} cannot be filled in: {why}")


def _of_saying(key: TextKey, words: str, measure: Yardstick) -> Iterator[Problem]:
    said = said_in(words, measure.never, key.language)
    if said:
        yield Problem(f"It says “{said}”. Somebody else may read it")
    doubtful = said_in(words, measure.think, key.language)
    if doubtful:
        yield Problem(
            f"It says “{doubtful}”, which may tell somebody else what it is about: ask"
            " whoever speaks the language",
            stops=False,
        )
    if key.part in KIND_PARTS and may_be_empty(words):
        yield Problem(
            "Every line needs something that may not be known, so nothing might be"
            " left. Write one line that can always be said"
        )
    if key.part is Part.SUBJECT and "\n" in words.strip():
        yield Problem("A subject is one line")


def _of_length(key: TextKey, words: str, measure: Yardstick) -> Iterator[Problem]:
    most = measure.limits[LimitCode.WORDS_LENGTH]
    if len(words) > most:
        yield Problem(f"It has {len(words)} characters. There is room for {most}")
    elif key.part in KIND_PARTS and not _unknown(words):
        text = whole(
            fill(words, measure.facts),
            frame=measure.frame,
            name=measure.name,
            facts=measure.facts,
        )
        parts, room = text_parts(text), measure.limits[LimitCode.TEXT_PARTS]
        if parts > room:
            yield Problem(
                f"As a text message it has {parts} parts, and there is room for {room}:"
                " it can only go by e-mail or letter",
                stops=False,
            )


def _unknown(words: str) -> bool:
    return bool(places(words) - known_places(Part.STANDARD))


def _of_ease(key: TextKey, words: str, measure: Yardstick) -> Iterator[Problem]:
    easy = key.part is Part.EASY_READ
    code = LimitCode.EASY_SENTENCE_WORDS if easy else LimitCode.SENTENCE_WORDS
    most, longest = measure.limits[code], longest_sentence(words)
    if longest > most:
        yield Problem(
            f"A sentence has {longest} words. Write sentences of {most} at most",
            stops=easy,
        )
    age = measure.limits[LimitCode.EASY_READING_AGE]
    if easy and key.language == "en" and reading_age(words) > age:
        yield Problem(
            f"It reads like words for a child of {reading_age(words)}."
            f" Shorter words would make it easier: aim for {age}",
            stops=False,
        )


def longest_sentence(words: str) -> int:
    """How many words the longest sentence has."""
    return max((len(WORD.findall(one)) for one in SENTENCE.split(words)), default=0)


def reading_age(words: str) -> int:
    """The age at which English words are read with ease, in years.

    By the Automated Readability Index (Smith and Senter, 1967), whose figure is a
    school year in the United States; those begin at five.
    """
    sentences = [one for one in SENTENCE.split(words) if one.strip()]
    found = [one.strip(".,?!:;()") for one in WORD.findall(words)]
    found = [one for one in found if one]
    if not found or not sentences:
        return 5
    letters = sum(len(one) for one in found)
    grade = 4.71 * letters / len(found) + 0.5 * len(found) / len(sentences) - 21.43
    return 5 + max(0, round(grade))
