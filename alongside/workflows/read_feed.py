"""Reading a force's feed: its deliveries and how good each was."""

from dataclasses import dataclass

from alongside.care.intake import queries as intake
from alongside.care.intake.queries import DeliverySummary
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations import queries as organisations


@dataclass(frozen=True, kw_only=True)
class Force:
    """A force that sends a feed to the area's service."""

    code: str
    name: str
    agency_id: int


@dataclass(frozen=True, kw_only=True)
class FeedPage:
    """Some of a force's deliveries, newest first, of `total`."""

    force: Force
    deliveries: tuple[DeliverySummary, ...]
    total: int


def list_forces(*, actor: Actor) -> list[Force]:
    """The forces whose feeds the actor may see: a force sees its own and no other.

    Raises:
        NotAllowed: the actor sees no feeds.
    """
    permissions.check_has(actor, Permission.FEED_VIEW)
    forces = [
        Force(code=code, name=name, agency_id=agency_id)
        for code, name, agency_id in organisations.list_forces(area_id=actor.area_id)
    ]
    own = [force for force in forces if force.agency_id == actor.agency_id]
    return own or forces


def find_force(*, actor: Actor, force_code: str) -> Force:
    """One of those forces.

    Raises:
        NotAllowed: the actor sees no feeds.
        NotFound: it is not a force whose feed the actor may see.
    """
    for force in list_forces(actor=actor):
        if force.code == force_code:
            return force
    raise NotFound("We could not find that feed")


def read_feed(
    *, actor: Actor, force_code: str, limit: int, offset: int = 0
) -> FeedPage:
    """Some of a force's deliveries, newest first. Three statements.

    Raises:
        NotAllowed, NotFound: as `find_force`.
    """
    force = find_force(actor=actor, force_code=force_code)
    found = intake.list_deliveries(
        actor=actor, sender_id=force.agency_id, limit=limit, offset=offset
    )
    return FeedPage(
        force=force,
        deliveries=tuple(found),
        total=intake.count_deliveries(actor=actor, sender_id=force.agency_id),
    )
