"""How closed days are said."""

from collections.abc import Iterable
from datetime import date

from alongside.care.journey.types import DutyHolder
from alongside.foundation.organisations.types import EVERYBODY
from alongside.web.words import say_day

# The service's own first: it is nearly always that.
WHOSE = {
    DutyHolder.SERVICE.value: "This service",
    DutyHolder.POLICE.value: "The police",
    DutyHolder.WCU.value: "The witness care unit",
    DutyHolder.CPS.value: "The Crown Prosecution Service",
    DutyHolder.HMCTS.value: "The courts",
    DutyHolder.PROBATION.value: "Probation",
    DutyHolder.ANY_PROVIDER.value: "Other services that support people",
    EVERYBODY: "Everybody: it is a public holiday",
}
HINTS = {
    EVERYBODY: "Only for a public holiday that is not on our list yet. What the law"
    " gives us to answer people is then counted by it too.",
}
EVERYBODYS = "Everybody"


def whose(holders: Iterable[str]) -> str:
    """Whose offices are closed, in the order of the form."""
    chosen = set(holders)
    if EVERYBODY in chosen:
        return EVERYBODYS
    words = [text for code, text in WHOSE.items() if code in chosen]
    return ", ".join([*words[:1], *(_inside(text) for text in words[1:])])


def owes(holder: str) -> str:
    """Who owes a promise, at the start of a line."""
    return WHOSE.get(holder, "The person themselves")


def weekday(day: date) -> str:
    """A day in full with its weekday: "Thursday 24 December 2026"."""
    return f"{day:%A} {say_day(day)}"


def days(found: tuple[date, ...]) -> str:
    """A day, or the first and the last of several."""
    if len(found) == 1:
        return weekday(found[0])
    return f"{weekday(found[0])} to {weekday(found[-1])}"


def _inside(text: str) -> str:
    return text.replace("The ", "the ", 1) if text.startswith("The ") else text
