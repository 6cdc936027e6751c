"""What texts and their forms are called, on pages, in files and on the command line."""

from collections.abc import Mapping

from alongside.care.journey.tables import EVENTS
from alongside.care.telling.tables import CASES
from alongside.care.telling.types import FRAME, Part

FORMS: Mapping[Part, str] = {
    Part.STANDARD: "Standard words",
    Part.EASY_READ: "Easy read",
    Part.SUBJECT: "Subject of an e-mail",
    Part.GREETING: "Greeting",
    Part.SIGN_OFF: "Last line",
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
