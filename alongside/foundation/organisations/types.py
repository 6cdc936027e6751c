"""Words the organisations package uses."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import models

from alongside.foundation.lib.provenance import Sourced


class AgencyKind(models.TextChoices):
    """What an organisation is in the area's arrangements."""

    SERVICE = "service", "Victim and witness service"
    PROVIDER = "provider", "Specialist provider"
    FORCE = "force", "Police force"
    COMMISSIONER = "commissioner", "Commissioning body"
    PLATFORM = "platform", "Platform operator"


class TeamKind(models.TextChoices):
    """Which cases come to a team when they are opened."""

    FIRST_CONTACT = "first_contact", "First contact"
    ENHANCED = "enhanced", "Enhanced support"
    CHILDREN = "children", "Children and young people"
    WITNESS = "witness", "Witness care"
    INTAKE = "intake", "Referral desk"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """Who sends a force's feed, and which service receives it."""

    area_id: int
    area_code: str
    force_code: str
    force_name: str
    sender_id: int
    receiver_id: int
    desk_team_id: int
    district_codes: tuple[str, ...]
    teams: dict[TeamKind, int]


class AgreementState(models.TextChoices):
    """Where an information-sharing agreement stands."""

    DRAFT = "draft", "Draft"
    LIVE = "live", "Live"
    ENDED = "ended", "Ended"


class ChaseKind(models.TextChoices):
    """Why an agreement is chased."""

    ENDS = "ends", "It is about to end"
    REVIEW = "review", "Its review is due"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChaseStage(Sourced):
    """How many days before its end, or its review, an agreement is chased."""

    code: str
    kind: ChaseKind
    days_before: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """What may flow for one purpose: a mask of `walls.bits.FACETS`."""

    purpose: str
    fields: int


@dataclass(frozen=True, kw_only=True)
class AgreementTerms:
    """What an agreement says, as a form gives it. `last_day` is included."""

    title: str
    reference: str
    legal_basis: str
    signatories: str
    starts: date
    last_day: date
    review_on: date
    other_party_ids: tuple[int, ...]
    flows: tuple[Flow, ...]


class Keeper(Protocol):
    """Who keeps a register: what an actor is, seen from below the accounts."""

    @property
    def label(self) -> str: ...
    @property
    def agency_id(self) -> int: ...
    @property
    def area_id(self) -> int: ...
