"""Words the organisations package uses."""

from collections.abc import Iterable
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


# Of a closed day: it holds for everybody, like a bank holiday. Never beside others.
EVERYBODY = "everybody"
# This service, among those who owe promises. What a person types by default.
THE_SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that are not counted as working days, besides weekends.

    `public` are those of everybody: bank holidays, and what the area added like them.
    `own` are all the days of those whose offices are closed more often, by their code.
    """

    public: frozenset[date]
    own: tuple[tuple[str, frozenset[date]], ...] = ()

    def closed_for(self, holder: str) -> frozenset[date]:
        """The days on which the offices of one of them are closed."""
        for code, days in self.own:
            if code == holder:
                return days
        return self.public

    def with_days(self, days: Iterable[tuple[date, Iterable[str]]]) -> "Calendar":
        """The calendar once these days are closed too, for those named."""
        public = set(self.public)
        own = {code: set(its) for code, its in self.own}
        for on, holders in days:
            for holder in holders:
                if holder == EVERYBODY:
                    public.add(on)
                else:
                    own.setdefault(holder, set()).add(on)
        return Calendar(
            frozenset(public),
            tuple((code, frozenset(own[code] | public)) for code in sorted(own)),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class NewClosing:
    """A day or a stretch of days on which offices are closed, as a form gives it.

    `last` is included. `holders` are codes of those who owe promises, or `EVERYBODY`.
    """

    first: date
    last: date
    title: str
    reason: str
    holders: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarLimit(Sourced):
    """One limit of keeping the calendar; `unit` is days in each case."""

    code: str
    number: int
    label: str
