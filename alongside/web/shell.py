"""What stands around every page: navigation, who acts, and the practice notice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.care.guarding.queries import find_open_emergency
from alongside.care.linking.queries.reviews import count_reviews
from alongside.foundation.accounts.queries import count_unread
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import Actor, LimitCode, Permission
from alongside.web.words import say_count

SERVICE_NAME = "Alongside"


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A place in the navigation, for those who hold the permission."""

    text: str
    route: str
    permission: Permission
    counts: Callable[..., int] | None = None


# More tasks than these are not counted around every page.
MOST_COUNTED = 30
NAVIGATION = (
    Destination(
        text="My work", route="casework:my_work", permission=Permission.WORK_VIEW
    ),
    Destination(
        text="Team queue", route="casework:queue", permission=Permission.WORK_VIEW
    ),
    Destination(
        text="My calendar",
        route="planning:calendar",
        permission=Permission.WORK_VIEW,
    ),
    Destination(
        text="Workload",
        route="planning:workload",
        permission=Permission.CASE_SUPERVISE,
    ),
    Destination(
        text="Who owes what", route="owed:owed", permission=Permission.WORK_VIEW
    ),
    Destination(
        text="Rights", route="code_rights:register", permission=Permission.CASE_VIEW
    ),
    Destination(
        text="What we owe", route="owed:force", permission=Permission.OWED_FORCE
    ),
    Destination(text="Held", route="intake:held", permission=Permission.HELD_VIEW),
    Destination(
        text="Case status", route="status:status", permission=Permission.STATUS_VIEW
    ),
    Destination(
        text="Outcomes", route="assessing:outcomes", permission=Permission.STATUS_VIEW
    ),
    Destination(
        text="Promises kept",
        route="owed:compliance",
        permission=Permission.STATUS_VIEW,
    ),
    Destination(
        text="Same person?",
        route="linking:tasks",
        permission=Permission.LINK_REVIEW,
        counts=count_reviews,
    ),
    Destination(text="Find", route="find:find", permission=Permission.PERSON_FIND),
    Destination(text="Feeds", route="intake:feeds", permission=Permission.FEED_VIEW),
    Destination(
        text="Unusual looking",
        route="seen:unusual",
        permission=Permission.TRAIL_WATCH,
    ),
    Destination(
        text="Shared with us",
        route="provider:inbox",
        permission=Permission.SHARE_VIEW,
    ),
    Destination(
        text="What we share",
        route="sharing:register",
        permission=Permission.SHARE_REVIEW,
    ),
    Destination(
        text="Agreements",
        route="agreements:register",
        permission=Permission.AGREEMENT_VIEW,
    ),
    Destination(
        text="Information rights",
        route="rights:register",
        permission=Permission.RIGHTS_WORK,
    ),
    Destination(
        text="Requests we made",
        route="information_requests:own",
        permission=Permission.INFORMATION_REQUEST_TRACK,
    ),
    Destination(
        text="Access", route="conflicts:hub", permission=Permission.CONFLICT_DECLARE
    ),
    Destination(
        text="Accounts",
        route="accounts:accounts",
        permission=Permission.ACCOUNT_MANAGE,
    ),
    Destination(
        text="Instruments",
        route="instruments:list",
        permission=Permission.INSTRUMENT_EDIT,
    ),
    Destination(
        text="Machines", route="accounts:tokens", permission=Permission.ACCOUNT_MANAGE
    ),
)


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


def destinations(actor: Actor) -> list[Destination]:
    """Where the actor may go, in order; the first is their home page.

    For a provider that is what others shared with them: they have no queue of ours.
    """
    places = [place for place in NAVIGATION if actor.has(place.permission)]
    if actor.for_provider:
        places.sort(key=lambda place: place.permission is not Permission.SHARE_VIEW)
    return places


def _navigation(actor: Actor | None, request: HttpRequest) -> list[dict[str, Any]]:
    if actor is None:
        return []
    now: datetime | None = getattr(request, "now", None)
    return [
        _link(place, request.path, _count(place, actor, now))
        for place in destinations(actor)
    ]


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
        "active": path == href or path.startswith(f"{href}/"),
    }
