"""Words the organisations package uses."""

from dataclasses import dataclass

from django.db import models


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
