"""Somebody whom a worker or another service wrote down, read the way a referral is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from alongside.care.intake.rules import is_high_risk
from alongside.care.intake.types import Action, Identity, ReadRow, RecordType, Role
from alongside.care.people.types import ChannelKind
from alongside.foundation.lib.times import read_moment

SOURCE_SYSTEM = "service"
# A list shows a line of what happened; all of it is in a note.
TITLE_LENGTH = 80
NOTHING = UUID(int=0)

# What is called the same here and in a referral.
SAME = (
    *("given_names", "surname", "date_of_birth", "gender", "language", "flags"),
    *("interpreter_needed", "adjustments", "address_lines", "postcode", "email"),
    *("contact_times", "do_not_contact_reason"),
)
# What only a force would say.
NOT_SAID: dict[str, Any] = {
    **dict.fromkeys(
        (
            *("offence_code", "location_postcode", "status", "outcome_type", "title"),
            *("officer_contact", "town", "preferred_method", "consent_referral"),
            *("guardian_name", "guardian_phone", "relationship_to_suspect"),
            *("suspect_ref", "asb_risk"),
        ),
        "",
    ),
    **dict.fromkeys(
        (
            *("recorded_at", "occurred_to", "outcome_on", "ethnicity_self"),
            *("consent_on", "suspect_same_address", "repeat_victim", "vps_offered"),
            *("dash_yes_count", "special_measures_discussed", "acknowledged_on"),
            "needs_assessed_on",
        )
    ),
    "action": Action.NEW,
    "record_type": RecordType.CRIME,
    "role": Role.VICTIM,
    "postcode_verified": False,
    "content_hash": NOTHING,
    "person_hash": NOTHING,
    "holds": (),
}


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


def as_read(arrival: NewArrival, now: datetime) -> ReadRow:
    """What was written down, the way a referral is read."""
    at = read_moment(arrival.happened_on.isoformat()) if arrival.happened_on else None
    same = {name: getattr(arrival, name) for name in SAME}
    safe: dict[str, Any] = {
        f"safe_{kind.value}": arrival.safe.get(kind) for kind in ChannelKind
    }
    return ReadRow(
        **NOT_SAID,
        **same,
        **safe,
        identity=Identity("", SOURCE_SYSTEM, arrival.crime_ref, ""),
        reported_at=now,
        occurred_from=at,
        offence_title=_title(arrival.happened),
        mobile_phone=arrival.mobile_phone or None,
        home_phone=arrival.home_phone or None,
        mobile_phone_as_given=arrival.mobile_phone,
        home_phone_as_given=arrival.home_phone,
        email_as_given=arrival.email,
        postcode_as_given=arrival.postcode,
        do_not_contact=True if arrival.do_not_contact_reason else None,
        high_risk=is_high_risk(arrival.flags),
    )


def _title(happened: str) -> str:
    line = " ".join(happened.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"
