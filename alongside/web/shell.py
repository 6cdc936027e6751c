"""What stands around every page: navigation, who acts, and the practice notice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.care.guarding.queries import find_open_emergency
from alongside.foundation.accounts.queries import count_unread
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import Actor, LimitCode, Permission
from alongside.web.places import Destination, in_the_bar
from alongside.web.words import say_count

SERVICE_NAME = "Alongside"


# More tasks than these are not counted around every page.
MOST_COUNTED = 30


@dataclass(frozen=True, kw_only=True)
class Glass:
    """An emergency access that is open: which, and how long it still is, in words."""

    access_id: UUID
    left: str


@dataclass(frozen=True, kw_only=True)
class Shell:
    """The frame of one page.

    `navigation` is as the service-navigation component takes it. `acting_for` is
    empty for a visitor. `idle_minutes` is when a quiet session ends.
    """

    service_name: str
    navigation: tuple[dict[str, object], ...]
    reader: Actor | None
    acting_for: str
    acting_as: str
    practice: bool
    idle_minutes: int
    about: dict[str, UUID]
    now: datetime | None

    @property
    def finds(self) -> bool:
        """Whether the bar has a box that finds people."""
        return self.reader is not None and self.reader.has(Permission.PERSON_FIND)

    @property
    def adds(self) -> bool:
        """Whether the reader writes down somebody who came by themselves."""
        reader = self.reader
        if reader is None or reader.for_provider:
            return False
        return reader.has(Permission.PERSON_ADD)

    @property
    def unread(self) -> int | None:
        """How many notices wait for the reader; None for who is told nothing."""
        if self.reader is None or not self.reader.has(Permission.NOTICE_VIEW):
            return None
        return count_unread(actor=self.reader)

    @property
    def emergency(self) -> Glass | None:
        """The reader's emergency access to whom the page is about, while it is open."""
        reader, about = self.reader, self.about
        if reader is None or not about or not reader.has(Permission.EMERGENCY_OPEN):
            return None
        found = find_open_emergency(
            actor=reader, case_id=about.get("case_id"), person_id=about.get("person_id")
        )
        if found is None or self.now is None:
            return None
        minutes = max(int((found.until - self.now).total_seconds() // 60), 0)
        hours, rest = divmod(minutes, 60)
        left = f"{say_count(hours, 'hour')} {say_count(rest, 'minute')}"
        return Glass(
            access_id=found.access_id,
            left=f"{left if hours else say_count(rest, 'minute')} left",
        )


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor: `shell` in every template drawn for a request."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "shell": Shell(
            service_name=SERVICE_NAME,
            navigation=tuple(_navigation(actor, request)),
            reader=actor,
            acting_for=actor.agency_name if actor else "",
            acting_as=f"{actor.label}, {actor.role.label.lower()}" if actor else "",
            practice=settings.PRACTICE,
            idle_minutes=limit(LimitCode.IDLE_MINUTES),
            about=_about(request),
            now=getattr(request, "now", None),
        )
    }


def _about(request: HttpRequest) -> dict[str, UUID]:
    match = request.resolver_match
    given = match.kwargs if match else {}
    return {name: given[name] for name in ("case_id", "person_id") if name in given}


def _navigation(actor: Actor | None, request: HttpRequest) -> list[dict[str, Any]]:
    if actor is None:
        return []
    bar, rest = in_the_bar(actor)
    links = [place_link(place, actor=actor, request=request) for place in bar]
    if rest:
        links.append(_more(rest, request.path))
    return links


def _more(rest: list[Destination], path: str) -> dict[str, Any]:
    href = reverse("more:more")
    hrefs = [href, *(reverse(place.route) for place in rest)]
    inside = any(_stands_in(path, place) for place in hrefs)
    return {"text": "More", "href": href, "current": path == href, "active": inside}


def place_link(
    place: Destination, *, actor: Actor, request: HttpRequest
) -> dict[str, Any]:
    """A place as the navigation shows it, with how much waits there."""
    now: datetime | None = getattr(request, "now", None)
    return _link(place, request.path, _count(place, actor, now))


def _count(place: Destination, actor: Actor, now: datetime | None) -> str:
    """How much waits at a place, where that is counted: " (12)"."""
    if place.counts is None or now is None:
        return ""
    found = place.counts(actor=actor, now=now, most=MOST_COUNTED + 1)
    if not found:
        return ""
    return f" ({found})" if found <= MOST_COUNTED else f" ({MOST_COUNTED}+)"


def _link(place: Destination, path: str, count: str) -> dict[str, Any]:
    href = reverse(place.route)
    return {
        "text": place.text + count,
        "href": href,
        "current": path == href,
        "active": _stands_in(path, href),
    }


def _stands_in(path: str, href: str) -> bool:
    return path == href or path.startswith(f"{href}/")
