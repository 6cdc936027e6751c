"""Words that two people have read over, as the pages do it."""

from django.db import transaction

from alongside.care.telling.operations.reading import read_over, take_words_back
from alongside.care.telling.queries import read_library
from alongside.care.telling.types import FRAME, FRAME_PARTS, TextKey
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.walls.context import acting_as

READERS = ("supervisor", "information")


def actor_of(name, now):
    """One of the demonstration's accounts, as operations take it."""
    user = User.objects.get(email=f"{name}@llr.example")
    return get_actor(user_id=user.pk, now=now)


def keys(code, part, language="en"):
    """A text, and all that stands around it."""
    yield TextKey(language=language, code=code, part=part)
    for one in FRAME_PARTS:
        yield TextKey(language=language, code=FRAME, part=one)


def read_by(name, key, *, now, checked_with="I speak it"):
    """Have one account read one text over."""
    actor = actor_of(name, now)
    with acting_as(actor), transaction.atomic():
        text = read_library(area_id=actor.area_id).texts[key]
        read_over(
            actor=actor,
            now=now,
            key=key,
            version=text.version,
            digest=text.digest,
            checked_with=checked_with,
        )


def read_by_two(code, part, *, now, language="en", around=True):
    """Have words, and all `around` them, read over by as many as it needs."""
    for key in list(keys(code, part, language))[: None if around else 1]:
        for name in READERS:
            read_by(name, key, now=now)


def take_back(code, part, *, now, language="en"):
    """Have a supervisor take words back."""
    actor = actor_of("supervisor", now)
    with acting_as(actor), transaction.atomic():
        key = TextKey(language=language, code=code, part=part)
        take_words_back(actor=actor, now=now, key=key, why="It frightens people")
