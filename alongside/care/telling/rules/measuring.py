"""What words are held against, and what they are filled with to be read over."""

from dataclasses import replace

from alongside.care.telling.rules.checking import Yardstick
from alongside.care.telling.rules.library import Library
from alongside.care.telling.rules.words import say_day
from alongside.care.telling.tables import (
    ENGLISH,
    FRAMES,
    LANGUAGES,
    LIMITS,
    NEVER_SAID,
    SAMPLE,
    TEXTS,
    THINK_ABOUT,
)
from alongside.care.telling.types import Facts, TextKey


def sample_facts(language: str) -> Facts:
    """The facts of nobody, with their days as a language writes them."""
    spoken = LANGUAGES[language]
    return replace(
        SAMPLE.facts,
        date=say_day(SAMPLE.happened_on, spoken),
        on=say_day(SAMPLE.next_on, spoken),
    )


def measure_for(key: TextKey, library: Library) -> Yardstick:
    """What one text of an area is held against: its English words in use among it."""
    english = TextKey(language=ENGLISH, code=key.code, part=key.part)
    # English words of the area's own are held against what is shipped.
    held = TEXTS if key.language == ENGLISH else library.texts
    return Yardstick(
        english=held[english].words,
        frame=library.frame(key.language, FRAMES[ENGLISH]),
        facts=sample_facts(key.language),
        name=SAMPLE.name,
        limits={code: row.number for code, row in LIMITS.items()},
        never=NEVER_SAID,
        think=THINK_ABOUT,
    )
