"""What was chosen above a list, read from the address and written into it again."""

from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from alongside.care.casework.types import Tier
from alongside.care.journey.tables.rights import CODE_RIGHTS
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.owed import Lateness, OwedPlace
from alongside.web.requests import AppRequest
from alongside.workflows.read_owed import Filters

E = TypeVar("E", bound=StrEnum)
MOST_DIGITS = 6


def filters(request: AppRequest) -> Filters:
    """The filters of the list of promises; what nobody knows narrows nothing."""
    get = request.GET
    return Filters(
        holder=one_of(DutyHolder, get.get("holder", "")),
        lateness=one_of(Lateness, get.get("due", "")),
        right=right(get.get("right", "")),
        team=_uuid(get.get("team", "")),
        tier=one_of(Tier, get.get("tier", "")) or "",
    )


def query(chosen: Filters, **more: object) -> str:
    """The filters as a query, with what is to be added."""
    values = {
        "holder": chosen.holder or "",
        "due": chosen.lateness or "",
        "right": "" if chosen.right is None else chosen.right,
        "team": chosen.team or "",
        "tier": chosen.tier,
    }
    kept = {name: str(value) for name, value in values.items() if value != ""}
    return f"?{urlencode(kept | more)}"


def place(request: AppRequest) -> OwedPlace | None:
    """Where the page begins, as `say_place` wrote it."""
    day, _, skip = request.GET.get("from", "").partition(".")
    try:
        return OwedPlace(day=date.fromisoformat(day), skip=number(skip))
    except ValueError:
        return None


def say_place(found: OwedPlace) -> str:
    """A place as part of an address: the day, and how many of it came before."""
    return f"{found.day.isoformat()}.{found.skip}"


def number(text: str) -> int:
    """A small number of an address; nought for anything else."""
    fits = text.isascii() and text.isdigit() and len(text) < MOST_DIGITS
    return int(text) if fits else 0


def one_of(kind: type[E], text: str) -> E | None:
    """One of a closed list, or None."""
    return kind(text) if text in set(kind) else None


def right(text: str) -> int | None:
    """The number of a right, or None."""
    found = number(text) if text else None
    return found if found in CODE_RIGHTS else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
