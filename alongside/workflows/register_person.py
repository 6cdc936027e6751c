"""Somebody who came by themselves, as a worker or another service wrote them down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from alongside.care.matching.types import Band
from alongside.care.people.types import ChannelKind


class CameBy(StrEnum):
    """How somebody came to the service without the police sending them."""

    THEMSELVES = "themselves"
    FAMILY_OR_FRIEND = "family_or_friend"
    OTHER_SERVICE = "other_service"
    COMMUNITY = "community"
    FOUND_BY_US = "found_by_us"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewArrival:
    """Who they are, how they may be reached, what happened and how they came.

    Text is as given and stripped; phones are in their standard form where they could
    be read (E.164), as the contact points of a record are. `safe` holds only the
    channels about which something was said. `flags` are codes of `reference.FLAGS`;
    `reported` says whether the police know of it, `crime_ref` what they call it.
    `chosen` is who the worker says they are, out of those they were shown; `others`
    are those they were shown and say they are not: linked to none of these by itself.
    """

    given_names: str
    surname: str
    came_by: CameBy
    happened: str
    date_of_birth: date | None = None
    gender: str = ""
    language: str = ""
    interpreter_needed: bool | None = None
    adjustments: str = ""
    mobile_phone: str = ""
    home_phone: str = ""
    email: str = ""
    address_lines: tuple[str, ...] = ()
    postcode: str = ""
    safe: Mapping[ChannelKind, bool] = field(default_factory=dict)
    contact_times: str = ""
    do_not_contact_reason: str = ""
    happened_on: date | None = None
    flags: tuple[str, ...] = ()
    reported: bool | None = None
    crime_ref: str = ""
    police_blind: bool = False
    chosen: UUID | None = None
    others: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """What became of somebody who was written down.

    LINK: a record more of somebody whom the actor may see. REVIEW: somebody new here,
    and somebody else looks whether they are known already; so it is too wherever the
    one they may be is hidden from the actor, so that nothing here tells of them. NEW:
    nobody like them is known. A page says the same of REVIEW and NEW.
    """

    person_id: UUID
    case_id: UUID
    band: Band
