"""What is wrong with words, how they stand, and the file for a translator."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from alongside.care.telling import tables
from alongside.care.telling.rules import make_library, say_day
from alongside.care.telling.rules.checking import (
    check_words,
    longest_sentence,
    reading_age,
)
from alongside.care.telling.rules.measuring import measure_for
from alongside.care.telling.tables import saying
from alongside.care.telling.types import (
    DraftWords,
    Kind,
    Part,
    Reading,
    Stand,
    Text,
    TextKey,
)
from alongside.foundation.lib.datafile import BadDataFile

KEY = TextKey(language="en", code="charged", part=Part.STANDARD)
EASY = replace(KEY, part=Part.EASY_READ)
POLISH = replace(KEY, language="pl")
WORDS = tables.TEXTS[KEY]
LIBRARY = make_library(tables.TEXTS, own=[], readings=[], readers=2)
AT = datetime(2026, 5, 4, tzinfo=UTC)


def said(key, words, *, original=True):
    found = check_words(key, words, measure_for(key, LIBRARY), original=original)
    return {one.words for one in found if one.stops}, {
        one.words for one in found if not one.stops
    }


@pytest.mark.parametrize("key", list(tables.TEXTS), ids=str)
def test_everything_that_is_shipped_may_be_used(key):
    assert said(key, tables.TEXTS[key].words) == (set(), set())


@pytest.mark.parametrize(
    ("key", "words", "why"),
    [
        (KEY, " ", "There are no words"),
        (KEY, "On {date", "bracket"),
        (KEY, "On {date:x}.", "bracket"),
        (KEY, "On {date.year}.", "bracket"),
        (KEY, "It happened.", "{date} is missing"),
        (KEY, "On {date} at {court}.", "{court} cannot be filled in"),
        (KEY, "A rapist on {date}.", "“rapist”"),
        (KEY, "At {place} on {date}.", "Every line needs"),
        (replace(EASY, code="sentenced"), "word " * 16 + "{date}.", "A sentence has"),
        (replace(KEY, code="frame", part=Part.SUBJECT), "One\ntwo", "one line"),
        (POLISH, "W dniu {date}, {who}.", "the English words do not have it"),
        (POLISH, "A victim, {date}.", "“victim”"),
    ],
)
def test_what_stops_words(key, words, why):
    stops, _ = said(key, words, original=key.language == "en")
    assert any(why in one for one in stops), stops


def test_long_and_hard_words_are_told_and_stop_nothing():
    stops, told = said(KEY, "On {date}. " + "ł" * 500)
    assert not stops and any("only go by e-mail or letter" in one for one in told)
    hard = "Constitutional prosecutorial representatives notified on {date}."
    stops, told = said(EASY, hard)
    assert not stops and any("reads like words for a child" in one for one in told)


def test_a_list_that_nobody_looked_at_refuses_nothing_and_makes_think():
    stops, told = said(POLISH, "Ofiara, {date}.")
    assert not any("Ofiara" in one for one in stops)
    assert any("“Ofiara”" in one and "ask whoever speaks" in one for one in told)
    assert set(tables.NEVER_SAID) == {"en"}


@pytest.mark.parametrize(
    "more", ['us = "nas"', f'months = "{" ".join("abcdefghijkl")}"']
)
def test_nothing_of_a_language_is_used_that_is_only_from_memory(more):
    text = (
        '[[language]]\ncode = "{code}"\nlabel = "x"\nright_to_left = false\n'
        'source = "us"\nin_force_from = 2026-04-01\nconfidence = "{how}"\n'
    )
    english = text.format(code="en", how="local")
    good = tables.load_languages(english + text.format(code="pl", how="local") + more)
    assert good["pl"].months or good["pl"].us
    with pytest.raises(BadDataFile, match="nobody has looked at it"):
        tables.load_languages(english + text.format(code="pl", how="memory") + more)


def test_a_language_whose_months_somebody_gave_says_them():
    polish = replace(tables.LANGUAGES["pl"], months=tuple("abcdefghijkl"))
    assert say_day(date(2026, 5, 3), polish) == "3 e 2026"


def test_what_begins_inside_another_word_is_not_meant():
    assert saying.said_in("therapeutic grapes", tables.NEVER_SAID, "en") == ""
    assert saying.said_in("Stalking.", tables.NEVER_SAID, "en") == "Stalking"
    assert saying.said_in("a crime", tables.NEVER_SAID, "ur") == "crime"


def test_how_easy_words_read():
    assert longest_sentence("One two. One two three?\nOne") == 3
    assert reading_age("") == reading_age("I am. You are.") == 5
    assert reading_age("Nevertheless " * 20) > 15


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Sunday 3 May 2026"),
        ("pl", "03/05/2026"),
        ("ur", "03/05/2026"),
    ],
)
def test_a_day_is_written_as_a_language_writes_it(language, words):
    assert say_day(date(2026, 5, 3), tables.LANGUAGES[language]) == words


def reading(reader, *, key=KEY, text=WORDS, taken_back=None):
    return Reading(
        key=key,
        version=text.version,
        digest=text.digest,
        reader=reader,
        reader_name="Sarah",
        at=AT,
        checked_with="",
        taken_back_at=taken_back,
    )


def library(*readings, own=()):
    return make_library(tables.TEXTS, own=own, readings=readings, readers=2)


OURS = Text(key=KEY, version=1001, words="On {date}.", written_by=1)


@pytest.mark.parametrize(
    ("readings", "own", "stand"),
    [
        ((), (), Stand.NEVER_READ),
        ((reading(1),), (), Stand.READ_ONCE),
        ((reading(1), reading(1)), (), Stand.READ_ONCE),
        ((reading(1), reading(2)), (), Stand.READ),
        ((reading(1, taken_back=AT), reading(2)), (), Stand.READ_ONCE),
        ((reading(1, taken_back=AT),), (), Stand.TAKEN_BACK),
        ((reading(1), reading(2)), (OURS,), Stand.CHANGED),
        ((reading(1, text=OURS), reading(2, text=OURS)), (OURS,), Stand.READ_ONCE),
        ((reading(3, text=OURS), reading(2, text=OURS)), (OURS,), Stand.READ),
        ((reading(1, text=replace(WORDS, words="x")),), (), Stand.CHANGED),
    ],
)
def test_how_words_stand(readings, own, stand):
    assert library(*readings, own=own).stand(KEY) is stand


def test_words_leave_by_themselves_only_with_all_that_stands_around_them():
    written = DraftWords(
        template="charged", version=1, kind=Kind.STANDARD, language="en", words="x"
    )
    around = [
        reading(who, key=key, text=text)
        for key, text in tables.TEXTS.items()
        if key.code == "frame"
        for who in (1, 2)
    ]
    own = [reading(1), reading(2)]
    assert library(*own, *around).is_reviewed(written)
    assert not library(*own, *around[1:]).is_reviewed(written)
    assert not library(*around).is_reviewed(written)
    assert not library(*own, *around).is_reviewed(replace(written, version=2))
    assert not library(*own, *around).is_reviewed(replace(written, language="pl"))
