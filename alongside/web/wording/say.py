"""How words, their forms and their readers are spoken of on pages."""

from collections.abc import Mapping

from django.urls import reverse

from alongside.care.journey.tables import EVENTS
from alongside.care.telling.tables import CASES, LANGUAGES
from alongside.care.telling.types import FRAME, OwnState, Part, Stand, TextKey
from alongside.web.components.base import Tag, Tone

FORMS: Mapping[Part, str] = {
    Part.STANDARD: "Standard words",
    Part.EASY_READ: "Easy read",
    Part.SUBJECT: "Subject of an e-mail",
    Part.GREETING: "Greeting",
    Part.SIGN_OFF: "Last line",
}
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
AROUND = "Around every update"


def named(code: str) -> str:
    """What words are for: "Plea entered (plea is guilty)"."""
    if code == FRAME:
        return AROUND
    case = CASES[code]
    label = next((row.label for key, row in EVENTS.items() if key == case.event), code)
    when = ", ".join(f"{key} is {value}" for key, value in case.when.items())
    return f"{label} ({when.replace('_', ' ')})" if when else label


NAMES: Mapping[str, str] = {code: named(code) for code in (FRAME, *CASES)}


def spoken(language: str) -> str:
    """What a language is called."""
    return LANGUAGES[language].label


def at(page: str, key: TextKey) -> str:
    """The address of a page about one text."""
    return reverse(f"wording:{page}", args=[key.language, key.code, key.part.value])
