"""Who has looked at a person: for those who answer for it, and for the person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.care.people import queries as people
from alongside.care.people.tables import LOOKING, PURPOSES
from alongside.care.people.types import (
    Look,
    PersonLabel,
    TrailFilter,
    TrailPage,
    UnusualLook,
)
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.lib.local import local_day

PURPOSE = "who has seen them"
MOST_LOOKS = 10_000
# What of the trail is a look at somebody; the rest is work done.
LOOKS = frozenset({"person.seen", "case.seen", "vault.opened", "person.searched"})
PLAINLY = "To work on your case"
IN_AN_EMERGENCY = "In an emergency"
NOBODY = "The service's own system"


@dataclass(frozen=True, kw_only=True)
class SeenView:
    """One page of the looks at a person. `label` is missing where it is not shown."""

    label: PersonLabel | None
    trail: TrailPage
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class PlainLook:
    """A look as the person themselves reads it: the day, by whom, and why.

    `who` is a role and an agency, with a name only where the service shows names.
    `why` is one of a few plain reasons, never what somebody wrote.
    """

    on: date
    who: str
    why: str
    times: int = 1


def read_seen(
    *, actor: Actor, now: datetime, person_id: UUID, chosen: TrailFilter, size: int
) -> SeenView:
    """Who has seen a person. Three statements; reading is on the trail.

    Raises:
        NotAllowed, NotFound: the actor may not read this trail (the try is on it).
    """
    trail = people.list_looks(
        actor=actor,
        now=now,
        person_id=person_id,
        chosen=chosen,
        limit=size + 1,
        purpose=PURPOSE,
    )
    key, _ = people.get_person_key(public_id=person_id)
    labels = people.open_labels(person_ids=[key], purpose=PURPOSE, now=now)
    has_more = len(trail.looks) > size
    looks = trail.looks if not has_more else _whole_moments(trail.looks, size)
    return SeenView(
        label=labels.get(key),
        trail=TrailPage(looks=looks, lookers=trail.lookers),
        has_more=has_more,
    )


def _whole_moments(looks: tuple[Look, ...], size: int) -> tuple[Look, ...]:
    """The first looks, without a moment that the page would cut in two."""
    after = looks[size].at
    whole = tuple(look for look in looks if look.at > after)
    # A moment with more looks than a page holds is shown as it is.
    return whole or looks


def list_who_has_seen_me(
    *, actor: Actor, now: datetime, person_id: UUID
) -> list[PlainLook]:
    """What the person may read of who looked at them, newest first.

    For the copy of what is held, and for pages of their own. Why is said in a few plain
    words each; what anybody wrote, emergencies above all, is not repeated.

    Raises:
        NotAllowed, NotFound: as `read_seen`.
    """
    trail = people.list_looks(
        actor=actor,
        now=now,
        person_id=person_id,
        chosen=TrailFilter(actions=tuple(sorted(LOOKS))),
        limit=MOST_LOOKS,
        purpose=PURPOSE,
    )
    counted: dict[tuple[date, str, str], int] = {}
    for look in trail.looks:
        line = (local_day(look.at), _who(look), plain_reason(look.purpose))
        counted[line] = counted.get(line, 0) + 1
    return [
        PlainLook(on=on, who=who, why=why, times=times)
        for (on, who, why), times in counted.items()
    ]


def plain_reason(purpose: str) -> str:
    """A purpose of the trail in words for the person: never what was written."""
    code = purpose.partition(":")[0].strip()
    if code in PURPOSES:
        return PURPOSES[code].plain
    if "glass" in code or "emergency" in code:
        return IN_AN_EMERGENCY
    return PLAINLY


def _who(look: Look) -> str:
    if look.looker is None:
        return NOBODY
    role = " and ".join(_roles(look)) or "Member of staff"
    name = f"{look.name}, " if LOOKING["names_shown"].number else ""
    return f"{name}{role}, {look.agency}"


def _roles(look: Look) -> Iterator[str]:
    return (Role(role).label for role in look.roles if role in set(Role))


def read_unusual(*, actor: Actor, now: datetime) -> list[UnusualLook]:
    """Looking of the last days that somebody should ask about.

    Raises:
        NotAllowed: the actor does not watch the trail.
    """
    return people.list_unusual_looking(actor=actor, now=now, purpose="unusual looking")
