"""How the worker's pages say days, phones, codes and references."""

from datetime import date
from uuid import UUID

from django.utils.translation import get_language_info

from alongside.care.casework.queries import WorkCase
from alongside.care.casework.types import Tier
from alongside.care.journey.types import DutyHolder
from alongside.web.components.base import Tag, Tone
from alongside.web.words import say_count, say_day
from alongside.workflows.read_case import CaseBrief
from alongside.workflows.read_work import Due

OWED_BY = {
    DutyHolder.POLICE: "the police",
    DutyHolder.WCU: "the witness care unit",
    DutyHolder.CPS: "the Crown Prosecution Service",
    DutyHolder.HMCTS: "the courts",
    DutyHolder.PROBATION: "probation",
    DutyHolder.SERVICE: "us",
    DutyHolder.ANY_PROVIDER: "whoever supports them",
    DutyHolder.VICTIM: "them, if they wish",
}
TIERS = {
    Tier.ENHANCED: Tag(text="Enhanced", tone=Tone.SPECIAL),
    Tier.STANDARD: Tag(text="Standard"),
}
DUE_TAGS = {
    Due.OVERDUE: Tag(text="Overdue", tone=Tone.LATE),
    Due.TODAY: Tag(text="Today", tone=Tone.SOON),
    Due.WEEK: Tag(text="This week", tone=Tone.INFO),
    Due.LATER: Tag(text="Later"),
}


def reference(public_id: UUID) -> str:
    """The short form of a case's random id, as people read it out: "7F3A-9B21"."""
    text = public_id.hex.upper()
    return f"{text[:4]}-{text[4:8]}"


def whose(brief: CaseBrief) -> str:
    """Whose case it is: what stands above the heading of a form."""
    return f"{brief.label.name}, {reference(brief.case.public_id)}"


def short_day(day: date, on: date) -> str:
    """A day in a list: "Fri 20 Nov", with its year where that is another."""
    year = "" if day.year == on.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


def long_day(day: date) -> str:
    """A day in a sentence: "Friday 20 November 2026"."""
    return f"{day:%A} {say_day(day)}"


def how_far(day: date, on: date) -> str:
    """How far off a day is: "2 days late", "today", "tomorrow", "in 5 days"."""
    days = (day - on).days
    if days < 0:
        return f"{say_count(-days, 'day')} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def why_it_matters(case: WorkCase, ground: str) -> str:
    """One line: how much support is owed and what that rests on."""
    risk = "High risk. " if case.high_risk else ""
    if case.tier is Tier.ENHANCED:
        return f"{risk}Enhanced: {ground}" if ground else f"{risk}Enhanced support"
    return f"{risk}Standard support"


def phone(number: str) -> str:
    """A British number as it is read out; any other as it is written."""
    if number.startswith("+44") and len(number) == 13:
        local = "0" + number[3:]
        return f"{local[:5]} {local[5:]}"
    return number


def language(tag: str) -> str:
    """A language tag in words where the words are known: "pl" is Polish."""
    try:
        return str(get_language_info(tag.lower())["name"])
    except KeyError:
        return tag


def code(value: str) -> str:
    """A value of the feed as words: "under_investigation" is "Under investigation"."""
    return value.replace("_", " ").capitalize()
