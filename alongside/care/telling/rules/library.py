"""What an area says to people: shipped words, its own in their place, who read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alongside.care.telling.types import (
    FRAME,
    FRAME_PARTS,
    DraftWords,
    Frame,
    Part,
    Reading,
    Stand,
    Text,
    TextKey,
)

NOBODYS_VERSION = 0


@dataclass(frozen=True, kw_only=True)
class Library:
    """Every text that is in use in an area, and everything said by those who read it.

    `readers` is how many must have read words, besides whoever wrote them, before they
    may leave by themselves.
    """

    texts: Mapping[TextKey, Text]
    readings: Mapping[TextKey, tuple[Reading, ...]]
    readers: int

    def holds(self, language: str, code: str, part: Part) -> bool:
        """Whether there are words."""
        return TextKey(language=language, code=code, part=part) in self.texts

    def has_frame(self, language: str) -> bool:
        """Whether all that stands around an update is there in a language."""
        return all(self.holds(language, FRAME, part) for part in FRAME_PARTS)

    def frame(self, language: str, otherwise: Frame) -> Frame:
        """What stands around an update in a language.

        `otherwise` is used where the language has lost its own since.
        """
        if not self.has_frame(language):
            return otherwise
        subject, greeting, sign_off = (
            self.texts[TextKey(language=language, code=FRAME, part=part)].words
            for part in FRAME_PARTS
        )
        return Frame(
            version=NOBODYS_VERSION,
            subject=subject,
            greeting=greeting,
            sign_off=sign_off,
            source=otherwise.source,
            confidence=otherwise.confidence,
            in_force_from=otherwise.in_force_from,
        )

    def live_readings(self, key: TextKey) -> tuple[Reading, ...]:
        """The readings that count for the very words in use."""
        text = self.texts[key]
        return tuple(
            one
            for one in self.readings.get(key, ())
            if _of_these_words(one, text)
            and one.taken_back_at is None
            and one.reader != text.written_by
        )

    def stand(self, key: TextKey) -> Stand:
        """Whether the words in use were read over by enough people."""
        text, said = self.texts[key], self.readings.get(key, ())
        live = len({one.reader for one in self.live_readings(key)})
        if live >= self.readers:
            return Stand.READ
        if live:
            return Stand.READ_ONCE
        if any(_of_these_words(one, text) for one in said):
            return Stand.TAKEN_BACK
        return Stand.CHANGED if said else Stand.NEVER_READ

    def is_reviewed(self, written: DraftWords) -> bool:
        """Whether an update's words, and all around them, were read by enough people.

        Words of an earlier version than the one in use count as not read.
        """
        language, part = written.language, Part(written.kind)
        key = TextKey(language=language, code=written.template, part=part)
        text = self.texts.get(key)
        if text is None or text.version != written.version:
            return False
        around = (
            TextKey(language=language, code=FRAME, part=part) for part in FRAME_PARTS
        )
        return all(
            one in self.texts and self.stand(one) is Stand.READ
            for one in (key, *around)
        )

    def has_reviewed(self) -> bool:
        """Whether any text was read by enough people; without one nothing is sent."""
        return any(
            key in self.texts and self.stand(key) is Stand.READ for key in self.readings
        )

    def count_unread(self) -> dict[str, int]:
        """By language, how many texts wait for somebody to read them."""
        found: dict[str, int] = {}
        for key in self.texts:
            waits = self.stand(key) is not Stand.READ
            found[key.language] = found.get(key.language, 0) + waits
        return found


def make_library(
    shipped: Mapping[TextKey, Text],
    *,
    own: Iterable[Text],
    readings: Iterable[Reading],
    readers: int,
) -> Library:
    """What is shipped, with an area's own words in its place."""
    said: dict[TextKey, list[Reading]] = {}
    for one in readings:
        said.setdefault(one.key, []).append(one)
    return Library(
        texts={**shipped, **{text.key: text for text in own}},
        readings={key: tuple(rows) for key, rows in said.items()},
        readers=readers,
    )


def _of_these_words(one: Reading, text: Text) -> bool:
    return one.version == text.version and one.digest == text.digest
