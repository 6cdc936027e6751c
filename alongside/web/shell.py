"""What stands around every page: navigation, who acts, and the practice notice."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.foundation.accounts.queries import count_unread
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import Actor, LimitCode, Permission

SERVICE_NAME = "Alongside"


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A place in the navigation, for those who hold the permission."""

    text: str
    route: str
    permission: Permission


NAVIGATION = (
    Destination(
        text="My work", route="casework:my_work", permission=Permission.WORK_VIEW
    ),
    Destination(
        text="Team queue", route="casework:queue", permission=Permission.WORK_VIEW
    ),
    Destination(text="Held", route="intake:held", permission=Permission.HELD_VIEW),
    Destination(
        text="Case status", route="status:status", permission=Permission.STATUS_VIEW
    ),
    Destination(text="Feeds", route="intake:feeds", permission=Permission.FEED_VIEW),
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
        text="Accounts",
        route="accounts:accounts",
        permission=Permission.ACCOUNT_MANAGE,
    ),
    Destination(
        text="Machines", route="accounts:tokens", permission=Permission.ACCOUNT_MANAGE
    ),
)


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

    @property
    def unread(self) -> int | None:
        """How many notices wait for the reader; None for who is told nothing."""
        if self.reader is None or not self.reader.has(Permission.NOTICE_VIEW):
            return None
        return count_unread(actor=self.reader)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor: `shell` in every template drawn for a request."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "shell": Shell(
            service_name=SERVICE_NAME,
            navigation=tuple(_navigation(actor, request.path)),
            reader=actor,
            acting_for=actor.agency_name if actor else "",
            acting_as=f"{actor.label}, {actor.role.label.lower()}" if actor else "",
            practice=settings.PRACTICE,
            idle_minutes=limit(LimitCode.IDLE_MINUTES),
        )
    }


def destinations(actor: Actor) -> list[Destination]:
    """Where the actor may go, in order; the first is their home page."""
    return [place for place in NAVIGATION if actor.has(place.permission)]


def _navigation(actor: Actor | None, path: str) -> list[dict[str, Any]]:
    places = destinations(actor) if actor else []
    return [_link(place, path) for place in places]


def _link(place: Destination, path: str) -> dict[str, Any]:
    href = reverse(place.route)
    return {
        "text": place.text,
        "href": href,
        "current": path == href,
        "active": path.startswith(href),
    }
