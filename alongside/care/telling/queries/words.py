"""The words of an area: shipped, its own, and who read them over."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from alongside.care.telling.models import OwnWords, WordsReading
from alongside.care.telling.rules import Library, make_library
from alongside.care.telling.rules.checking import check_words
from alongside.care.telling.rules.measuring import measure_for
from alongside.care.telling.tables import ENGLISH, TEXTS, limit
from alongside.care.telling.types import (
    LimitCode,
    OwnState,
    Part,
    Problem,
    Reading,
    Text,
    TextKey,
)
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnVersion:
    """One version of an area's own words, and what became of it."""

    key: TextKey
    version: int
    words: str
    state: OwnState
    saves: int
    made_by: str
    made_at: datetime
    published_by: str
    published_at: datetime | None
    retired_by: str
    retired_at: datetime | None


def read_library(*, area_id: int) -> Library:
    """Every text in use in an area, with what was said of each. Two statements."""
    live = OwnWords.objects.filter(area_id=area_id, state=OwnState.LIVE)
    said = WordsReading.objects.filter(area_id=area_id).order_by("read_at", "pk")
    people = said.select_related("read_by", "taken_back_by")
    return make_library(
        TEXTS,
        own=[_text(row) for row in live],
        readings=[_reading(row) for row in people],
        readers=limit(LimitCode.READERS),
    )


def list_own(*, area_id: int, key: TextKey | None = None) -> list[OwnVersion]:
    """An area's own versions, of one text or all, the newest first. One statement."""
    rows = OwnWords.objects.filter(area_id=area_id)
    if key is not None:
        rows = rows.filter(_is(key))
    names = rows.select_related("made_by", "published_by", "retired_by")
    found = names.order_by("language", "code", "part", "-version")
    return [_version(row) for row in found]


def get_draft(*, area_id: int, key: TextKey) -> OwnVersion:
    """The draft of one text.

    Raises:
        NotFound: there is none.
    """
    found = [
        one for one in list_own(area_id=area_id, key=key) if one.state is OwnState.DRAFT
    ]
    if not found:
        raise NotFound("There is no draft of these words")
    return found[0]


def list_problems(*, area_id: int, key: TextKey, words: str) -> tuple[Problem, ...]:
    """Everything that is wrong with words for an area, or to be thought about. Two
    statements."""
    measure = measure_for(key, read_library(area_id=area_id))
    return check_words(key, words, measure, original=key.language == ENGLISH)


def _is(key: TextKey) -> Q:
    return Q(language=key.language, code=key.code, part=key.part)


def _key(row: OwnWords | WordsReading) -> TextKey:
    return TextKey(language=row.language, code=row.code, part=Part(row.part))


def _text(row: OwnWords) -> Text:
    return Text(
        key=_key(row),
        version=row.version,
        words=row.words,
        written_by=row.made_by_id,
    )


def _reading(row: WordsReading) -> Reading:
    return Reading(
        key=_key(row),
        version=row.version,
        digest=row.digest,
        reader=row.read_by_id,
        reader_name=row.read_by.name,
        at=row.read_at,
        checked_with=row.checked_with,
        taken_back_at=row.taken_back_at,
        taken_back_by=row.taken_back_by.name if row.taken_back_by else "",
        taken_back_why=row.taken_back_why,
    )


def _version(row: OwnWords) -> OwnVersion:
    return OwnVersion(
        key=_key(row),
        version=row.version,
        words=row.words,
        state=OwnState(row.state),
        saves=row.saves,
        made_by=row.made_by.name,
        made_at=row.made_at,
        published_by=row.published_by.name if row.published_by else "",
        published_at=row.published_at,
        retired_by=row.retired_by.name if row.retired_by else "",
        retired_at=row.retired_at,
    )
