"""How words, their forms and their readers are spoken of on pages."""

from collections.abc import Mapping

from django.urls import reverse

from alongside.care.telling.tables import LANGUAGES
from alongside.care.telling.tables.naming import FORMS, NAMES, named
from alongside.care.telling.types import OwnState, Stand, TextKey
from alongside.web.components.base import Tag, Tone

__all__ = ["FORMS", "NAMES", "STANDS", "STATES", "at", "named", "spoken"]

STANDS: Mapping[Stand, Tag] = {
    Stand.NEVER_READ: Tag(text="Nobody has read them"),
    Stand.CHANGED: Tag(text="Changed since they were read", tone=Tone.SOON),
    Stand.TAKEN_BACK: Tag(text="Taken back", tone=Tone.LATE),
    Stand.READ_ONCE: Tag(text="One more must read them", tone=Tone.INFO),
    Stand.READ: Tag(text="May be sent", tone=Tone.GOOD),
}
STATES: Mapping[OwnState, Tag] = {
    OwnState.DRAFT: Tag(text="Draft", tone=Tone.INFO),
    OwnState.LIVE: Tag(text="In use", tone=Tone.GOOD),
    OwnState.RETIRED: Tag(text="Out of use"),
}


def spoken(language: str) -> str:
    """What a language is called."""
    return LANGUAGES[language].label


def at(page: str, key: TextKey) -> str:
    """The address of a page about one text."""
    return reverse(f"wording:{page}", args=[key.language, key.code, key.part.value])
