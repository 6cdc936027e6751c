"""One piece of a delivery on its way through: what each referral in it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.care.assessment.types import GroundFound
from alongside.care.casework.queries import KnownMatter
from alongside.care.intake.rules.deciding import Plan, Verdict
from alongside.care.intake.types import ReferralState
from alongside.care.matching.types import Decision, Standard
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.sealing import Sealer
from alongside.foundation.organisations.types import Calendar, Feed, TeamKind

if TYPE_CHECKING:
    from alongside.care.intake.models import Delivery

NOBODY = Standard()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reception:
    """Where somebody arrives: who takes them in, when, and into which teams."""

    actor: Actor
    now: datetime
    teams: Mapping[TeamKind, int]
    said_at: datetime  # when what is said of them was said
    link_secret: bytes
    workable_at: datetime  # since when the service may act on what it holds
    calendar: Calendar  # on which days whose offices are closed


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiving(Reception):
    """What stays the same for every piece of one delivery."""

    feed: Feed
    delivery: Delivery
    sealer: Sealer

    @property
    def extracted_at(self) -> datetime:
        """When the force took the delivery out of its systems."""
        return self.said_at


@dataclass(slots=True)
class Incoming:
    """One referral that this piece adds or changes.

    `referral_id` is 0 for somebody whom nobody referred; `walls` are those that
    somebody asked for, besides those that follow from what happened (a mask).
    """

    plan: Plan
    crime_key: UUID
    referral_id: int
    public_id: UUID
    row_id: int
    matter: KnownMatter | None = None  # its victimisation, where it has one
    person_id: int = 0
    new_person: bool = False
    record_id: int = 0
    new_record: bool = False
    standard: Standard = NOBODY
    keys: tuple[int, ...] = ()
    decision: Decision | None = None  # empty: whose record it is was known
    victimisation_id: int = 0
    same_as_id: int | None = None
    case_id: int | None = None
    new_case: bool = False
    joins: bool = False  # joins a case that was open already
    joins_enhanced: bool = False  # ... and that is owed enhanced support
    grounds: tuple[GroundFound, ...] = ()
    declined: bool = False  # a worker has declined every one of them
    walls: int = 0

    @property
    def live(self) -> bool:
        """Whether the referral is to be worked."""
        return self.plan.state is ReferralState.LIVE

    @property
    def owed(self) -> bool:
        """Whether the referral makes enhanced support owed."""
        return bool(self.grounds) and not self.declined

    @property
    def withdrawn(self) -> bool:
        """Whether the force has taken the referral back."""
        return self.plan.state is ReferralState.WITHDRAWN

    @property
    def new_matter(self) -> bool:
        """Whether the person's part in the crime is to be added."""
        return self.matter is None and not self.withdrawn


@dataclass(slots=True)
class Piece:
    """The verdicts on some rows, and the referrals they touch."""

    verdicts: list[Verdict]
    row_ids: list[int]
    incoming: list[Incoming] = field(default_factory=list)

    def with_person(self) -> list[Incoming]:
        """Those that add or change something about a person."""
        return [one for one in self.incoming if not one.withdrawn]
